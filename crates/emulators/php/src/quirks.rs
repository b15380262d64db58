//! Where releases of PHP leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "setting-without-effect",
        what: "regional is accepted and does nothing: the bundled endpoint data still has the global endpoint",
        since: Release::new(&[3, 108, 0]),
        until: Some(Release::new(&[3, 112, 27])),
        witness: r#"{"code":{"region":"us-west-2","sts_regional_endpoints":"regional"}}"#,
        evidence: Evidence::recorded("at 3.112.26; aws/aws-sdk-php PR #1853"),
    },
    Quirk {
        name: "legacy-is-a-list",
        what: "legacy means the global endpoint for 15 regions and aws-global; every other region is regional under legacy too",
        since: Release::new(&[3, 112, 27]),
        until: None,
        witness: r#"{"code":{"region":"ap-east-1","sts_regional_endpoints":"legacy"}}"#,
        evidence: Evidence::recorded("src/Endpoint/Partition.php"),
    },
    Quirk {
        name: "default-lost",
        what: "With nothing set, the host is regional and the signature is for us-east-1",
        since: Release::new(&[3, 243, 0]),
        until: Some(Release::new(&[3, 243, 1])),
        witness: r#"{"code":{"region":"us-west-2"}}"#,
        evidence: Evidence::recorded("at 3.243.0 and 3.243.1; aws/aws-sdk-php PR #2557"),
    },
    Quirk {
        name: "configured-endpoint-gives-its-scheme",
        what: "AWS_ENDPOINT_URL gives its scheme and nothing else: an http URL sends the call to the real service in clear text",
        since: Release::new(&[3, 281, 0]),
        until: Some(Release::new(&[3, 311, 2])),
        witness: r#"{"code":{"region":"us-west-2"},"env":{"AWS_ENDPOINT_URL":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("at 3.281.0 and 3.293.5; aws/aws-sdk-php PR #2737, #2600"),
    },
    Quirk {
        name: "role-in-us-east-1",
        what: "A role of a profile is assumed in us-east-1, whatever the client's region is",
        since: Release::new(&[3, 112, 27]),
        until: Some(Release::new(&[3, 369, 9])),
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev"},"credentials":"[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n[dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\nsource_profile = base\n","code":{"region":"ca-central-1","sts_regional_endpoints":"regional"}}"#,
        evidence: Evidence::recorded("from 3.147.5 to 3.349.3; aws/aws-sdk-php PR #3203"),
    },
];
