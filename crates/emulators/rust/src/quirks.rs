//! Where releases leave the documented table, or go beyond what it tells.

use sts_endpoint_core::{Evidence, Quirk, Release};

/// See [`HISTORY`](crate::HISTORY).
pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "aws-global-reaches-the-global-endpoint",
        what: "The table has this SDK as regional without a setting; region aws-global still calls the global endpoint, signed \
               for us-east-1.",
        since: Release::new(&[0, 52, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"aws-global"}}"#,
        evidence: Evidence::recorded(
            "aws-sdk-sts src/config/endpoint.rs, rule \"Region exactly aws-global\"",
        ),
    },
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
        name: "dotted-region-adds-labels",
        what: "The host-label check allows dots, so that a region with dots still adds labels of its own to the host.",
        since: Release::new(&[0, 52, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2.evil.example"}}"#,
        evidence: Evidence::recorded(
            "aws-sdk-sts src/endpoint_lib/host.rs is_valid_host_label(region, true)",
        ),
    },
    Quirk {
        name: "override-without-region",
        what: "With an endpoint override, operations that are not signed need no region: no failure where the table has one.",
        since: Release::new(&[1, 8, 1]),
        until: None,
        witness: r#"{"operation":"AssumeRoleWithWebIdentity","code":{"endpoint":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("aws-sdk-sts src/config/endpoint.rs"),
    },
    Quirk {
        name: "global-variants-do-not-exist",
        what: "aws-global with FIPS or dual-stack gives hosts that do not exist (sts-fips.aws-global.amazonaws.com), signed for \
               aws-global.",
        since: Release::new(&[0, 53, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"aws-global","AWS_USE_FIPS_ENDPOINT":"true"}}"#,
        evidence: Evidence::recorded("aws-sdk-sts src/config/endpoint.rs"),
    },
    Quirk {
        name: "empty-override-panics",
        what: "An empty AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS or endpoint_url panics in the endpoint's builder.",
        since: Release::new(&[1, 2, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_ENDPOINT_URL":""}}"#,
        evidence: Evidence::recorded("aws-smithy-types src/endpoint.rs: \"URL was unset\""),
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
        name: "providers-deaf-to-the-ignore-switch",
        what: "The STS clients of credential providers take configured overrides but never heed the ignore switch.",
        since: Release::new(&[1, 5, 9]),
        until: None,
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"us-west-2","AWS_ENDPOINT_URL":"http://localhost:4566","AWS_IGNORE_CONFIGURED_ENDPOINT_URLS":"true"}}"#,
        evidence: Evidence::recorded("aws-config src/provider_config.rs client_config"),
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
        name: "one-bad-line-hides-the-region",
        what: "A line of a profile file that cannot be parsed hides the region of both files: missing region, no parse error.",
        since: Release::new(&[0, 52, 0]),
        until: None,
        witness: r#"{"config":"[default\nregion = us-west-2\n"}"#,
        evidence: Evidence::recorded("aws-config src/profile/region.rs"),
    },
];
