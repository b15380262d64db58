//! The matrix for telling configurations, in each edition and at the newest releases: one small file each.

use super::printed;

/// The configurations, by name, with the flags that make them.
const CONFIGURATIONS: [(&str, &[&str]); 12] = [
    ("nothing-set", &[]),
    ("region-only", &["--region", "us-west-2"]),
    ("legacy", &["--region", "us-west-2", "--setting", "legacy"]),
    ("regional-without-region", &["--setting", "regional"]),
    ("aws-global", &["--region", "aws-global", "--setting", "regional"]),
    ("opt-in-region", &["--region", "ap-east-1", "--setting", "legacy"]),
    ("govcloud", &["--region", "us-gov-west-1"]),
    ("china", &["--region", "cn-north-1"]),
    ("fips", &["--region", "us-west-2", "--fips"]),
    ("endpoint-override", &["--region", "us-west-2", "--env", "AWS_ENDPOINT_URL=http://localhost:4566"]),
    ("profile-with-role", &["--entry", "profile-assume-role", "--profile", "dev", "--config-file", "ROLE"]),
    (
        "web-identity",
        &[
            "--entry",
            "web-identity-env",
            "--env",
            "AWS_REGION=us-west-2",
            "--env",
            "AWS_DEFAULT_REGION=us-west-2",
        ],
    ),
];

fn matrix(flags: &[&str], policies: &[&str]) -> String {
    let role = super::repository().join("fixtures/configurations/role.config");
    let mut arguments = vec!["matrix", "--no-env"];
    arguments.extend(policies);
    arguments.extend(flags.iter().map(|flag| if *flag == "ROLE" { role.to_str().unwrap() } else { flag }));
    let printed = printed(&arguments);
    assert!(
        printed.lines().skip(1).all(|line| line.chars().count() <= 80),
        "wider than 80 columns:\n{printed}"
    );
    printed.replace(&format!("{}/", super::repository().display()), "")
}

#[test]
fn the_matrix_of_each_configuration() {
    for (name, flags) in CONFIGURATIONS {
        for edition in ["docs-2024", "docs-2025"] {
            insta::assert_snapshot!(format!("{name}@{edition}"), matrix(flags, &["--edition", edition]));
        }
        insta::assert_snapshot!(format!("{name}@latest"), matrix(flags, &[]));
    }
}

#[test]
fn the_history_of_each_sdk() {
    for sdk in sts_endpoint::Sdk::ALL {
        insta::assert_snapshot!(format!("changes-{sdk}"), printed(&["changes", sdk.name()]));
    }
}

#[test]
fn the_quirks_of_each_sdk() {
    for sdk in sts_endpoint::Sdk::ALL {
        insta::assert_snapshot!(format!("quirks-{sdk}"), printed(&["quirks", sdk.name()]));
    }
}

#[test]
fn the_list_of_sdks() {
    insta::assert_snapshot!("list", printed(&["list"]));
}

#[test]
fn explanations() {
    let role = super::repository().join("fixtures/configurations/role.config");
    let role = role.to_str().unwrap();
    for (name, arguments) in [
        (
            "explain-java-v2-no-region",
            vec!["explain", "java-v2@latest", "--no-env", "--entry", "web-identity-env"],
        ),
        (
            "explain-boto3-misspelt",
            vec![
                "explain",
                "boto3@latest",
                "--no-env",
                "--env",
                "AWS_REGION=us-west-2",
                "--env",
                "AWS_STS_REGIONAL_ENDPOINT=regional",
            ],
        ),
        (
            "explain-go-v1-role",
            vec![
                "explain",
                "go-v1@latest",
                "--no-env",
                "--entry",
                "profile-assume-role",
                "--profile",
                "dev",
                "--config-file",
                role,
            ],
        ),
    ] {
        insta::assert_snapshot!(name, printed(&arguments));
    }
}
