//! Where releases of JavaScript 2.x leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

const fn r(minor: u32) -> Release {
    Release::new(&[2, minor, 0])
}

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "regional-without-region-fails",
        what: "With regional and no Region it fails, where the table says global endpoint",
        since: r(525),
        until: None,
        witness: r#"{"env":{"AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("at every release from 2.525.0 on"),
    },
    Quirk {
        name: "regional-host-broken",
        what: "With regional the URL's text becomes the host's name: nothing can be reached",
        since: r(581),
        until: Some(r(585)),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("at 2.581.0 and 2.584.0; aws/aws-sdk-js #2960, #2994"),
    },
    Quirk {
        name: "aws-global-is-us-east-1",
        what: "Under regional, aws-global is the regional endpoint of us-east-1, not the global endpoint",
        since: r(1027),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"aws-global","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("at 2.1026.0 and 2.1027.0; aws/aws-sdk-js #3951"),
    },
    Quirk {
        name: "switch-wants-files",
        what: "With AWS_SDK_LOAD_CONFIG set and no region in the environment, a missing config file is an error, even where code gives a region",
        since: r(525),
        until: None,
        witness: r#"{"env":{"AWS_SDK_LOAD_CONFIG":"1"},"code":{"region":"us-west-2"}}"#,
        evidence: Evidence::recorded("at every release"),
    },
    Quirk {
        name: "eusc-is-global",
        what: "The European Sovereign Cloud's region goes to the global endpoint of the commercial partition",
        since: r(525),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"eusc-de-east-1"}}"#,
        evidence: Evidence::recorded("at every release"),
    },
    Quirk {
        name: "role-profile-us-east-1",
        what: "The client of a role profile takes the profile's region, else us-east-1: AWS_REGION and code are passed over",
        since: r(758),
        until: None,
        witness: r#"{"entry":"profile-assume-role","env":{"AWS_SDK_LOAD_CONFIG":"1","AWS_PROFILE":"dev","AWS_REGION":"cn-north-1"},"config":"[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\nsource_profile = base\n[profile base]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = x\n","credentials":""}"#,
        evidence: Evidence::recorded("at 2.757.0 and 2.758.0; aws/aws-sdk-js #3447"),
    },
];
