//! What the documents show is what the command prints.

use super::repository;

#[test]
fn readme_and_docs() {
    let cases = trycmd::TestCases::new();
    cases.register_bin("sts-endpoint", std::path::Path::new(env!("CARGO_BIN_EXE_sts-endpoint")));
    cases.case(repository().join("README.md").to_str().unwrap());
}
