//! Prints the crate's facts as JSON, for the package's build: what JavaScript, TypeScript and JSON Schema say of
//! limits, words and fields is derived from this.

fn main() {
    println!("{:#}", cts_tracker::facts::all());
}
