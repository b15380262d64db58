//! Where releases leave the documented table, or go beyond what it tells.

use sts_endpoint_core::{Evidence, Quirk, Release};

/// See [`HISTORY`](crate::HISTORY).
pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "aws-global-reaches-the-global-endpoint",
        what: "The table has this SDK as regional without a setting; region aws-global calls the global endpoint, signed for \
               us-east-1 (before 1.10.0 the regional one of us-east-1, before 1.8.1 a host that does not exist).",
        since: Release::new(&[1, 10, 0]),
        until: None,
        witness: r#"{"code":{"region":"aws-global"}}"#,
        evidence: Evidence::recorded(
            "aws-cpp-sdk-sts/source/STSEndpointRules.cpp, rule \"Region exactly aws-global\"",
        ),
    },
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
        name: "aws-default-region-beats-aws-region",
        what: "Both variables are read, AWS_DEFAULT_REGION first: the other way round than in most SDKs.",
        since: Release::new(&[1, 8, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_DEFAULT_REGION":"sa-east-1"}}"#,
        evidence: Evidence::recorded("aws-cpp-sdk-core/source/client/ClientConfiguration.cpp"),
    },
    Quirk {
        name: "aws-default-profile-beats-aws-profile",
        what: "The profile's name comes from AWS_DEFAULT_PROFILE before AWS_PROFILE.",
        since: Release::new(&[1, 8, 0]),
        until: None,
        witness: r#"{"env":{"AWS_DEFAULT_PROFILE":"dev","AWS_PROFILE":"prod"},"config":"[profile dev]\nregion = us-west-2\n[profile prod]\nregion = eu-west-1\n"}"#,
        evidence: Evidence::recorded(
            "aws-cpp-sdk-core/source/auth/AWSCredentialsProvider.cpp GetConfigProfileName",
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
        name: "configured-override-breaks-providers",
        what: "The common runtime takes AWS_ENDPOINT_URL for the name of a host: with a URL in it web identity looks up a host \
               called http://.., and the ignore switch does not help.",
        since: Release::new(&[1, 11, 724]),
        until: None,
        witness: r#"{"entry":"web-identity-env","env":{"AWS_ENDPOINT_URL":"http://localhost:4566","AWS_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded(
            "aws-c-auth source/credentials_utils.c aws_credentials_provider_construct_endpoint",
        ),
    },
    Quirk {
        name: "configured-overrides-lost",
        what: "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, services and endpoint_url, which 1.11.724 reads and 1.11.900 reads \
               again, have no effect on an STS client.",
        since: Release::new(&[1, 11, 800]),
        until: Some(Release::new(&[1, 11, 900])),
        witness: r#"{"env":{"AWS_ENDPOINT_URL":"http://localhost:4566","AWS_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded("recorded at 1.11.724, 1.11.800 and 1.11.900"),
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
        name: "fips-and-dual-stack-variables-unread",
        what: "AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT and the profile's keys of that name have no effect.",
        since: Release::new(&[1, 8, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_USE_FIPS_ENDPOINT":"true"}}"#,
        evidence: Evidence::recorded("aws-cpp-sdk-core/source/client/ClientConfiguration.cpp"),
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
        evidence: Evidence::recorded("recorded at 1.11.724 and 1.11.800"),
    },
];
