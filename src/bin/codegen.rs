//! Prints what `codegen` generates as JSON, for tools/build.mjs: texts by their paths.

fn main() {
    println!("{}", cts_tracker::codegen::for_build());
}
