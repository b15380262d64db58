//! Where releases leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "no-region-fails",
        what: "The table says that the global endpoint is called without a Region. A client from the builder fails, under legacy and regional alike; only the deprecated constructors begin with the global endpoint.",
        since: r(1, 11, 238),
        until: None,
        witness: "{}",
        evidence: Evidence::recorded("at all releases from 1.11.238 to 1.12.705"),
    },
    Quirk {
        name: "setting-without-effect",
        what: "AWS_STS_REGIONAL_ENDPOINTS is not read, or, since 1.11.618, read in vain: the endpoint data itself has the global host for most regions.",
        since: r(1, 11, 238),
        until: Some(r(1, 11, 658)),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded(
            "between 1.11.613 and 1.11.835; run at 1.11.657 and 1.11.658; aws/aws-sdk-java PR #2428",
        ),
    },
    Quirk {
        name: "legacy-only-for-sixteen-regions",
        what: "legacy means the global endpoint for 16 regions, ap-northeast-2 and every region opened since 2019 not among them; the table has no list.",
        since: r(1, 11, 618),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"ap-east-1","AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}"#,
        evidence: Evidence::recorded("from 1.11.835 to 1.12.705"),
    },
    Quirk {
        name: "newer-regions-are-global",
        what: "A region that the bundled endpoint data does not list goes to the global endpoint, under regional too: mx-central-1 and ap-southeast-5 at the newest release recorded.",
        since: r(1, 11, 658),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"mx-central-1","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("from 1.11.835 to 1.12.705; PartitionRegionImpl.computeEndpoint"),
    },
    Quirk {
        name: "empty-region-is-global",
        what: "An empty AWS_REGION counts as a region, hides the file, and goes to the global endpoint, under regional too.",
        since: r(1, 11, 337),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"","AWS_STS_REGIONAL_ENDPOINTS":"regional"},"config":"[default]\nregion = eu-west-1\n"}"#,
        evidence: Evidence::recorded("from 1.11.613 to 1.12.705; run at 1.11.336 and 1.11.337"),
    },
    Quirk {
        name: "roles-are-always-global",
        what: "A role in a profile is assumed by a client from the deprecated constructor: the global endpoint, whatever region and setting. Roles in China and GovCloud fail.",
        since: r(1, 11, 238),
        until: None,
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev","AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"regional","AWS_CREDENTIAL_PROFILES_FILE":"$CONFIG"},"config":"[dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\nsource_profile = keys\n[keys]\naws_access_key_id = a\naws_secret_access_key = b\n"}"#,
        evidence: Evidence::recorded(
            "at 1.11.613, 1.11.835, 1.12.262, 1.12.705; aws/aws-sdk-java issue #2579",
        ),
    },
    Quirk {
        name: "roles-not-in-config-file",
        what: "Roles are read from AWS_CREDENTIAL_PROFILES_FILE or ~/.aws; a profile in the file that AWS_CONFIG_FILE names fails with \"profile file cannot be null\".",
        since: r(1, 11, 238),
        until: None,
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_PROFILE":"dev","AWS_REGION":"us-west-2"},"config":"[dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\nsource_profile = keys\n[keys]\naws_access_key_id = a\naws_secret_access_key = b\n"}"#,
        evidence: Evidence::recorded("at all releases from 1.11.238 to 1.12.705"),
    },
    Quirk {
        name: "prefixed-profile-not-found",
        what: "The region in [profile dev] is not found for AWS_PROFILE=dev: the text in brackets is the name.",
        since: r(1, 11, 238),
        until: Some(r(1, 12, 79)),
        witness: r#"{"env":{"AWS_PROFILE":"dev"},"config":"[profile dev]\nregion = cn-north-1\n"}"#,
        evidence: Evidence::recorded(
            "between 1.11.901 and 1.12.262; run at 1.12.78 and 1.12.79; aws/aws-sdk-java issue #1083",
        ),
    },
];
