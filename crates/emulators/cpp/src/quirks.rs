//! Where releases leave the documented table, or go beyond what it tells.

use sts_endpoint_core::{Evidence, Quirk, Release};

/// See [`HISTORY`](crate::HISTORY).
pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "environment-and-files-have-no-region",
        what: "A client's region is us-east-1 unless code says otherwise: AWS_REGION, AWS_DEFAULT_REGION and the profile are \
               not read.",
        since: Release::new(&[1, 7, 156]),
        until: Some(Release::new(&[1, 8, 0])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded(
            "aws-cpp-sdk-core/source/client/ClientConfiguration.cpp; recorded at 1.7.365",
        ),
    },
    Quirk {
        name: "web-identity-reads-aws-default-region-alone",
        what: "The web identity provider reads AWS_DEFAULT_REGION and the profile, but neither AWS_REGION nor the client's \
               region: AWS_REGION=us-west-2 exchanges the token in us-east-1.",
        since: Release::new(&[1, 7, 156]),
        until: Some(Release::new(&[1, 11, 724])),
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded(
            "aws-cpp-sdk-core/source/auth/STSCredentialsProvider.cpp; recorded to 1.11.591, gone at 1.11.724",
        ),
    },
    Quirk {
        name: "web-identity-has-no-global-endpoint",
        what: "The web identity provider makes its host of any region: aws-global means sts.aws-global.amazonaws.com, which \
               does not exist.",
        since: Release::new(&[1, 7, 156]),
        until: None,
        witness: r#"{"entry":"web-identity-env","env":{"AWS_DEFAULT_REGION":"aws-global"}}"#,
        evidence: Evidence::recorded(
            "aws-cpp-sdk-core/source/internal/AWSHttpResourceClient.cpp; aws-c-auth source/credentials_utils.c",
        ),
    },
    Quirk {
        name: "role-without-region-is-global",
        what: "A profile's role without a region is assumed at the global endpoint, signed for us-east-1; the table has \
               us-east-1 (Regional). A region in code does not reach the provider.",
        since: Release::new(&[1, 11, 900]),
        until: None,
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev"},"config":"[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\n"}"#,
        evidence: Evidence::recorded("aws-c-auth source/credentials_provider_sts.c"),
    },
    Quirk {
        name: "configured-overrides-lost",
        what: "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, services and endpoint_url, which 1.11.724 reads and 1.11.900 reads \
               again, have no effect on an STS client.",
        since: Release::new(&[1, 11, 800]),
        until: Some(Release::new(&[1, 11, 900])),
        witness: r#"{"env":{"AWS_ENDPOINT_URL":"http://localhost:4566","AWS_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded("at 1.11.724, 1.11.800 and 1.11.900"),
    },
    Quirk {
        name: "fips-region-cut-wrong",
        what: "Region us-west-2-fips means FIPS in us-west-2, but is cut to us-we; fips-us-west-2 to -west-2, which is \
               refused.",
        since: Release::new(&[1, 10, 0]),
        until: Some(Release::new(&[1, 11, 77])),
        witness: r#"{"code":{"region":"us-west-2-fips"}}"#,
        evidence: Evidence::recorded(
            "aws-cpp-sdk-core/source/endpoint/BuiltInParameters.cpp, sizeof of a pointer; recorded at 1.10.57",
        ),
    },
    Quirk {
        name: "region-steers-the-host",
        what: "A slash in the region ends the host: us-west-2/evil calls the host sts.us-west-2. Before 1.8.11 any other character \
               goes through too.",
        since: Release::new(&[1, 7, 156]),
        until: Some(Release::new(&[1, 11, 800])),
        witness: r#"{"code":{"region":"us-west-2/evil"}}"#,
        evidence: Evidence::recorded("aws-cpp-sdk-core/source/http/URI.cpp; gone at 1.11.800"),
    },
    Quirk {
        name: "dotted-region-adds-labels",
        what: "Since 1.8.11 hosts must be DNS labels, but dots in a region add labels of its own to the host.",
        since: Release::new(&[1, 8, 11]),
        until: Some(Release::new(&[1, 11, 800])),
        witness: r#"{"code":{"region":"us-west-2.evil.example"}}"#,
        evidence: Evidence::recorded("aws-cpp-sdk-core/source/utils/DNS.cpp; gone at 1.11.800"),
    },
    Quirk {
        name: "pseudo-region-signs-as-given",
        what: "A pseudo-region signs as it stands: us-west-2-fips calls the FIPS host of us-west-2, signed for us-west-2-fips.",
        since: Release::new(&[1, 11, 800]),
        until: None,
        witness: r#"{"code":{"region":"us-west-2-fips"}}"#,
        evidence: Evidence::recorded("at 1.11.724 and 1.11.800"),
    },
    Quirk {
        name: "aws-global-never-global",
        what: "Region aws-global does not reach the global endpoint: before 1.8.1 it is the host sts.aws-global.amazonaws.com, \
               which does not exist, then the regional one of us-east-1.",
        since: Release::new(&[1, 7, 156]),
        until: Some(Release::new(&[1, 10, 0])),
        witness: r#"{"code":{"region":"aws-global"}}"#,
        evidence: Evidence::recorded(
            "aws-cpp-sdk-sts/source/STSEndpoint.cpp; recorded at 1.7.365, 1.9.379 and 1.10.57",
        ),
    },
];
