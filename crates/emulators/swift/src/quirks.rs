//! Where releases leave the documented table, or go beyond what it tells.

use sts_endpoint_core::{Evidence, Quirk, Release};

/// See [`HISTORY`](crate::HISTORY).
pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "aws-global-reaches-the-global-endpoint",
        what: "The table has this SDK as regional without a setting; region aws-global calls the global endpoint, signed for \
               us-east-1.",
        since: Release::new(&[0, 33, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"aws-global"}}"#,
        evidence: Evidence::source(
            "Sources/Services/AWSSTS EndpointResolver.swift, rule \"Region exactly aws-global\"",
        ),
    },
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
        name: "web-identity-wants-aws-region",
        what: "Role and token in the environment want AWS_REGION there too: a region of the profile or AWS_DEFAULT_REGION do \
               not do.",
        since: Release::new(&[1, 4, 0]),
        until: None,
        witness: r#"{"entry":"web-identity-env","config":"[default]\nregion = us-west-2\n"}"#,
        evidence: Evidence::source("STSWebIdentityAWSCredentialIdentityResolver.swift"),
    },
    Quirk {
        name: "override-without-region",
        what: "An endpoint override does not do without a region, but for the operations that are not signed.",
        since: Release::new(&[1, 0, 0]),
        until: None,
        witness: r#"{"operation":"AssumeRoleWithSAML","code":{"endpoint":"http://localhost:4566"}}"#,
        evidence: Evidence::source("Sources/Services/AWSSTS/Sources/AWSSTS/AuthSchemeResolver.swift"),
    },
    Quirk {
        name: "empty-region-is-a-region",
        what: "An empty AWS_REGION hides the profile's region; the call then fails for want of a signing region.",
        since: Release::new(&[0, 33, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":""},"config":"[default]\nregion = us-west-2\n"}"#,
        evidence: Evidence::source("EnvironmentRegionProvider.swift, SigV4Middleware.swift"),
    },
];
