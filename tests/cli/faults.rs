//! Faults of the outside: full disks, files without end, deep nesting, hostile names. The message is clear, the exit status
//! right, memory bounded, and a good file stays as it was.

use super::{command, error, fed};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A tree with one dependency.
fn tree() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("requirements.txt"), "boto3==1.39.17\n").unwrap();
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = tree();
    for arguments in [
        vec!["matrix", "--no-env"],
        vec!["list"],
        vec!["man"],
        vec!["completions", "bash"],
        vec!["scan", text(folder.path()), "--format", "sarif"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(&arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error(&output).contains("the answer cannot be written: No space left"), "{}", error(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_as_a_snapshot_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;
    let folder = tree();
    // Through a link: were the file replaced, it would be the link.
    let link = folder.path().join("full");
    std::os::unix::fs::symlink("/dev/full", &link).unwrap();
    let output = command(&["snapshot", text(folder.path()), "--file", text(&link)]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", error(&output));
    assert!(error(&output).contains("No space left on device"), "{}", error(&output));
    assert!(link.is_symlink());
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

#[cfg(unix)]
#[test]
fn a_snapshot_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tree();
    let fresh = folder.path().join("as-made");
    fs::write(&fresh, "").unwrap();
    let kept = folder.path().join("sts-endpoint.snapshot.jsonl");
    let snapshot = || command(&["snapshot", text(folder.path())]).output().unwrap();
    assert_eq!(snapshot().status.code(), Some(0));
    assert_eq!(mode(&kept), mode(&fresh));
    let elsewhere = folder.path().join("elsewhere");
    fs::rename(&kept, &elsewhere).unwrap();
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &kept).unwrap();
    assert_eq!(snapshot().status.code(), Some(0));
    assert!(kept.is_symlink());
    assert_eq!(mode(&elsewhere), 0o640);
}

#[cfg(target_os = "linux")]
#[test]
fn a_snapshot_that_cannot_be_written_leaves_the_accepted_one() {
    let folder = tree();
    let kept = folder.path().join("sts-endpoint.snapshot.jsonl");
    assert_eq!(command(&["snapshot", text(folder.path())]).output().unwrap().status.code(), Some(0));
    let accepted = fs::read(&kept).unwrap();
    fs::write(folder.path().join("requirements.txt"), "boto3==1.40.0\n").unwrap();
    // No file may grow: what a full disk does, for this process alone.
    let limited = format!(
        "ulimit -f 0; trap '' XFSZ; exec {} snapshot {}",
        env!("CARGO_BIN_EXE_sts-endpoint"),
        text(folder.path())
    );
    let output = std::process::Command::new("sh").args(["-c", &limited]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", error(&output));
    assert!(error(&output).contains("sts-endpoint.snapshot.jsonl: File too large"), "{}", error(&output));
    assert_eq!(fs::read(&kept).unwrap(), accepted);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something half-written was left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn files_without_end_are_refused() {
    let folder = tree();
    for (arguments, expected) in [
        (
            vec!["scan", text(folder.path()), "--mapping", "/dev/zero"],
            "does not end; expected at most 16 MiB",
        ),
        (vec!["snapshot", text(folder.path()), "--check", "--file", "/dev/zero"], "does not end"),
        (
            vec!["diff", "boto3@1.39.17", "boto3@1.40.0", "--scenarios", "/dev/zero"],
            "line 1: is longer than 32 MiB",
        ),
    ] {
        let output = command(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error(&output).contains(expected), "{}", error(&output));
    }
}

#[test]
fn a_huge_lock_file_is_reported_and_not_read() {
    let folder = tree();
    let lock = fs::File::create(folder.path().join("poetry.lock")).unwrap();
    lock.set_len(1 << 30).unwrap();
    let output = command(&["scan", text(folder.path())]).output().unwrap();
    assert!(error(&output).contains("is larger than 64 MiB, and was not read"), "{}", error(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("boto3==1.39.17"));
}

#[test]
fn deep_nesting_is_no_crash() {
    const DEEP: usize = 100_000;
    let nested = |open: &str, middle: &str, close: &str| {
        format!("# AWS_REGION\n{}{middle}{}\n", open.repeat(DEEP), close.repeat(DEEP))
    };
    let stairs: String = (0..4000).map(|i| " ".repeat(i) + "a:\n").collect();
    for (name, content) in [
        ("dashes.yaml", nested("- ", "x", "")),
        ("keys.yaml", nested("? ", "x", "")),
        ("brackets.yaml", nested("[", "", "]")),
        ("braces.yaml", nested("{a: ", "x", "}")),
        ("stairs.yaml", format!("# AWS_REGION\n{stairs}")),
        ("package-lock.json", nested("[", "", "]").replace("# AWS_REGION\n", "")),
        ("poetry.lock", format!("a = {}", nested("[", "", "]").replace("# AWS_REGION\n", ""))),
        ("main.tf", format!("# AWS_REGION\na {}", nested("{\n a ", "{", "\n}"))),
        ("pom.xml", nested("<a>", "", "</a>").replace("# AWS_REGION\n", "")),
    ] {
        let folder = tree();
        fs::write(folder.path().join(name), content).unwrap();
        let output = command(&["scan", text(folder.path())]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}: {}", error(&output));
        assert!(String::from_utf8_lossy(&output.stdout).contains("boto3==1.39.17"), "{name}");
    }
    let output = fed(&["batch", "--policy", "boto3@latest"], format!("{}\n", "[".repeat(DEEP)).as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("standard input:1:"), "{}", error(&output));
}

#[test]
fn aliases_do_not_multiply() {
    let folder = tree();
    let mut laughs = String::from("# AWS_REGION\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for i in 1..12 {
        laughs += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(","));
    }
    fs::write(folder.path().join("laughs.yaml"), laughs).unwrap();
    let output = command(&["scan", text(folder.path())]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", error(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn hostile_names_are_shown_and_not_obeyed() {
    use std::os::unix::ffi::OsStrExt;
    let folder = TempDir::new().unwrap();
    let hostile = folder.path().join(std::ffi::OsStr::from_bytes(b"a\n::error::\x1b[31m\xff"));
    fs::create_dir(&hostile).unwrap();
    fs::write(hostile.join("requirements.txt"), b"boto3==1.39.17\n").unwrap();
    fs::write(hostile.join("poetry.lock"), b"[[package]\n").unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("loop")).unwrap();
    for format in ["text", "concise", "jsonl", "markdown", "sarif", "junit", "github", "gitlab", "html"] {
        let output = command(&["scan", text(folder.path()), "--format", format]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}: {}", error(&output));
        for stream in [&output.stdout, &output.stderr] {
            assert!(!stream.contains(&0x1b), "{format}: an escape sequence got through");
            // Only what is read line by line can be forged by a line.
            if ["sarif", "jsonl", "gitlab", "junit", "html"].contains(&format) {
                continue;
            }
            let lines = String::from_utf8_lossy(stream);
            assert!(
                !lines.lines().any(|line| line.starts_with("::error::")),
                "{format}: a line was forged: {lines}"
            );
        }
    }
}

#[test]
fn a_tree_that_is_read_twice_through_a_link_ends() {
    let folder = tree();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    let output = command(&["scan", text(folder.path())]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("1 workloads") && told.contains("in 1 files"), "{told}");
}
