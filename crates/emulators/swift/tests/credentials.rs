//! Which provider's call comes first, and where it goes, by what is in the environment and in the files.

use sts_endpoint_core::{Entry, FileKind, Outcome, Release, ResolutionPolicy, Scenario};
use sts_endpoint_swift::HISTORY;

/// Providers are the Common Runtime's, and take overrides.
const RUNTIME: [u32; 3] = [1, 3, 0];
/// Web identity is the SDK's own, profiles are not.
const OWN_TOKEN: [u32; 3] = [1, 4, 0];
const NEWEST: [u32; 3] = [1, 7, 85];

const NO_CREDENTIALS: &str = "missing-credentials: CommonRunTimeError.crtError: Valid credentials could not be sourced by the \
                              IMDS provider";
const NO_REGION: &str = "missing-region: CommonRunTimeError.crtError: Valid credentials could not be sourced by the IMDS provider";
const NO_ROLE: &str = "missing-credentials: CommonRunTimeError.crtError: Valid credentials could not be sourced by a profile \
                       provider";

const KEYS: &str = "aws_access_key_id = a\naws_secret_access_key = b\n";

type Variables<'a> = &'a [(&'a str, &'a str)];

fn outcome_at(release: &[u32], scenario: &Scenario, check: impl FnOnce(Outcome<'_>)) {
    let (policy, _) = HISTORY.policy_at(Release::new(release)).expect("a release of the history");
    check(policy.resolve(scenario));
}

fn at(release: &[u32], scenario: &Scenario) -> String {
    let mut text = String::new();
    outcome_at(release, scenario, |outcome| text = outcome.to_string());
    text
}

/// A client without keys in the environment.
fn without_keys() -> Scenario {
    let mut scenario = Scenario::new();
    scenario.no_static = true;
    scenario
}

fn with_variables(scenario: Scenario, variables: Variables<'_>) -> Scenario {
    variables.iter().fold(scenario, |scenario, (name, text)| scenario.with_variable(name, text))
}

fn unsigned(region: &str) -> String {
    format!("https://sts.{region}.amazonaws.com/ unsigned")
}

fn signed(region: &str) -> String {
    format!("https://sts.{region}.amazonaws.com/ signed for {region}")
}

#[test]
fn keys_in_the_environment_come_before_a_web_identity() {
    for (id, secret, wanted) in
        [("a", "b", signed("us-west-2")), ("a", "", unsigned("sa-east-1")), ("", "b", unsigned("sa-east-1"))]
    {
        let scenario = Scenario::new()
            .with_entry(Entry::WebIdentityEnv)
            .with_code_region("us-west-2")
            .with_variable("AWS_REGION", "sa-east-1")
            .with_variable("AWS_ACCESS_KEY_ID", id)
            .with_variable("AWS_SECRET_ACCESS_KEY", secret);
        assert_eq!(at(&RUNTIME, &scenario), wanted, "{id:?} {secret:?}");
    }
}

#[test]
fn a_web_identity_is_a_role_and_a_token() {
    const ROLE: (&str, &str) = ("AWS_ROLE_ARN", "r");
    const TOKEN: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "t");
    let (variable, profile) = (Some("sa-east-1"), Some("us-west-2"));
    // the region of the call by the runtime, which looks for each value by itself, and by the SDK, which does not
    let cases: &[(Variables<'_>, &str, Option<&str>, Option<&str>)] = &[
        (&[ROLE, TOKEN], "", variable, variable),
        (&[], "role_arn = r\nweb_identity_token_file = t\n", variable, profile),
        (&[ROLE], "web_identity_token_file = t\n", variable, None),
        (&[TOKEN], "role_arn = r\n", variable, None),
        (&[ROLE], "", None, None),
        (&[TOKEN], "", None, None),
        (&[], "role_arn = r\n", None, None),
        (&[], "web_identity_token_file = t\n", None, None),
    ];
    for (variables, more, by_runtime, by_sdk) in cases {
        let scenario = with_variables(without_keys(), variables)
            .with_variable("AWS_REGION", "sa-east-1")
            .with_file(FileKind::Config, &format!("[default]\nregion = us-west-2\n{more}"));
        for (release, region) in [(RUNTIME, by_runtime), (OWN_TOKEN, by_sdk)] {
            let wanted = region.map_or(NO_CREDENTIALS.to_owned(), unsigned);
            assert_eq!(at(&release, &scenario), wanted, "{release:?} {variables:?} {more}");
        }
    }
}

/// aws-c-auth `source/credentials_provider_sts_web_identity.c` `s_parameters_new`
#[test]
fn what_is_empty_counts_for_nothing_with_the_runtime() {
    let cases: &[(Variables<'_>, &str)] = &[
        (&[("AWS_ROLE_ARN", ""), ("AWS_WEB_IDENTITY_TOKEN_FILE", "t")], ""),
        (&[("AWS_ROLE_ARN", "r"), ("AWS_WEB_IDENTITY_TOKEN_FILE", "")], ""),
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "t")], "[default]\nrole_arn =\n"),
        (&[("AWS_ROLE_ARN", "r")], "[default]\nweb_identity_token_file =\n"),
    ];
    for (variables, config) in cases {
        let scenario = with_variables(without_keys(), variables)
            .with_variable("AWS_REGION", "sa-east-1")
            .with_file(FileKind::Config, config);
        assert_eq!(at(&RUNTIME, &scenario), NO_CREDENTIALS, "{variables:?} {config}");
    }
}

/// The same: the endpoint is asked of the profile that was read for something else.
#[test]
fn the_runtime_reads_the_profile_for_what_the_environment_lacks() {
    const ROLE: (&str, &str) = ("AWS_ROLE_ARN", "r");
    const TOKEN: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "t");
    const REGION: (&str, &str) = ("AWS_REGION", "sa-east-1");
    const FILE: &str =
        "[default]\nendpoint_url = h\nregion = us-west-2\nrole_arn = r\nweb_identity_token_file = t\n";
    let cases: &[(Entry, Variables<'_>, bool)] = &[
        (Entry::Client, &[ROLE, TOKEN, REGION], false),
        (Entry::Client, &[ROLE, TOKEN], true),
        (Entry::Client, &[ROLE, REGION], true),
        (Entry::Client, &[TOKEN, REGION], true),
        (Entry::WebIdentityEnv, &[REGION], false),
        (Entry::WebIdentityEnv, &[], true),
    ];
    for (entry, variables, read) in cases {
        let scenario =
            with_variables(without_keys(), variables).with_entry(*entry).with_file(FileKind::Config, FILE);
        let wanted = if *read { "https://h/ unsigned".to_owned() } else { unsigned("sa-east-1") };
        assert_eq!(at(&RUNTIME, &scenario), wanted, "{entry:?} {variables:?}");
    }
}

/// The same: a profile that is wanted and not there is the end of it.
#[test]
fn an_override_stands_in_for_a_region_if_there_is_a_profile() {
    let scenario = Scenario::new().with_entry(Entry::WebIdentityEnv).with_variable("AWS_ENDPOINT_URL", "h");
    assert_eq!(at(&RUNTIME, &scenario), NO_REGION);
    let scenario = scenario.with_file(FileKind::Config, "[default]\noutput = text\n");
    assert_eq!(at(&RUNTIME, &scenario), "https://h/ unsigned");
}

/// The same, and `source/credentials_utils.c`: only a region that is not there is none.
#[test]
fn an_empty_region_of_the_profile_is_a_region_for_a_token_but_not_for_a_role() {
    const ROLE: &str = "[default]\nrole_arn = r\ncredential_source = Environment\n";
    for (region, token, role) in [
        ("", NO_REGION, "https://sts.amazonaws.com/ signed for us-east-1"),
        ("region =\n", "https://sts..amazonaws.com/ unsigned", NO_ROLE),
    ] {
        let scenario = Scenario::new()
            .with_entry(Entry::WebIdentityEnv)
            .with_file(FileKind::Config, &format!("[default]\noutput = text\n{region}"));
        assert_eq!(at(&RUNTIME, &scenario), token, "{region}");
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_file(FileKind::Config, &format!("{ROLE}{region}"));
        assert_eq!(at(&RUNTIME, &scenario), role, "{region}");
        // before, nobody asked
        assert_eq!(at(&[0, 33, 0], &scenario), "https://sts.amazonaws.com/ signed for us-east-1", "{region}");
    }
}

#[test]
fn a_role_with_an_override_wants_a_region() {
    let scenario = Scenario::new()
        .with_entry(Entry::ProfileAssumeRole)
        .with_variable("AWS_ENDPOINT_URL", "h")
        .with_file(FileKind::Config, "[default]\nrole_arn = r\ncredential_source = Environment\n");
    assert_eq!(at(&RUNTIME, &scenario), NO_ROLE);
    let scenario = scenario.with_variable("AWS_REGION", "sa-east-1");
    assert_eq!(at(&RUNTIME, &scenario), "https://h/ signed for sa-east-1");
}

#[test]
fn the_runtime_takes_an_override_for_the_name_of_a_host() {
    let scenario = Scenario::new()
        .with_entry(Entry::WebIdentityEnv)
        .with_variable("AWS_REGION", "sa-east-1")
        .with_variable("AWS_ENDPOINT_URL", "http://h");
    outcome_at(&RUNTIME, &scenario, |outcome| {
        let failure = outcome.failure().expect("no such host");
        assert_eq!(
            failure.to_string(),
            "invalid-endpoint: dns: credential provider looks up host name http://h"
        );
        assert_eq!(failure.settings.region.map(|region| region.text), Some("sa-east-1"));
        assert_eq!(failure.settings.endpoint_url.map(|url| url.text), Some("http://h"));
    });
}

#[test]
fn the_global_endpoint_of_a_role_is_that_of_us_east_1() {
    let scenario = Scenario::new()
        .with_entry(Entry::ProfileAssumeRole)
        .with_file(FileKind::Config, "[default]\nrole_arn = r\ncredential_source = Environment\n");
    outcome_at(&RUNTIME, &scenario, |outcome| {
        let resolution = outcome.resolution().expect("a request");
        assert!(resolution.endpoint.is_global());
        assert_eq!(resolution.settings.region.map(|region| region.text), Some("us-east-1"));
    });
}

/// aws-c-auth `source/credentials_utils.c`, before and since #253.
#[test]
fn the_runtime_comes_to_know_partitions() {
    for (region, before, since) in [
        ("us-west-2", "amazonaws.com", "amazonaws.com"),
        ("cn-north-1", "amazonaws.com.cn", "amazonaws.com.cn"),
        ("cn-northwest-1", "amazonaws.com.cn", "amazonaws.com.cn"),
        ("cn-mars-1", "amazonaws.com", "amazonaws.com.cn"),
        ("us-iso-east-1", "amazonaws.com", "c2s.ic.gov"),
        ("us-isob-east-1", "amazonaws.com", "sc2s.sgov.gov"),
        ("eu-isoe-west-1", "amazonaws.com", "cloud.adc-e.uk"),
        ("us-isof-south-1", "amazonaws.com", "csp.hci.ic.gov"),
    ] {
        let scenario =
            Scenario::new().with_entry(Entry::WebIdentityEnv).with_variable("AWS_DEFAULT_REGION", region);
        for (release, suffix) in [([1, 0, 0], before), ([1, 1, 0], since)] {
            let wanted = format!("https://sts.{region}.{suffix}/ unsigned");
            assert_eq!(at(&release, &scenario), wanted, "{release:?}");
        }
    }
}

/// aws-c-auth `source/credentials_provider_profile.c`. The region says whose role is assumed first.
#[test]
fn the_runtime_assumes_the_role_next_to_the_keys() {
    const DEV: &str = "[profile dev]\nregion = us-west-2\nrole_arn = r\nsource_profile = ";
    const SECOND: &str = "[profile base]\nregion = sa-east-1\nrole_arn = r\nsource_profile = ";
    for (what, config, region) in [
        ("a source", format!("{DEV}base\n[profile base]\n{KEYS}"), Some("us-west-2")),
        ("a source with one key", format!("{DEV}base\n[profile base]\naws_access_key_id = a\n"), None),
        ("no such profile", format!("{DEV}base\n"), None),
        ("keys of its own", format!("{DEV}base\n{KEYS}[profile base]\n{KEYS}"), Some("us-west-2")),
        ("a second role", format!("{DEV}base\n{SECOND}end\n[profile end]\n{KEYS}"), Some("sa-east-1")),
        ("a second role with keys", format!("{DEV}base\n{SECOND}nowhere\n{KEYS}"), Some("us-west-2")),
        (
            "a second role with one key",
            format!("{DEV}base\n{SECOND}end\naws_secret_access_key = b\n[profile end]\n{KEYS}"),
            None,
        ),
        ("itself", format!("{DEV}dev\n{KEYS}"), Some("us-west-2")),
        ("itself without keys", format!("{DEV}dev\n"), None),
        ("a circle", format!("{DEV}base\n{SECOND}dev\n"), None),
        ("a circle with keys", format!("{DEV}base\n{KEYS}{SECOND}dev\n"), None),
        ("a circle without the first", format!("{DEV}base\n{SECOND}base\n"), None),
        (
            "the environment",
            "[profile dev]\nregion = us-west-2\nrole_arn = r\ncredential_source = environment\n".to_owned(),
            Some("us-west-2"),
        ),
        (
            "a source that has none",
            "[profile dev]\nregion = us-west-2\nrole_arn = r\ncredential_source = EcsContainer\n".to_owned(),
            None,
        ),
    ] {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_variable("AWS_PROFILE", "dev")
            .with_file(FileKind::Config, &config);
        assert_eq!(at(&RUNTIME, &scenario), region.map_or(NO_ROLE.to_owned(), signed), "{what}");
    }
}

/// `ProfileAWSCredentialIdentityResolver.swift`. The client's own region is in code, where the one that assumes the role does not
/// see it; a token goes to the region of its profile.
#[test]
fn a_profile_has_several_ways_to_credentials() {
    const DEV: &str = "[profile dev]\nrole_arn = r\nsource_profile = base\n";
    const ENVIRONMENT: &str = "credential_source = Environment\n";
    const TOKEN: &str = "web_identity_token_file = t\nregion = sa-east-1\n";
    let none = || {
        String::from(
            "missing-credentials: AWSCredentialIdentityResolverError.failedToResolveAWSCredentials: \
             ProfileAWSCredentialIdentityResolver: Failed to resolve credentials from profile: dev. All known resolution \
             methods failed.",
        )
    };
    let keys = || signed("eu-west-1");
    let role = || signed("us-west-2");
    let token = || unsigned("sa-east-1");
    for (what, config, wanted) in [
        ("keys", format!("[profile dev]\n{KEYS}"), keys()),
        ("one key", "[profile dev]\naws_access_key_id = a\n".to_owned(), none()),
        (
            "keys, and a source without a role",
            format!("[profile dev]\nsource_profile = base\n{KEYS}"),
            keys(),
        ),
        ("a source", format!("{DEV}[profile base]\n{KEYS}"), role()),
        ("a source with one key", format!("{DEV}[profile base]\naws_access_key_id = a\n"), none()),
        ("no such profile", DEV.to_owned(), none()),
        ("keys of its own", format!("{DEV}{KEYS}[profile base]\n{KEYS}"), role()),
        ("keys of its own, no such profile", format!("{DEV}{KEYS}"), none()),
        ("itself", format!("[profile dev]\nrole_arn = r\nsource_profile = dev\n{KEYS}"), role()),
        ("itself without keys", "[profile dev]\nrole_arn = r\nsource_profile = dev\n".to_owned(), none()),
        (
            "a second role with keys",
            format!("{DEV}[profile base]\nrole_arn = r\nsource_profile = nowhere\n{KEYS}"),
            role(),
        ),
        (
            "a circle with keys",
            format!("{DEV}{KEYS}[profile base]\nrole_arn = r\nsource_profile = dev\n"),
            none(),
        ),
        ("the environment", format!("[profile dev]\nrole_arn = r\n{ENVIRONMENT}"), role()),
        (
            "a source that has none",
            "[profile dev]\nrole_arn = r\ncredential_source = EcsContainer\n".to_owned(),
            none(),
        ),
        ("the environment instead of a source", format!("{DEV}{ENVIRONMENT}"), role()),
        ("a token", format!("[profile dev]\nrole_arn = r\n{TOKEN}"), token()),
        ("a token instead of a source", format!("{DEV}{TOKEN}"), token()),
        ("a token without a role", format!("[profile dev]\n{TOKEN}"), none()),
        ("a token for a source", format!("{DEV}[profile base]\nrole_arn = r\n{TOKEN}"), token()),
    ] {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_code_region("eu-west-1")
            .with_variable("AWS_PROFILE", "dev")
            .with_variable("AWS_REGION", "us-west-2")
            .with_file(FileKind::Config, &config);
        assert_eq!(at(&NEWEST, &scenario), wanted, "{what}");
    }
}

#[test]
fn a_long_way_to_the_keys_is_followed() {
    const LAST: usize = 64;
    let mut config = String::new();
    for step in 0..LAST {
        let next = step + 1;
        config += &format!("[profile p{step}]\nrole_arn = r\nregion = us-west-2\nsource_profile = p{next}\n");
    }
    config += &format!("[profile p{LAST}]\n{KEYS}");
    let scenario = Scenario::new()
        .with_entry(Entry::ProfileAssumeRole)
        .with_variable("AWS_PROFILE", "p0")
        .with_file(FileKind::Config, &config);
    for release in [RUNTIME, NEWEST] {
        assert_eq!(at(&release, &scenario), signed("us-west-2"), "{release:?}");
    }
}
