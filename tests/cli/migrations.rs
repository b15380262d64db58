//! `diff` over the moves that people make.

use super::{command, printed};

const MOVES: [(&str, &str, &str); 10] = [
    ("boto3-1.40", "boto3@1.39.17", "boto3@1.40.0"),
    ("cli-v1-1.42", "cli-v1@1.41.17", "cli-v1@1.42.0"),
    ("cli-v1-to-v2", "cli-v1@latest", "cli-v2@latest"),
    ("go-v1-to-v2", "go-v1@latest", "go-v2@latest"),
    ("java-v1-to-v2", "java-v1@latest", "java-v2@latest"),
    ("js-v2-to-v3", "js-v2@latest", "js-v3@latest"),
    ("php-3.351.12", "php@3.351.11", "php@3.351.12"),
    ("ruby-regional", "ruby@3.91.1", "ruby@3.92.0"),
    ("dotnet-3-to-4", "dotnet@3.7.402.46", "dotnet@latest"),
    ("powershell-4-to-5", "powershell@4.1.700", "powershell@latest"),
];

#[test]
fn the_moves_that_people_make() {
    for (name, before, after) in MOVES {
        insta::assert_snapshot!(format!("diff-{name}"), printed(&["diff", before, after]));
    }
}

#[test]
fn one_configuration_in_every_format() {
    for format in ["text", "json", "markdown", "github"] {
        let arguments = [
            "diff",
            "boto3@1.39.17",
            "boto3@1.40.0",
            "--no-env",
            "--region",
            "us-west-2",
            "--format",
            format,
        ];
        insta::assert_snapshot!(format!("diff-one-configuration-{format}"), printed(&arguments));
    }
}

#[test]
fn the_exit_status_says_whether_something_changes() {
    let status = |arguments: &[&str]| command(arguments).output().unwrap().status.code();
    assert_eq!(status(&["diff", "boto3@1.39.17", "boto3@1.40.0"]), Some(1));
    assert_eq!(status(&["diff", "boto3@1.40.0", "boto3@1.40.0"]), Some(0));
    assert_eq!(
        status(&["diff", "boto3@1.39.17", "boto3@1.40.0", "--no-env", "--region", "aws-global"]),
        Some(0)
    );
    assert_eq!(status(&["diff", "boto3@1.39.17"]), Some(2));
}
