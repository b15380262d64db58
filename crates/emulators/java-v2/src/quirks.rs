//! Where releases leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "assume-role-without-region-fails",
        what: "The table says that AssumeRole and AssumeRoleWithWebIdentity use the global endpoint without a Region. An ordinary client fails in build() for these operations as for all others; only the credential providers fall back.",
        since: r(2, 0, 0),
        until: None,
        witness: r#"{"operation":"AssumeRole"}"#,
        evidence: Evidence::recorded("from 2.18.32 to 2.55.9; the generated client has no such rule"),
    },
    Quirk {
        name: "unknown-regions-are-global",
        what: "A region that the bundled endpoints.json does not list goes to the global endpoint, signed with the region's own name, which the service refuses. Until 2.10.46 these were also ap-east-1 and me-south-1.",
        since: r(2, 5, 4),
        until: Some(r(2, 10, 47)),
        witness: r#"{"env":{"AWS_REGION":"ap-east-1"}}"#,
        evidence: Evidence::source(
            "aws/aws-sdk-java-v2 core/regions ServiceMetadata.computeEndpoint, 9912da700b7 to e8472b0fc2d",
        ),
    },
    Quirk {
        name: "aws-global-is-no-global-endpoint",
        what: "aws-global calls a host sts.aws-global.amazonaws.com that does not exist: the global host stands in the data, but has no effect.",
        since: r(2, 0, 0),
        until: Some(r(2, 5, 4)),
        witness: r#"{"env":{"AWS_REGION":"aws-global"}}"#,
        evidence: Evidence::source("aws/aws-sdk-java-v2 9912da700b7, release 2.5.4"),
    },
    Quirk {
        name: "path-of-endpoint-override-dropped",
        what: "The path of an endpoint override is left out of the request: http://host/base is called as http://host/. The marshaller for the Query protocol drops it, and setUri only adds it again where the rules changed it.",
        since: r(2, 20, 68),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2"},"code":{"endpoint":"http://localhost:4566/base"}}"#,
        evidence: Evidence::recorded(
            "run at 2.18.32 (kept), 2.24.5, 2.25.64, 2.33.0, 2.55.9 (dropped); aws/aws-sdk-java-v2 ee3123749df (#3964)",
        ),
    },
    Quirk {
        name: "aws-global-with-variants-signed-for-us-east-1",
        what: "aws-global with FIPS or dual-stack is called as sts-fips.aws-global.amazonaws.com or sts.aws-global.api.aws, which do not exist; until 2.24.12 signed for us-east-1, since then for aws-global.",
        since: r(2, 17, 79),
        until: Some(r(2, 24, 13)),
        witness: r#"{"env":{"AWS_REGION":"aws-global","AWS_USE_FIPS_ENDPOINT":"true"}}"#,
        evidence: Evidence::recorded(
            "from 2.18.32 to 2.55.9; until 2.24.12 signed for us-east-1, since then for aws-global",
        ),
    },
    Quirk {
        name: "web-identity-operations-signed",
        what: "AssumeRoleWithWebIdentity and AssumeRoleWithSAML on a client with credentials are signed, though the service needs no signature.",
        since: r(2, 0, 0),
        until: Some(r(2, 31, 65)),
        witness: r#"{"env":{"AWS_REGION":"us-west-2"},"operation":"AssumeRoleWithSAML"}"#,
        evidence: Evidence::recorded("between 2.29.52 and 2.33.0; .changes/2.31.x/2.31.65.json"),
    },
    Quirk {
        name: "new-partitions-take-commercial-hosts",
        what: "A region of a partition younger than the release's data is called at amazonaws.com: eusc-de-east-1 until the partition data of 2025.",
        since: r(2, 10, 47),
        until: Some(r(2, 33, 0)),
        witness: r#"{"env":{"AWS_REGION":"eusc-de-east-1"}}"#,
        evidence: Evidence::recorded("between 2.29.52 and 2.33.0"),
    },
    Quirk {
        name: "configured-endpoint-ignored",
        what: "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS and endpoint_url are not read.",
        since: r(2, 0, 0),
        until: Some(r(2, 28, 1)),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_ENDPOINT_URL":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("between 2.25.64 and 2.29.52; aws/aws-sdk-java-v2 PR #5562"),
    },
    Quirk {
        name: "ignore-switch-ignored",
        what: "Configured endpoints are read, but AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is not.",
        since: r(2, 28, 1),
        until: Some(r(2, 52, 0)),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_ENDPOINT_URL":"http://localhost:4566","AWS_IGNORE_CONFIGURED_ENDPOINT_URLS":"true"}}"#,
        evidence: Evidence::recorded("between 2.33.0 and 2.55.9; aws/aws-sdk-java-v2 PR #7231"),
    },
    Quirk {
        name: "role-without-region-asks-for-aws-global",
        what: "A role in a profile without any region is assumed through aws-global, signed with that name, which the service refuses.",
        since: r(2, 0, 0),
        until: Some(r(2, 3, 0)),
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev"},"config":"[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\nsource_profile = keys\n[profile keys]\naws_access_key_id = a\naws_secret_access_key = b\n"}"#,
        evidence: Evidence::source("aws/aws-sdk-java-v2 e1737182100, issue #988"),
    },
];
