//! How profile files are read from release to release, and what is taken from them.

use sts_endpoint_core::{Entry, FileKind, Release, ResolutionPolicy, Scenario};
use sts_endpoint_go_v2::HISTORY;

fn said(release: &str, scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
    policy.resolve(scenario).to_string()
}

fn config(text: &str) -> Scenario {
    Scenario::new().with_file(FileKind::Config, text)
}

fn regional(host: &str) -> String {
    format!("https://{host}.amazonaws.com/ signed for us-west-2")
}

/// internal/ini/CHANGELOG.md v1.5.0 and v1.6.0; config/CHANGELOG.md v1.24.0.
#[test]
fn an_indented_line_below_no_property_is_one_then_lost_then_refused_then_one_again() {
    let region = config("[default]\n  region = us-west-2\n");
    for (release, told) in [
        ("1.20.0", regional("sts.us-west-2")),
        ("1.22.0", "missing-region: ".into()),
        ("1.23.0", "config-parse: *ini.ParseError".into()),
        ("1.24.0", regional("sts.us-west-2")),
    ] {
        let outcome = said(release, &region);
        assert!(outcome.starts_with(&told), "{release}: {outcome}");
    }
}

#[test]
fn indented_lines_below_a_property_are_sub_properties_since_1_21_0() {
    let services = config(
        "[default]\nregion = us-west-2\nservices = local\n[services local]\nsts =\n  endpoint_url = http://localhost:4566\n",
    );
    assert_eq!(said("1.20.0", &services), regional("sts.us-west-2"));
    for release in ["1.22.0", "1.23.0"] {
        assert_eq!(said(release, &services), "http://localhost:4566/ signed for us-west-2", "{release}");
    }
}

/// internal/ini/CHANGELOG.md v1.1.0 and v1.3.43: the first change stays when the second comes.
#[test]
fn since_1_18_42_booleans_may_have_anything_behind_them_and_values_may_hold_brackets() {
    let switch = config("[default]\nregion = us-west-2\nuse_fips_endpoint = truest\n");
    assert_eq!(said("1.18.41", &switch), regional("sts.us-west-2"));
    assert_eq!(said("1.18.42", &switch), regional("sts-fips.us-west-2"));
    let brackets = config("[default]\nregion = us-west-2\nx = [y]\n");
    for (release, reads) in [("1.4.0", false), ("1.4.1", true), ("1.18.42", true), ("1.23.0", true)] {
        assert_eq!(said(release, &brackets) == regional("sts.us-west-2"), reads, "{release}");
    }
}

/// internal/ini/visitor.go (before config 1.24.0) cuts spaces around the name of `[profile x]`.
#[test]
fn spaces_between_profile_and_its_name_do_not_count() {
    let scenario = config("[profile   dev]\nregion = us-west-2\n").with_variable("AWS_PROFILE", "dev");
    for release in ["1.18.29", "1.23.0", "1.32.31"] {
        assert_eq!(said(release, &scenario), regional("sts.us-west-2"), "{release}");
    }
}

/// config/shared_config.go `mergeSections` copies what the config file has no section of.
#[test]
fn a_services_section_may_stand_in_the_credentials_file() {
    const PROFILE: &str = "[default]\nregion = us-west-2\nservices = local\n";
    let section = |port| format!("[services local]\nsts =\n  endpoint_url = http://localhost:{port}\n");
    let credentials = |scenario: Scenario| scenario.with_file(FileKind::Credentials, &section(2));
    let alone = credentials(config(PROFILE));
    assert_eq!(said("1.32.31", &alone), "http://localhost:2/ signed for us-west-2");
    let both = credentials(config(&format!("{PROFILE}{}", section(1))));
    assert_eq!(said("1.32.31", &both), "http://localhost:1/ signed for us-west-2");
}

/// config/resolve_credentials.go `resolveCredsFromProfile`.
#[test]
fn a_role_may_be_assumed_with_the_credentials_of_a_process() {
    let scenario = config(
        "[profile dev]\nregion = us-west-2\nrole_arn = r\nsource_profile = base\n[profile base]\ncredential_process = p\n",
    )
    .with_variable("AWS_PROFILE", "dev")
    .with_entry(Entry::ProfileAssumeRole);
    assert_eq!(said("1.32.31", &scenario), regional("sts.us-west-2"));
}

/// service/sts/endpoints.go `ResolveEndpointV2` joins the paths, the escaped one too: where that is empty it is the path itself,
/// whose brackets then need no escapes.
#[test]
fn escapes_in_the_path_of_an_override_stay_where_the_url_keeps_them() {
    for (url, wire) in [
        ("http://h/a%2Fb", "http://h/a%2Fb"),
        ("http://h/a%2fb/", "http://h/a%2fb/"),
        ("http://h/%5Ba%5D", "http://h/[a]"),
        ("http://h/a%20b", "http://h/a%20b"),
        ("http://h", "http://h/"),
    ] {
        let scenario =
            Scenario::new().with_code_region("us-west-2").with_variable("AWS_ENDPOINT_URL_STS", url);
        assert_eq!(said("1.32.31", &scenario), format!("{wire} signed for us-west-2"));
    }
}
