//! Trees as people have them: what the command tells of each.

use super::{printed, repository};

fn fleet(name: &str) -> String {
    repository().join("fixtures/fleets").join(name).display().to_string()
}

/// What is printed, with paths relative to the fleets.
fn told(arguments: &[&str]) -> String {
    printed(arguments).replace(&format!("{}/", repository().join("fixtures/fleets").display()), "")
}

#[test]
fn every_fleet_is_scanned() {
    let root = repository().join("fixtures/fleets");
    let mut names: Vec<String> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    for name in names {
        insta::assert_snapshot!(format!("scan-{name}"), told(&["scan", &fleet(&name)]));
    }
}

#[test]
fn moves_between_major_versions_are_told() {
    for name in ["go-1-to-2-controller", "java-1-to-2", "js-2-to-3-lambda"] {
        let (before, after) = (fleet(&format!("{name}/before")), fleet(&format!("{name}/after")));
        insta::assert_snapshot!(format!("migrate-{name}"), told(&["migrate", &before, &after]));
    }
}

#[test]
fn a_move_to_a_release_is_told_without_a_second_tree() {
    insta::assert_snapshot!(
        "migrate-python-eks-bump",
        told(&["migrate", &fleet("python-eks"), "--bump", "boto3=1.40.0"])
    );
}

#[test]
fn findings_have_their_machine_formats() {
    for format in ["jsonl", "sarif", "junit", "markdown"] {
        let tree = fleet("php-vpc");
        insta::assert_snapshot!(format!("scan-php-vpc-{format}"), told(&["scan", &tree, "--format", format]));
    }
}

#[test]
fn hosts_of_a_tree_before_and_after() {
    insta::assert_snapshot!(
        "allowlist-python-eks",
        told(&["allowlist", &fleet("python-eks"), "--bump", "boto3=1.40.0"])
    );
}
