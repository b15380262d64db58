//! Endpoints in code, regions of the endpoint data, and which of two errors is told.

use sts_endpoint_core::scenario::Construction;
use sts_endpoint_core::{FileKind, Release, ResolutionPolicy, Scenario};
use sts_endpoint_go_v1::HISTORY;

fn said(release: &str, scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
    policy.resolve(scenario).to_string()
}

fn with_endpoint(endpoint: &str) -> Scenario {
    let mut scenario = Scenario::new().with_code_region("us-west-2");
    scenario.code.endpoint = Some(endpoint.into());
    scenario
}

/// aws/endpoints/endpoints.go `AddScheme`: `^([^:]+)://`.
#[test]
fn an_endpoint_has_a_scheme_where_text_stands_in_front_of_a_colon_and_two_slashes() {
    for (endpoint, wire) in [
        ("http://localhost", "http://localhost/"),
        ("localhost", "https://localhost/"),
        ("localhost:4566", "https://localhost:4566/"),
        ("h:1//x", "https://h:1//x/"),
    ] {
        assert_eq!(said("1.55.8", &with_endpoint(endpoint)), format!("{wire} signed for us-west-2"));
    }
}

/// aws/endpoints/defaults.go: before 1.42.0 the data lists pseudo-regions, the ones of aws-us-gov from 1.30.23 on.
#[test]
fn the_pseudo_regions_of_govcloud_are_in_the_data_from_1_30_23_to_1_41_19() {
    let scenario = Scenario::new().with_code_region("us-gov-west-1-fips");
    for (release, outcome) in [
        ("1.30.22", "https://sts.us-gov-west-1-fips.amazonaws.com/ signed for us-gov-west-1-fips"),
        ("1.30.23", "https://sts.us-gov-west-1.amazonaws.com/ signed for us-gov-west-1"),
        ("1.41.19", "https://sts.us-gov-west-1.amazonaws.com/ signed for us-gov-west-1"),
    ] {
        assert_eq!(said(release, &scenario), outcome, "{release}");
    }
}

/// aws/request/request.go `Send` returns an error of the request's making first, then what handlers of validation say
/// (`logDeprecatedNewSessionError`), and sends last.
#[test]
fn session_new_keeps_an_error_of_the_environment_for_the_first_request_that_would_be_sent() {
    const KEPT: &str = "invalid-setting: *errors.errorString: failed to load, AWS_STS_REGIONAL_ENDPOINTS from env config, unable to resolve the value of STSRegionalEndpoint for bogus";
    const REFUSED: &str = "invalid-endpoint: InvalidEndpointURL: InvalidEndpointURL: invalid endpoint uri\n";
    for (endpoint, told) in [("http://localhost", KEPT), ("http://", KEPT), ("http://[::1", REFUSED)] {
        let mut scenario = with_endpoint(endpoint).with_variable("AWS_STS_REGIONAL_ENDPOINTS", "bogus");
        scenario.construction = Some(Construction::New);
        let outcome = said("1.55.8", &scenario);
        assert!(outcome.starts_with(told), "{endpoint}: {outcome}");
    }
}

/// With shared config on and an error in the files, `session.New` has nothing but the options in code and AWS_REGION
/// (aws/session/session.go `New`): no handler hides the resolver's error, and only what is wrong with the request itself comes
/// before the error of the files.
#[test]
fn session_new_tells_what_is_wrong_with_the_request_before_an_error_of_the_files() {
    const FILES: &str = "config-parse: INIParseError";
    const REGION: &str = "invalid-region: *errors.errorString: invalid region identifier format provided";
    const ENDPOINT: &str = "invalid-endpoint: InvalidEndpointURL";
    for (release, endpoint, region, told) in [
        ("1.55.8", None, "us-west-2", FILES),
        ("1.55.8", None, "", FILES),
        ("1.55.8", None, "us west 2", REGION),
        ("1.55.8", Some(""), "us west 2", REGION),
        ("1.55.8", Some("http://localhost"), "us west 2", FILES),
        ("1.55.8", Some("http://[::1"), "us-west-2", ENDPOINT),
        // Before 1.32.5 regions are not checked.
        ("1.32.4", None, "us west 2", FILES),
    ] {
        let mut scenario = Scenario::new()
            .with_code_region(region)
            .with_variable("AWS_SDK_LOAD_CONFIG", "1")
            .with_file(FileKind::Config, "[unclosed\n");
        scenario.construction = Some(Construction::New);
        scenario.code.endpoint = endpoint.map(Into::into);
        let outcome = said(release, &scenario);
        assert!(outcome.starts_with(told), "{release} {endpoint:?} {region:?}: {outcome}");
    }
}
