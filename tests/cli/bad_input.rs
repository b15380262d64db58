//! Bad input gets a clear message with place and expectation, and exit status 2.

use super::{command, error};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn refused(arguments: &[&str], expected: &str) {
    let output = command(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", error(&output));
    assert!(error(&output).contains(expected), "{arguments:?}: expected `{expected}` in: {}", error(&output));
    assert!(output.stdout.is_empty(), "{arguments:?}: a partial answer");
}

fn file(folder: &TempDir, name: &str, content: &[u8]) -> String {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().into()
}

#[test]
fn unknown_policies_get_suggestions() {
    refused(&["resolve", "bot3@1.40.0", "--no-env"], "no SDK is called `bot3`; did you mean boto3?");
    refused(&["resolve", "boto3", "--no-env"], "`boto3` names no version: write SDK@RELEASE");
    refused(&["resolve", "boto3@new", "--no-env"], "`new` is neither a release nor an edition");
    refused(&["resolve", "boto3@0.1", "--no-env"], "is older than the history of boto3, which begins with");
    refused(
        &["matrix", "--edition", "docs-2023", "--no-env"],
        "there is no edition `docs-2023`; expected docs-2024",
    );
}

#[test]
fn unreadable_files_are_named() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing");
    refused(&["matrix", "--no-env", "--config-file", missing.to_str().unwrap()], "missing: No such file");
    refused(
        &["matrix", "--no-env", "--config-file", folder.path().to_str().unwrap()],
        "is a directory; expected a file",
    );
}

#[test]
fn a_file_that_is_not_utf_8_is_placed() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "config", b"[default]\nregion = \xff\n");
    refused(&["matrix", "--no-env", "--config-file", &path], "config:2:10: is not UTF-8; expected text");
}

#[test]
fn a_huge_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config");
    fs::File::create(&path).unwrap().set_len(100 << 20).unwrap();
    refused(
        &["matrix", "--no-env", "--config-file", path.to_str().unwrap()],
        "has 100 MiB; expected at most 16 MiB",
    );
    if Path::new("/dev/zero").exists() {
        refused(
            &["matrix", "--no-env", "--config-file", "/dev/zero"],
            "does not end; expected at most 16 MiB",
        );
    }
}

#[test]
fn a_scenario_that_is_no_json_is_placed() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "scenario.json", b"{\n  \"env\": 1\n}");
    refused(
        &["resolve", "boto3@latest", "--scenario", &path],
        "scenario.json:2:10: expected one scenario as JSON",
    );
}

#[test]
fn an_env_file_with_a_broken_line_is_placed() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, ".env", b"AWS_REGION=us-west-2\nnot a pair\n");
    refused(&["matrix", "--no-env", "--env-file", &path], ".env:2:");
    refused(&["matrix", "--no-env", "--env", "AWS_REGION"], "--env wants NAME=TEXT, not `AWS_REGION`");
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf_8_is_named() {
    use std::os::unix::ffi::OsStrExt;
    let output =
        command(&["matrix"]).env("AWS_REGION", std::ffi::OsStr::from_bytes(b"\xff")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("the variable AWS_REGION is not UTF-8"), "{}", error(&output));
}

#[test]
fn a_malformed_profile_file_is_each_sdks_own_affair() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "config", b"[default\nregion = us-west-2\n");
    let output = command(&["matrix", "--no-env", "--config-file", &path]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    let matrix = String::from_utf8(output.stdout).unwrap();
    assert!(matrix.contains("config-parse"), "{matrix}");
}

#[test]
fn secrets_are_never_printed() {
    let folder = TempDir::new().unwrap();
    let config = file(&folder, "config", b"[default]\naws_secret_access_key = hush\nregion = us-west-2\n");
    let credentials =
        file(&folder, "credentials", b"[default]\nAWS_ACCESS_KEY_ID=hush\naws_session_token : hush\n");
    for format in ["text", "json", "markdown"] {
        let output = command(&[
            "explain",
            "boto3@latest",
            "--config-file",
            &config,
            "--credentials-file",
            &credentials,
        ])
        .args(["--format", format, "--env", "AWS_SECRET_ACCESS_KEY=hush"])
        .env("AWS_SESSION_TOKEN", "hush")
        .output()
        .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", error(&output));
        assert!(!String::from_utf8_lossy(&output.stdout).contains("hush"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;
    let mut child = command(&["quirks", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(error(&output).is_empty(), "{}", error(&output));
    assert_eq!(output.status.code(), Some(0));
}
