//! Where releases leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

const fn release(numbers: &[u32]) -> Release {
    Release::new(numbers)
}

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "regional-without-effect",
        what: "The setting is there, but regional does nothing: the endpoint data itself gives the old regions the global endpoint",
        since: release(&[3, 3, 103, 51]),
        until: Some(release(&[3, 3, 103, 54])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::source("aws/aws-sdk-net d1c1c0dd89 and 68ee69db13, sdk/src/Core/endpoints.json"),
    },
    Quirk {
        name: "no-region-is-us-east-1",
        what: "A client without a region takes us-east-1, so that regional without a region calls sts.us-east-1",
        since: release(&[3, 3, 103, 54]),
        until: Some(release(&[4, 0, 0, 0])),
        witness: r#"{"env":{"AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("from 3.3.107.38 to 3.7.300.0"),
    },
    Quirk {
        name: "no-region-fails",
        what: "A client without a region fails instead of calling us-east-1; a credential provider's client calls us-east-1",
        since: release(&[4, 0, 0, 0]),
        until: None,
        witness: r"{}",
        evidence: Evidence::recorded("at 4.0.1.3 and 4.0.3.3; aws/aws-sdk-net #3236"),
    },
    Quirk {
        name: "legacy-is-fifteen-regions",
        what: "legacy sends only the fifteen old commercial regions to the global endpoint; ap-east-1 and younger ones are regional",
        since: release(&[3, 3, 103, 54]),
        until: Some(release(&[4, 0, 0, 0])),
        witness: r#"{"code":{"region":"ap-east-1","sts_regional_endpoints":"legacy"}}"#,
        evidence: Evidence::recorded(
            "from 3.3.107.38 to 3.7.300.0; AmazonSecurityTokenServiceConfig.Extension.cs legacyGlobalRegions",
        ),
    },
    Quirk {
        name: "vpc-endpoint-signed-for-vpce",
        what: "A request to a VPC endpoint is signed for a region called vpce",
        since: release(&[3, 3, 103, 32]),
        until: Some(release(&[3, 5, 3, 6])),
        witness: r#"{"code":{"region":"us-west-2","endpoint":"https://vpce-0abc-123.sts.us-west-2.vpce.amazonaws.com"}}"#,
        evidence: Evidence::recorded(
            "at 3.3.103.32 and 3.3.107.38; Core/Amazon.Util/AWSSDKUtils.cs DetermineRegion",
        ),
    },
    Quirk {
        name: "legacy-drops-fips",
        what: "legacy comes before FIPS and dual-stack: an old region's FIPS client calls the global endpoint",
        since: release(&[3, 7, 9, 2]),
        until: Some(release(&[3, 7, 100, 0])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_USE_FIPS_ENDPOINT":"true","AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}"#,
        evidence: Evidence::recorded(
            "at 3.7.10.11 and 3.7.103.1; AmazonSecurityTokenServiceConfig.Extension.cs DetermineServiceURL",
        ),
    },
    Quirk {
        name: "fips-region-in-environment-stays",
        what: "A pseudo-region with fips in AWS_REGION leaves FIPS on where code names another region",
        since: release(&[3, 7, 9, 2]),
        until: Some(release(&[4, 0, 0, 0])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2-fips","AWS_STS_REGIONAL_ENDPOINTS":"regional"},"code":{"region":"ap-east-1"}}"#,
        evidence: Evidence::recorded(
            "at 3.7.10.11; ClientConfig.cs RegionEndpoint, read in the configuration's constructor",
        ),
    },
    Quirk {
        name: "bad-setting-variable-fails",
        what: "An AWS_STS_REGIONAL_ENDPOINTS other than regional or legacy fails the client",
        since: release(&[3, 3, 103, 51]),
        until: Some(release(&[4, 0, 0, 0])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"bogus"}}"#,
        evidence: Evidence::recorded("from 3.3.107.38 to 3.7.300.0"),
    },
    Quirk {
        name: "role-provider-in-us-east-1",
        what: "The STS client that assumes a profile's role is one of us-east-1, whatever region is configured, China's and GovCloud's included",
        since: release(&[3, 3, 103, 32]),
        until: Some(release(&[3, 7, 13, 11])),
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev","AWS_REGION":"cn-north-1"},"config":"[profile dev]\nrole_arn = arn:aws-cn:iam::123456789012:role/demo\ncredential_source = Environment\n"}"#,
        evidence: Evidence::recorded("at 3.3.103.32 and 3.7.10.11; aws/aws-sdk-net issue #1799"),
    },
    Quirk {
        name: "web-identity-provider-in-us-east-1",
        what: "The STS client that exchanges a web identity token is one of us-east-1, whatever region is configured, China's and GovCloud's included",
        since: release(&[3, 3, 104, 7]),
        until: Some(release(&[3, 7, 11, 8])),
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"cn-north-1"}}"#,
        evidence: Evidence::recorded("at 3.3.107.38 and 3.7.10.11; aws/aws-sdk-net issue #1856"),
    },
    Quirk {
        name: "region-leads-to-foreign-host",
        what: "The text of a region is put into the host unchecked: with a slash or a hash in it the signed request goes to another host",
        since: release(&[4, 0, 0, 0]),
        until: Some(release(&[4, 0, 3, 3])),
        witness: r#"{"env":{"AWS_REGION":"evil.example/x"}}"#,
        evidence: Evidence::recorded("at 4.0.1.3; refused at 4.0.3.3"),
    },
];
