//! Proptest strategies for scenarios, for the properties here and for other people's tests.
//!
//! ```
//! use proptest::prelude::*;
//! use sts_endpoint_conformance::strategies;
//!
//! proptest!(|(scenario in strategies::scenario())| {
//!     let found = sts_endpoint::policy("boto3@latest").unwrap();
//!     prop_assert_eq!(found.policy.resolve(&scenario), found.policy.resolve(&scenario));
//! });
//! ```

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use sts_endpoint::scenario::{Code, Construction};
use sts_endpoint::{Entry, FileKind, Operation, Partition, Scenario};

/// A region that the commercial partition lists, pseudo-regions left out.
pub fn commercial_region() -> impl Strategy<Value = String> {
    let listed: Vec<String> = listed(Partition::commercial()).map(String::from).collect();
    select(listed)
}

/// A region that a partition other than the commercial one lists, pseudo-regions left out.
pub fn other_partition_region() -> impl Strategy<Value = String> {
    let listed: Vec<String> = Partition::all()
        .iter()
        .filter(|partition| partition.id != "aws")
        .flat_map(listed)
        .map(String::from)
        .collect();
    select(listed)
}

fn listed(partition: &'static Partition) -> impl Iterator<Item = &'static str> {
    partition.regions.iter().copied().filter(|region| !region.ends_with("-global"))
}

/// A region that is a host label: listed, pseudo, or made up.
pub fn label_region() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => commercial_region(),
        3 => other_partition_region(),
        1 => select(vec!["aws-global", "aws-cn-global", "aws-us-gov-global", "aws-iso-global"]).prop_map(String::from),
        1 => (commercial_region(), any::<bool>())
            .prop_map(|(region, behind)| if behind { format!("{region}-fips") } else { format!("fips-{region}") }),
        1 => "[a-z][a-z0-9]{1,8}-[a-z]{2,8}-[1-9]",
    ]
}

/// Any text for a region, hostile ones included.
pub fn any_region() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => label_region(),
        1 => Just(String::new()),
        1 => select(vec![
            " ", "us-west-2 ", "us-west-2\n", "US-WEST-2", "us_west_2", "us-west-2.evil.example", "us-west-2/evil",
            "evil.example#", "-lead", "trail-", "1", "ü-west-1", "us-west-2@evil.example", "a\u{0}b", "sts", "%20",
        ])
        .prop_map(String::from),
        1 => ".{0,12}",
    ]
}

/// Any text for the setting.
pub fn any_setting() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(vec!["legacy", "regional"]).prop_map(String::from),
        1 => select(vec!["", "LEGACY", "Regional", " regional", "global", "true", "0", "bogus"]).prop_map(String::from),
        1 => ".{0,8}",
    ]
}

/// Any text for a flag.
pub fn any_flag() -> impl Strategy<Value = String> {
    select(vec!["true", "false", "True", "TRUE", "1", "0", "yes", "", "bogus", " true"])
        .prop_map(String::from)
}

/// Any text for an endpoint override.
pub fn any_endpoint() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(vec![
            "http://localhost:4566", "https://sts.us-west-2.amazonaws.com", "https://sts.amazonaws.com/",
            "https://vpce-0abc-123.sts.us-east-1.vpce.amazonaws.com", "http://localhost:4566/base/path",
        ])
        .prop_map(String::from),
        1 => select(vec!["", "not a url", "localhost", "http://", "://", "http://ü.example", "https://a b/", "ftp://x"])
            .prop_map(String::from),
        1 => select(vec![
            "http://[::1]:4566/", "http://[fe80::1%25en0]/", "http://[::1", "http://]", "http://127.0.0.1", "http://1.2.3",
            "http://user:word@host/", "http://@host", "http://host:99999", "http://host:", "http://host:port/", "//host/path",
            "HTTPS://HOST/", "http://host?query=1", "http://host/#part", "http://host/%zz", "http://host/%20/", "http:host",
            "http:///path", "http://host\\path", " http://host", "http://host.", "http://a_b/", "http://-a/", "1http://host",
        ])
        .prop_map(String::from),
        1 => ".{0,16}",
    ]
}

fn keys() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any_region().prop_map(|region| format!("region = {region}\n")),
        2 => any_setting().prop_map(|setting| format!("sts_regional_endpoints = {setting}\n")),
        1 => any_flag().prop_map(|flag| format!("use_fips_endpoint = {flag}\n")),
        1 => any_flag().prop_map(|flag| format!("use_dualstack_endpoint={flag}\n")),
        1 => any_endpoint().prop_map(|url| format!("endpoint_url = {url}\n")),
        1 => any_endpoint().prop_map(|url| format!("services = local\n[services local]\nsts =\n  endpoint_url = {url}\n")),
        1 => Just("role_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\n".into()),
        1 => Just("role_arn = arn:aws:iam::123456789012:role/demo\nsource_profile = base\n".into()),
        1 => Just("role_arn = arn:aws:iam::123456789012:role/demo\nweb_identity_token_file = $TOKEN_FILE\n".into()),
        1 => Just("aws_access_key_id = AKIDFILE\naws_secret_access_key = s\n".into()),
        1 => select(vec![
            "source_profile = dev\n", "source_profile = absent\n", "role_arn =\n", "aws_access_key_id = AKIDFILE\n",
            "credential_source = Ec2InstanceMetadata\n", "credential_source = odd\n", "credential_process = true\n",
            "sso_session = here\n", "sso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n",
            "defaults_mode = standard\n", "defaults_mode = odd\n", "ignore_configured_endpoint_urls = true\n",
            "services = absent\n", "sts_regional_endpoints =\n  legacy\n", "region =\n", "  indented = x\n",
            "region: us-west-2\n", "; comment\n", "region = us-west-2 ; note\n", "region = \"us-west-2\"\n",
        ])
        .prop_map(String::from),
        1 => select(vec!["REGION = us-west-2\n", "region\n", "= x\n", "region = us-west-2 # note\n", "# comment\n", "\n"])
            .prop_map(String::from),
    ]
}

/// A profile file's text: sections with keys that matter, malformed lines among them; now and then any text.
pub fn profile_file() -> impl Strategy<Value = String> {
    let header = select(vec![
        "[default]\n",
        "[profile default]\n",
        "[profile dev]\n",
        "[dev]\n",
        "[base]\n",
        "[profile base]\n",
        "[ default ]\n",
        "[default\n",
        "",
        "[services local]\n",
        "[profile \"dev\"]\n",
        "[]\n",
    ]);
    let section = (header, proptest::collection::vec(keys(), 0..4))
        .prop_map(|(header, keys)| format!("{header}{}", keys.concat()));
    prop_oneof![
        12 => proptest::collection::vec(section, 0..4).prop_map(|sections| sections.concat()),
        1 => "(?s).{0,80}",
    ]
}

/// Options given in code.
pub fn code() -> impl Strategy<Value = Code> {
    (
        option::weighted(0.4, any_region()),
        option::weighted(0.1, any_endpoint()),
        option::weighted(0.05, any_setting()),
        option::weighted(0.1, any::<bool>()),
        option::weighted(0.1, any::<bool>()),
    )
        .prop_map(|(region, endpoint, sts_regional_endpoints, use_fips, use_dualstack)| Code {
            region,
            endpoint,
            sts_regional_endpoints,
            use_fips,
            use_dualstack,
            use_global_endpoint: None,
        })
}

/// The environment variables that matter, each set now and then.
pub fn variables() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let one = prop_oneof![
        3 => any_region().prop_map(|text| ("AWS_REGION", text)),
        2 => any_region().prop_map(|text| ("AWS_DEFAULT_REGION", text)),
        3 => any_setting().prop_map(|text| ("AWS_STS_REGIONAL_ENDPOINTS", text)),
        1 => any_flag().prop_map(|text| ("AWS_USE_FIPS_ENDPOINT", text)),
        1 => any_flag().prop_map(|text| ("AWS_USE_DUALSTACK_ENDPOINT", text)),
        1 => any_endpoint().prop_map(|text| ("AWS_ENDPOINT_URL", text)),
        1 => any_endpoint().prop_map(|text| ("AWS_ENDPOINT_URL_STS", text)),
        1 => any_flag().prop_map(|text| ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", text)),
        2 => select(vec!["1", "true", "", "0", "false"]).prop_map(|text| ("AWS_SDK_LOAD_CONFIG", String::from(text))),
        2 => select(vec!["dev", "default", "absent", "", "base"]).prop_map(|text| ("AWS_PROFILE", String::from(text))),
        1 => select(vec!["dev", "default", "absent"]).prop_map(|text| ("AWS_DEFAULT_PROFILE", String::from(text))),
        1 => select(vec!["legacy", "standard", "auto", "bogus", ""])
            .prop_map(|text| ("AWS_DEFAULTS_MODE", String::from(text))),
        1 => any_flag().prop_map(|text| ("AWS_EC2_METADATA_DISABLED", text)),
        1 => Just(("AWS_SDK_CONFIG_OPT_OUT", "1".into())),
        1 => any_region().prop_map(|text| ("AMAZON_REGION", text)),
    ];
    proptest::collection::vec(one, 0..5)
}

/// Any entry.
pub fn entry() -> impl Strategy<Value = Entry> {
    select(Entry::ALL)
}

/// Any operation.
pub fn operation() -> impl Strategy<Value = Operation> {
    select(Operation::ALL)
}

/// Any scenario: every part of it may be anything, hostile texts and malformed files included.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    (
        entry(),
        operation(),
        variables(),
        option::weighted(0.5, profile_file()),
        option::weighted(0.3, profile_file()),
        code(),
        option::weighted(0.1, label_region()),
        option::weighted(0.1, any_region()),
        (
            option::weighted(0.1, select(Construction::ALL)),
            proptest::bool::weighted(0.1),
            proptest::bool::weighted(0.2),
            proptest::bool::weighted(0.05),
        ),
    )
        .prop_map(
            |(entry, operation, variables, config, credentials, code, imds_region, property, ways)| {
                let mut scenario = Scenario::new().with_entry(entry).with_operation(operation);
                for (name, text) in &variables {
                    scenario = scenario.with_variable(name, text);
                }
                if let Some(text) = config {
                    scenario = scenario.with_file(FileKind::Config, &text);
                }
                if let Some(text) = credentials {
                    scenario = scenario.with_file(FileKind::Credentials, &text);
                }
                if let Some(region) = property {
                    scenario.properties.set("aws.region", &region);
                }
                scenario.code = code;
                scenario.imds_region = imds_region;
                (scenario.construction, scenario.alone, scenario.no_static, scenario.presign) = ways;
                scenario
            },
        )
}

/// A scenario without endpoint overrides whose regions are host labels, through a client that the user built.
pub fn orderly_scenario() -> impl Strategy<Value = Scenario> {
    (
        operation(),
        option::of(label_region()),
        option::of(label_region()),
        option::of(select(vec!["legacy", "regional"])),
        option::weighted(0.2, select(vec!["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])),
    )
        .prop_map(|(operation, in_code, in_variable, setting, variant)| {
            let mut scenario = Scenario::new().with_operation(operation);
            scenario.code.region = in_code;
            if let Some(region) = in_variable {
                scenario = scenario
                    .with_variable("AWS_REGION", &region)
                    .with_variable("AWS_DEFAULT_REGION", &region);
            }
            if let Some(setting) = setting {
                scenario = scenario.with_variable("AWS_STS_REGIONAL_ENDPOINTS", setting);
            }
            if let Some(variant) = variant {
                scenario = scenario.with_variable(variant, "true");
            }
            scenario
        })
}
