//! Every finding has a small tree that shows it, and the same tree put right.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use sts_endpoint_inventory::findings::{Finding, Level, RULES, Rule, examine};
use sts_endpoint_inventory::{packages, walk::walk};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/findings")
}

fn found(tree: &Path) -> Vec<Finding> {
    let inventory = walk(tree, &());
    assert!(inventory.unreadable.is_empty(), "{}: {:?}", tree.display(), inventory.unreadable);
    examine(&inventory.workloads(&[])).findings
}

fn shows(tree: &Path, rule: &Rule) -> bool {
    found(tree).iter().any(|found| found.rule.id == rule.id)
}

/// The ids of findings of at least a level.
fn ids(tree: &Path, level: Level) -> BTreeSet<&'static str> {
    found(tree)
        .iter()
        .map(|found| found.rule)
        .filter(|rule| rule.level <= level)
        .map(|rule| rule.id)
        .collect()
}

fn plant(files: &[(&str, &str)]) -> tempfile::TempDir {
    let tree = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = tree.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

#[test]
fn each_is_found_before_and_gone_after() {
    for rule in &RULES {
        let [before, after] = ["before", "after"].map(|side| fixtures().join(rule.id).join(side));
        assert!(shows(&before, rule), "{} is not found before", rule.id);
        let after = ids(&after, rule.level);
        assert!(!after.contains(rule.id), "{} is still found after", rule.id);
        let before = ids(&before, rule.level);
        let new: Vec<_> = after.difference(&before).collect();
        assert!(new.is_empty(), "{}: putting it right brings {new:?}", rule.id);
    }
}

#[test]
fn there_are_fixtures_for_the_rules_and_for_nothing_else() {
    let folders: BTreeSet<String> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(folders, rules);
    assert_eq!(rules.len(), RULES.len(), "ids are unique");
}

#[test]
fn each_witness_shows_its_finding() {
    for rule in &RULES {
        let tree = plant(rule.witness);
        assert!(shows(tree.path(), rule), "{}:\n{}", rule.id, rule.witness_text());
    }
}

/// No line of configuration can be left out of a witness: without it, the finding is gone.
#[test]
fn each_witness_is_the_smallest() {
    for rule in &RULES {
        for (i, (path, text)) in rule.witness.iter().enumerate() {
            if packages::concerns(Path::new(path)) {
                continue;
            }
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            for left_out in 0..lines.len() {
                let rest: String = [&lines[..left_out], &lines[left_out + 1..]].concat().concat();
                let mut files = rule.witness.to_vec();
                files[i].1 = &rest;
                let tree = plant(&files);
                assert!(!shows(tree.path(), rule), "{} without {:?}", rule.id, lines[left_out]);
            }
        }
    }
}

/// A finding about a workload as a whole stands at a line of a file too: annotations and SARIF need one.
#[test]
fn each_finding_is_at_a_line_of_a_file() {
    for rule in &RULES {
        let tree = plant(rule.witness);
        for found in found(tree.path()) {
            assert!(tree.path().join(&found.place.path).is_file(), "{}: {}", rule.id, found.place);
        }
    }
}

/// Where the region is put in later, nothing is said that a region would take back.
#[test]
fn what_hangs_on_an_unknown_region_is_not_told() {
    for configuration in ["", "AWS_REGION=${REGION}\n"] {
        let tree = plant(&[
            ("go.mod", "require github.com/aws/aws-sdk-go-v2/config v1.32.7\n"),
            (".env", configuration),
        ]);
        let levels: Vec<Level> = found(tree.path()).iter().map(|found| found.rule.level).collect();
        assert_eq!(levels, [Level::Note], "{configuration}");
        let tree = plant(&[("requirements.txt", "boto3==1.39.17\n"), (".env", configuration)]);
        let global = found(tree.path()).into_iter().find(|found| found.rule.id == "global-endpoint");
        assert!(global.is_some(), "{configuration}: with any region and without");
    }
}

/// Releases that dropped the setting are not too old for it.
#[test]
fn a_setting_that_was_dropped_is_no_setting_to_come() {
    for (version, told) in [("3.3.103.32", "release-too-old-for-setting"), ("4.0.3.3", "setting-ignored")] {
        let project = format!(
            "<Project><ItemGroup><PackageReference Include=\"AWSSDK.Core\" Version=\"[{version}]\" /></ItemGroup></Project>"
        );
        let tree = plant(&[
            ("app.csproj", &project),
            (".env", "AWS_REGION=us-west-2\nAWS_STS_REGIONAL_ENDPOINTS=legacy\n"),
        ]);
        let found: Vec<&str> = found(tree.path())
            .iter()
            .map(|found| found.rule.id)
            .filter(|id| id.contains("setting-") || id.contains("-setting"))
            .filter(|id| *id != "legacy-setting")
            .collect();
        assert_eq!(found, [told], "{version}");
    }
}

/// What a finding does not need is not in its scenario.
#[test]
fn a_scenario_that_shows_a_finding_is_the_smallest() {
    let tree = plant(&[
        ("requirements.txt", "boto3==1.39.17\n"),
        (
            ".env",
            "AWS_DEFAULT_REGION=us-west-2\nAWS_REGION=us-west-2\nAWS_PROFILE=default\nAWS_STS_REGIONAL_ENDPOINTS=legacy\n",
        ),
        (".aws/config", "[default]\noutput = json\n"),
    ]);
    let found = found(tree.path());
    let global = found.iter().find(|found| found.rule.id == "global-endpoint").unwrap();
    let witness = global.witness.as_ref().unwrap();
    let names: Vec<&str> = witness.variables.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["AWS_DEFAULT_REGION", "AWS_STS_REGIONAL_ENDPOINTS"], "{}", global.message);
    assert!(witness.config.is_none());
}
