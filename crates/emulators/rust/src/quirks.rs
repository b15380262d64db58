//! Where releases leave the documented table, or go beyond what it tells.

use sts_endpoint_core::{Evidence, Quirk, Release};

/// See [`HISTORY`](crate::HISTORY).
pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "empty-region-is-a-region",
        what: "An empty AWS_REGION hides AWS_DEFAULT_REGION and the profile; instead of the documented failure the call goes to \
               https://sts..amazonaws.com/, signed for an empty region.",
        since: Release::new(&[0, 52, 0]),
        until: Some(Release::new(&[1, 8, 11])),
        witness: r#"{"env":{"AWS_REGION":"","AWS_DEFAULT_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded("aws-config src/environment/region.rs; check since aws-sdk-sts 1.91.0"),
    },
    Quirk {
        name: "region-steers-the-host",
        what: "The region goes into the URL unchecked: evil.example# calls https://sts.evil.example/, us-west-2/evil the host \
               sts.us-west-2.",
        since: Release::new(&[0, 52, 0]),
        until: Some(Release::new(&[1, 8, 11])),
        witness: r#"{"env":{"AWS_REGION":"evil.example#"}}"#,
        evidence: Evidence::recorded("smithy-lang/smithy-rs #4383"),
    },
    Quirk {
        name: "ignore-switch-without-effect",
        what: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is read but the client's own look-up does not heed it.",
        since: Release::new(&[1, 2, 0]),
        until: Some(Release::new(&[1, 9, 0])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_ENDPOINT_URL":"http://localhost:4566","AWS_IGNORE_CONFIGURED_ENDPOINT_URLS":"true"}}"#,
        evidence: Evidence::recorded("smithy-lang/smithy-rs #4730"),
    },
    Quirk {
        name: "providers-ignore-variants",
        what: "FIPS and dual-stack do not reach the STS clients of credential providers: a FIPS client gets its credentials from \
               an ordinary host.",
        since: Release::new(&[0, 53, 0]),
        until: Some(Release::new(&[0, 57, 1])),
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"us-west-2","AWS_USE_FIPS_ENDPOINT":"true"}}"#,
        evidence: Evidence::recorded("smithy-lang/smithy-rs #3007"),
    },
    Quirk {
        name: "override-needs-a-region",
        what: "Nothing works without a region, not even an override for an operation that is not signed.",
        since: Release::new(&[0, 53, 0]),
        until: Some(Release::new(&[0, 55, 1])),
        witness: r#"{"operation":"AssumeRoleWithSAML","code":{"endpoint":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("aws-sdk-sts 0.23.0 src/endpoint.rs; recorded at 0.53.0 and 0.55.3"),
    },
    Quirk {
        name: "signs-what-needs-no-signature",
        what: "AssumeRoleWithWebIdentity and AssumeRoleWithSAML are signed when the client has credentials.",
        since: Release::new(&[0, 56, 0]),
        until: Some(Release::new(&[1, 8, 1])),
        witness: r#"{"operation":"AssumeRoleWithSAML","env":{"AWS_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded("at 0.55.3, 0.56.1, 1.5.9 and 1.8.10"),
    },
];
