//! The GitHub action's own shell lines, run on a repository.

use super::repository;
use saphyr::{LoadableYamlNode, Yaml};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The shell lines of a step of the action.
fn step(name: &str) -> String {
    let text = fs::read_to_string(repository().join(".github/actions/sts-endpoint/action.yml")).unwrap();
    let action = Yaml::load_from_str(&text).unwrap().remove(0);
    let steps = action["runs"]["steps"].as_vec().unwrap();
    let step = steps.iter().find(|step| step["name"].as_str() == Some(name)).unwrap();
    step["run"].as_str().unwrap().to_owned()
}

fn bash(tree: &Path, script: &str, variables: &[(&str, &str)]) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_sts-endpoint")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    // As a runner does it (GitHub, "Workflow syntax": shell bash).
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .current_dir(tree)
        .env("PATH", path)
        .env("TREE", ".")
        .env("GITHUB_STEP_SUMMARY", tree.join(".git/summary.md"))
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// A repository with one commit, in which boto3 is at 1.39.17.
fn planted() -> tempfile::TempDir {
    let tree = tempfile::tempdir().unwrap();
    fs::write(tree.path().join("requirements.txt"), "boto3==1.39.17\n").unwrap();
    fs::write(tree.path().join(".env"), "AWS_DEFAULT_REGION=eu-west-1\n").unwrap();
    let git = "git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm one";
    let output = bash(tree.path(), git, &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn findings_fail_at_their_level_and_are_annotated() {
    let tree = planted();
    let fails = bash(tree.path(), &step("Scan"), &[("FAIL_ON", "warning")]);
    assert_eq!(fails.status.code(), Some(1));
    let annotation = "::warning file=requirements.txt,line=1,";
    assert!(printed(&fails).starts_with(annotation), "{}", printed(&fails));
    assert_eq!(bash(tree.path(), &step("Scan"), &[("FAIL_ON", "error")]).status.code(), Some(0));
    let summary = fs::read_to_string(tree.path().join(".git/summary.md")).unwrap();
    assert!(summary.contains("**global-endpoint**"), "{summary}");
    // Wrong use is no finding.
    assert_eq!(bash(tree.path(), &step("Scan"), &[("FAIL_ON", "everything")]).status.code(), Some(2));
}

#[test]
fn a_changed_request_fails_against_the_base() {
    let tree = planted();
    let changes =
        |fail: &str| bash(tree.path(), &step("Changes"), &[("BASE", "HEAD"), ("FAIL_ON_CHANGE", fail)]);
    assert_eq!(changes("true").status.code(), Some(0));
    fs::write(tree.path().join("requirements.txt"), "boto3==1.40.0\n").unwrap();
    let changed = changes("true");
    assert_eq!(changed.status.code(), Some(1), "{}", String::from_utf8_lossy(&changed.stderr));
    assert!(printed(&changed).contains("sts.eu-west-1.amazonaws.com"), "{}", printed(&changed));
    assert_eq!(changes("false").status.code(), Some(0));
    let without = bash(tree.path(), &step("Changes"), &[("BASE", ""), ("FAIL_ON_CHANGE", "true")]);
    assert_eq!((without.status.code(), printed(&without)), (Some(0), String::new()));
    // A base that is not there is an error, not a pass.
    let missing = bash(tree.path(), &step("Changes"), &[("BASE", "no-such"), ("FAIL_ON_CHANGE", "false")]);
    assert!(!missing.status.success());
}

#[test]
fn accepted_outcomes_are_checked_where_there_are_some() {
    let tree = planted();
    let check = || bash(tree.path(), &step("Accepted outcomes"), &[]).status.code();
    assert_eq!(check(), Some(0));
    assert!(bash(tree.path(), "sts-endpoint snapshot", &[]).status.success());
    assert_eq!(check(), Some(0));
    fs::write(tree.path().join("requirements.txt"), "boto3==1.40.0\n").unwrap();
    assert_eq!(check(), Some(1));
}
