//! Where releases of Kotlin leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "no-region-fails",
        what: "An ordinary client without a Region fails, where the page says that it calls the global endpoint",
        since: Release::new(&[1, 0, 0]),
        until: None,
        witness: "{}",
        evidence: Evidence::source("awslabs/aws-sdk-kotlin codegen/sdk/aws-models/sts.json, v1.5.43"),
    },
    Quirk {
        name: "roles-fall-back-to-aws-global",
        what: "A role of a profile is assumed at the global endpoint where no region is found, while the client itself fails",
        since: Release::new(&[1, 0, 0]),
        until: None,
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev"},"config":"[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\n"}"#,
        evidence: Evidence::source("StsAssumeRoleCredentialsProvider.kt, v0.8.0-alpha to v1.5.43"),
    },
];
