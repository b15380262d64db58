//! Where releases of JavaScript 3.x leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

const fn r(minor: u32) -> Release {
    Release::new(&[3, minor, 0])
}

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "provider-falls-back-to-us-east-1",
        what: "The client inside a credential provider falls back to us-east-1 where the client around it has no region",
        since: r(15),
        until: Some(r(511)),
        witness: r#"{"entry":"web-identity-env"}"#,
        evidence: Evidence::recorded("from 3.38.0 to 3.507.0"),
    },
    Quirk {
        name: "provider-always-us-east-1",
        what: "The client inside a credential provider calls us-east-1, whatever region is configured, China's and GovCloud's included",
        since: r(502),
        until: Some(r(511)),
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"cn-north-1"}}"#,
        evidence: Evidence::recorded("at 3.502.0 and 3.507.0; aws/aws-sdk-js-v3 #5681, #5799"),
    },
    Quirk {
        name: "role-profile-region-first",
        what: "A role profile's own region comes before AWS_REGION and a region in code",
        since: r(713),
        until: None,
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev","AWS_REGION":"us-gov-west-1"},"config":"[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\nregion = eu-west-1\n","code":{"region":"us-west-2"}}"#,
        evidence: Evidence::recorded("at 3.712.0 and 3.713.0; aws/aws-sdk-js-v3 issue #6711"),
    },
    Quirk {
        name: "standalone-provider-us-east-1",
        what: "A provider used without a client around it ignores AWS_REGION and calls us-east-1",
        since: r(27),
        until: Some(r(920)),
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"eu-west-2"},"alone":true}"#,
        evidence: Evidence::recorded("at 3.919.0 and 3.920.0; aws/aws-sdk-js-v3 #7452, #7456"),
    },
    Quirk {
        name: "endpoint-variables-ignored",
        what: "AWS_ENDPOINT_URL and its kin are ignored by one release",
        since: r(844),
        until: Some(r(846)),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_ENDPOINT_URL":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("at 3.840.0, 3.844.0 and 3.846.0; aws/aws-sdk-js-v3 #7206"),
    },
    Quirk {
        name: "aws-global-breaks-web-identity",
        what: "With region aws-global the web identity call fails: the rules name an auth scheme, and the client inside the provider has no credentials",
        since: r(1033),
        until: None,
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"aws-global"}}"#,
        evidence: Evidence::recorded("at 3.1032.0 and 3.1033.0"),
    },
];
