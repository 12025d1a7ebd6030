//! Runs the hand-written cases on the native build.

use crate::cases;

#[test]
fn every_case() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/rules");
    let (mut run, mut wrong) = (0, Vec::new());
    for file in std::fs::read_dir(folder).unwrap() {
        run += cases::run_file(&std::fs::read_to_string(file.unwrap().path()).unwrap(), &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {run} cases\n{}", wrong.len(), wrong.join("\n"));
    assert!(run > 900, "only {run} cases were found");
}
