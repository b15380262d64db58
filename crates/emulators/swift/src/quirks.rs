//! Where releases leave the documented table, or go beyond what it tells.

use sts_endpoint_core::{Evidence, Quirk, Release};

/// See [`HISTORY`](crate::HISTORY).
pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "role-always-global",
        what: "A profile's role is assumed at the global endpoint, signed for us-east-1, whatever the region.",
        since: Release::new(&[0, 33, 0]),
        until: Some(Release::new(&[1, 0, 0])),
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_REGION":"us-west-2"},"config":"[default]\nrole_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\n"}"#,
        evidence: Evidence::source("awslabs/aws-c-auth source/credentials_provider_sts.c before #237"),
    },
    Quirk {
        name: "role-without-region-is-global",
        what: "A profile's role without a region is assumed at the global endpoint, where the table has a failure.",
        since: Release::new(&[0, 33, 0]),
        until: Some(Release::new(&[1, 5, 28])),
        witness: r#"{"entry":"profile-assume-role","config":"[default]\nrole_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\n"}"#,
        evidence: Evidence::source("awslabs/aws-c-auth source/credentials_provider_sts.c"),
    },
    Quirk {
        name: "web-identity-reads-aws-default-region-alone",
        what: "The Common Runtime's web identity provider reads AWS_DEFAULT_REGION, which the client does not, and not \
               AWS_REGION, which the client does.",
        since: Release::new(&[0, 33, 0]),
        until: Some(Release::new(&[1, 0, 0])),
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"us-west-2","AWS_DEFAULT_REGION":"sa-east-1"}}"#,
        evidence: Evidence::source(
            "awslabs/aws-c-auth source/credentials_provider_sts_web_identity.c before #237",
        ),
    },
    Quirk {
        name: "aws-default-region-unread",
        what: "AWS_DEFAULT_REGION is not read by clients: with nothing else there is no region.",
        since: Release::new(&[0, 33, 0]),
        until: Some(Release::new(&[1, 7, 85])),
        witness: r#"{"env":{"AWS_DEFAULT_REGION":"us-west-2"}}"#,
        evidence: Evidence::source(
            "Sources/Core/AWSClientRuntime/Regions/EnvironmentRegionProvider.swift, 0.33.0",
        ),
    },
];
