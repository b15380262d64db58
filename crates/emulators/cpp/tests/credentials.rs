//! Which provider's call comes first, by what is in the environment and in the files.

use sts_endpoint_core::{Entry, FileKind, Release, ResolutionPolicy, Scenario};
use sts_endpoint_cpp::HISTORY;

const NOBODY_CALLED: &str = "missing-credentials: empty-credentials: credentials provider returned empty credentials without calling STS";
const CRASH: &str =
    "other: crash: the services section has sts without endpoint_url: the common runtime ends the process";

type Variables<'a> = &'a [(&'a str, &'a str)];

fn at(release: &[u32], scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(Release::new(release)).expect("a release of the history");
    policy.resolve(scenario).to_string()
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

#[test]
fn the_credentials_file_has_keys_if_both_are_filled() {
    for release in [&[1, 8, 187], &[1, 10, 57]] {
        for (keys, signed) in [
            ("aws_access_key_id = a\naws_secret_access_key = b\n", true),
            ("aws_access_key_id = a\naws_secret_access_key =\n", false),
            ("aws_access_key_id =\naws_secret_access_key = b\n", false),
            ("aws_access_key_id = a\n", false),
            ("aws_secret_access_key = b\n", false),
        ] {
            let file = format!("[default]\n{keys}");
            let scenario =
                without_keys().with_code_region("us-west-2").with_file(FileKind::Credentials, &file);
            let end = if signed { "signed for us-west-2" } else { "unsigned" };
            let wanted = format!("https://sts.us-west-2.amazonaws.com/ {end}");
            assert_eq!(at(release, &scenario), wanted, "{release:?}: {keys}");
        }
    }
}

#[test]
fn keys_in_the_environment_come_before_a_web_identity() {
    const EXCHANGED: &str = "https://sts.sa-east-1.amazonaws.com/ unsigned";
    const OWN_CALL: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
    for (id, secret, wanted) in [("a", "b", OWN_CALL), ("a", "", EXCHANGED), ("", "b", EXCHANGED)] {
        let scenario = Scenario::new()
            .with_entry(Entry::WebIdentityEnv)
            .with_code_region("us-west-2")
            .with_variable("AWS_DEFAULT_REGION", "sa-east-1")
            .with_variable("AWS_ACCESS_KEY_ID", id)
            .with_variable("AWS_SECRET_ACCESS_KEY", secret);
        assert_eq!(at(&[1, 9, 379], &scenario), wanted, "{id:?} {secret:?}");
    }
}

/// The client's own region is in code, where the provider does not see it.
#[test]
fn a_web_identity_is_a_role_and_a_token() {
    const CORE: [u32; 3] = [1, 9, 379];
    const RUNTIME: [u32; 3] = [1, 11, 724];
    const BOTH: &[[u32; 3]] = &[CORE, RUNTIME];
    const ROLE: (&str, &str) = ("AWS_ROLE_ARN", "r");
    const TOKEN: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "t");
    const OTHER_FIRST: (&str, &str) = ("AWS_DEFAULT_PROFILE", "other");
    // the last: by whom it is found
    let cases: &[(Variables<'_>, &str, &[[u32; 3]])] = &[
        (&[ROLE, TOKEN], "", BOTH),
        (&[ROLE], "", &[]),
        (&[TOKEN], "", &[]),
        (&[("AWS_ROLE_ARN", ""), TOKEN], "", &[]),
        (&[ROLE, ("AWS_WEB_IDENTITY_TOKEN_FILE", "")], "", &[]),
        (&[], "[default]\nrole_arn = r\nweb_identity_token_file = t\n", BOTH),
        (&[], "[default]\nrole_arn = r\n", &[]),
        (&[], "[default]\nweb_identity_token_file = t\n", &[]),
        (&[], "[default]\nrole_arn =\nweb_identity_token_file = t\n", &[]),
        (&[], "[default]\nrole_arn = r\nweb_identity_token_file =\n", &[]),
        // the runtime looks for each by itself
        (&[ROLE], "[default]\nweb_identity_token_file = t\n", &[RUNTIME]),
        (&[TOKEN], "[default]\nrole_arn = r\n", &[RUNTIME]),
        (&[TOKEN], "[default]\nrole_arn =\n", &[]),
        // core's profile is another one than the runtime's
        (&[OTHER_FIRST], "[profile other]\nrole_arn = r\nweb_identity_token_file = t\n", BOTH),
        (&[OTHER_FIRST], "[default]\nrole_arn = r\nweb_identity_token_file = t\n", &[RUNTIME]),
        (
            &[OTHER_FIRST],
            "[default]\nrole_arn = r\n[profile other]\nweb_identity_token_file = t\n",
            &[RUNTIME],
        ),
    ];
    for (variables, config, found_by) in cases {
        let scenario = with_variables(without_keys(), variables)
            .with_variable("AWS_DEFAULT_REGION", "sa-east-1")
            .with_code_region("us-west-2")
            .with_file(FileKind::Config, config);
        for release in BOTH {
            let region = if found_by.contains(release) { "sa-east-1" } else { "us-west-2" };
            let wanted = format!("https://sts.{region}.amazonaws.com/ unsigned");
            assert_eq!(at(release, &scenario), wanted, "{release:?}: {variables:?} {config}");
        }
    }
}

#[test]
fn a_web_identity_is_not_looked_for_in_the_credentials_file() {
    let scenario = without_keys()
        .with_variable("AWS_DEFAULT_REGION", "sa-east-1")
        .with_code_region("us-west-2")
        .with_file(FileKind::Credentials, "[default]\nrole_arn = r\nweb_identity_token_file = t\n");
    assert_eq!(at(&[1, 11, 724], &scenario), "https://sts.us-west-2.amazonaws.com/ unsigned");
}

/// `STSProfileCredentialsProvider`: the table above its `CheckProfile`, and the loop in its `Reload`.
#[test]
fn a_role_is_assumed_if_the_way_to_its_source_ends_in_credentials() {
    const DEV: &str = "[profile dev]\nrole_arn = r\nsource_profile = base\n";
    const KEYS: &str = "aws_access_key_id = a\naws_secret_access_key = b\n";
    const KEYS_AND_PROCESS: &str =
        "aws_access_key_id = a\naws_secret_access_key = b\ncredential_process = p\n";
    for (what, config, assumed) in [
        ("keys", format!("{DEV}[profile base]\n{KEYS}"), true),
        ("a process", format!("{DEV}[profile base]\ncredential_process = p\n"), true),
        ("keys and a process", format!("{DEV}[profile base]\n{KEYS_AND_PROCESS}"), false),
        ("nothing", format!("{DEV}[profile base]\noutput = text\n"), false),
        ("no such profile", DEV.to_owned(), false),
        ("a role without a source", format!("{DEV}[profile base]\nrole_arn = r\n{KEYS}"), false),
        ("a source without a role", format!("{DEV}[profile base]\nsource_profile = x\n{KEYS}"), false),
        // one of the two keys is enough, if the line of the first is there
        ("an id", format!("{DEV}[profile base]\naws_access_key_id = a\n"), true),
        ("a secret", format!("{DEV}[profile base]\naws_secret_access_key = b\n"), false),
        (
            "a secret and an empty id",
            format!("{DEV}[profile base]\naws_access_key_id =\naws_secret_access_key = b\n"),
            true,
        ),
        ("empty keys", format!("{DEV}[profile base]\naws_access_key_id =\naws_secret_access_key =\n"), false),
        // the first profile's keys count for nothing, unless it is its own source
        ("keys of its own and a source", format!("{DEV}{KEYS}[profile base]\n{KEYS}"), true),
        ("keys of its own, no such source", format!("{DEV}{KEYS}"), false),
        ("itself", format!("[profile dev]\nrole_arn = r\nsource_profile = dev\n{KEYS}"), true),
        ("itself without keys", "[profile dev]\nrole_arn = r\nsource_profile = dev\n".to_owned(), false),
        ("keys alone", format!("[profile dev]\n{KEYS}"), false),
        ("a process alone", "[profile dev]\ncredential_process = p\n".to_owned(), false),
        // further profiles
        (
            "a second role",
            format!("{DEV}[profile base]\nrole_arn = r\nsource_profile = end\n[profile end]\n{KEYS}"),
            true,
        ),
        (
            "a second role with keys",
            format!("{DEV}[profile base]\nrole_arn = r\nsource_profile = nowhere\n{KEYS}"),
            true,
        ),
        (
            "a second role with itself for its source",
            format!("{DEV}[profile base]\nrole_arn = r\nsource_profile = base\n{KEYS}"),
            true,
        ),
        (
            "a circle without the first",
            format!(
                "{DEV}[profile base]\nrole_arn = r\nsource_profile = x\n[profile x]\nrole_arn = r\nsource_profile = base\n"
            ),
            false,
        ),
        (
            "a circle through the first, keys and all",
            format!("{DEV}{KEYS}[profile base]\nrole_arn = r\nsource_profile = dev\n"),
            false,
        ),
    ] {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_variable("AWS_PROFILE", "dev")
            .with_variable("AWS_REGION", "us-west-2")
            .with_file(FileKind::Config, &config);
        let wanted =
            if assumed { "https://sts.us-west-2.amazonaws.com/ signed for us-west-2" } else { NOBODY_CALLED };
        assert_eq!(at(&[1, 9, 379], &scenario), wanted, "{what}");
    }
}

/// aws-c-auth `source/credentials_provider_profile.c`. The region says whose role is assumed first.
#[test]
fn the_runtime_assumes_the_role_next_to_the_keys() {
    const DEV: &str = "[profile dev]\nregion = us-west-2\nrole_arn = r\nsource_profile = ";
    const KEYS: &str = "aws_access_key_id = a\naws_secret_access_key = b\n";
    for (what, config, region) in [
        ("a source", format!("{DEV}base\n[profile base]\n{KEYS}"), Some("us-west-2")),
        ("a source with one key", format!("{DEV}base\n[profile base]\naws_access_key_id = a\n"), None),
        ("no such profile", format!("{DEV}base\n"), None),
        (
            "keys of its own and a source",
            format!("{DEV}base\n{KEYS}[profile base]\n{KEYS}"),
            Some("us-west-2"),
        ),
        (
            "a second role",
            format!(
                "{DEV}base\n[profile base]\nrole_arn = r\nregion = sa-east-1\nsource_profile = end\n[profile end]\n{KEYS}"
            ),
            Some("sa-east-1"),
        ),
        (
            "a second role with keys",
            format!(
                "{DEV}base\n[profile base]\nrole_arn = r\nregion = sa-east-1\nsource_profile = nowhere\n{KEYS}"
            ),
            Some("us-west-2"),
        ),
        ("itself", format!("{DEV}dev\n{KEYS}"), Some("us-west-2")),
        ("itself without keys", format!("{DEV}dev\n"), None),
        ("a circle", format!("{DEV}base\n[profile base]\nrole_arn = r\nsource_profile = dev\n"), None),
        (
            "a circle with keys",
            format!("{DEV}base\n{KEYS}[profile base]\nrole_arn = r\nsource_profile = dev\n"),
            None,
        ),
        (
            "a circle without the first",
            format!("{DEV}base\n[profile base]\nrole_arn = r\nsource_profile = base\n"),
            None,
        ),
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
        let wanted = region.map_or(NOBODY_CALLED.to_owned(), |region| {
            format!("https://sts.{region}.amazonaws.com/ signed for {region}")
        });
        assert_eq!(at(&[1, 11, 900], &scenario), wanted, "{what}");
    }
}

/// The same: the provider of the first role reads the config file anew, a further one is handed both.
#[test]
fn the_runtime_asks_the_credentials_file_for_the_region_of_a_second_role_alone() {
    const FIRST: &str = "[profile dev]\nrole_arn = r\nsource_profile = base\n";
    const SECOND: &str = "[profile base]\nrole_arn = r\nsource_profile = end\n";
    const REGIONS: &str = "[dev]\nregion = us-west-2\n[base]\nregion = sa-east-1\n";
    const KEYS: &str = "aws_access_key_id = a\naws_secret_access_key = b\n";
    for (config, keys_of, wanted) in [
        (FIRST.to_owned(), "", "https://sts.amazonaws.com/ signed for us-east-1"),
        (format!("{FIRST}{SECOND}"), "[end]\n", "https://sts.sa-east-1.amazonaws.com/ signed for sa-east-1"),
    ] {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_variable("AWS_PROFILE", "dev")
            .with_file(FileKind::Config, &config)
            .with_file(FileKind::Credentials, &format!("{REGIONS}{keys_of}{KEYS}"));
        assert_eq!(at(&[1, 11, 900], &scenario), wanted, "{config}");
    }
}

#[test]
fn the_runtime_follows_a_long_way_to_the_keys() {
    const LAST: usize = 65;
    let mut config = String::new();
    for step in 0..LAST {
        let next = step + 1;
        config += &format!("[profile p{step}]\nrole_arn = r\nregion = us-west-2\nsource_profile = p{next}\n");
    }
    config += &format!("[profile p{LAST}]\naws_access_key_id = a\naws_secret_access_key = b\n");
    let scenario = Scenario::new()
        .with_entry(Entry::ProfileAssumeRole)
        .with_variable("AWS_PROFILE", "p0")
        .with_file(FileKind::Config, &config);
    assert_eq!(at(&[1, 11, 900], &scenario), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
}

/// aws-c-auth `source/credentials_utils.c`, `source/credentials_provider_sts_web_identity.c`: the profile is read for whatever
/// the provider is not told, and for the endpoint with it.
#[test]
fn services_without_an_endpoint_for_sts_end_the_process_that_builds_a_provider() {
    const CALL: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
    const TOKEN_SENT: &str = "https://sts.us-west-2.amazonaws.com/ unsigned";
    const ROLE: (&str, &str) = ("AWS_ROLE_ARN", "r");
    const TOKEN: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "t");
    const BY_ENVIRONMENT: &str = "role_arn = r\ncredential_source = Environment\n";
    const BY_TOKEN: &str = "role_arn = r\nweb_identity_token_file = t\n";
    const CORE: [u32; 3] = [1, 11, 591];
    const RUNTIME: [u32; 3] = [1, 11, 724];
    const ROLES: [u32; 3] = [1, 11, 900];
    let client = Entry::Client;
    let role = Entry::ProfileAssumeRole;
    let cases: &[([u32; 3], Entry, Variables<'_>, &str, &str)] = &[
        (CORE, client, &[], "", CALL),
        (RUNTIME, client, &[], "", CRASH),
        (ROLES, client, &[], "", CRASH),
        // an override in a variable comes first
        (RUNTIME, client, &[("AWS_ENDPOINT_URL", "http://h")], "", "http://h/ signed for us-west-2"),
        (RUNTIME, client, &[("AWS_ENDPOINT_URL_STS", "http://h")], "", "http://h/ signed for us-west-2"),
        (RUNTIME, client, &[("AWS_ENDPOINT_URL", "")], "", CRASH),
        // told of a role and of a token, it does not read the profile
        (RUNTIME, client, &[ROLE, TOKEN], "", CALL),
        (RUNTIME, client, &[ROLE], "", CRASH),
        (RUNTIME, client, &[TOKEN], "", CRASH),
        (RUNTIME, Entry::WebIdentityEnv, &[], "", TOKEN_SENT),
        (RUNTIME, client, &[], BY_TOKEN, CALL),
        (RUNTIME, client, &[], "role_arn =\nweb_identity_token_file = t\n", CRASH),
        // the profile's own providers, where there are any
        (ROLES, client, &[], BY_TOKEN, CRASH),
        (ROLES, client, &[ROLE, TOKEN], "", CALL),
        (ROLES, client, &[ROLE, TOKEN], BY_ENVIRONMENT, CRASH),
        (ROLES, role, &[], BY_ENVIRONMENT, CRASH),
        (RUNTIME, role, &[], BY_ENVIRONMENT, NOBODY_CALLED),
        (ROLES, role, &[], "", NOBODY_CALLED),
    ];
    for (release, entry, variables, more, wanted) in cases {
        let config = format!("[default]\nservices = s\n{more}[services s]\nsts =\n  signing_region = x\n");
        let scenario = with_variables(Scenario::new(), variables)
            .with_entry(*entry)
            .with_variable("AWS_REGION", "us-west-2")
            .with_file(FileKind::Config, &config);
        assert_eq!(at(release, &scenario), *wanted, "{release:?} {entry:?} {variables:?} {more}");
    }
}
