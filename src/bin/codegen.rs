//! Prints the crate's facts as JSON, for the package's build: `modules` are given to its JavaScript sources, `files`
//! are published as they are. What they say of limits, words and fields stands in Rust alone.

fn main() {
    println!("{:#}", cts_tracker::codegen::for_build());
}
