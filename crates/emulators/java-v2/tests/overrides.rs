//! What the newest release makes of an endpoint given in code: `UriBuilder` and the marshaller keep scheme, host and a port
//! that is not the scheme's own. And which configured endpoint is none.

use std::borrow::Cow;
use sts_endpoint_core::{Endpoint, FileKind, Outcome, Release, ResolutionPolicy, Scenario};
use sts_endpoint_java_v2::HISTORY;

#[test]
fn overrides_lose_all_but_scheme_host_and_port() {
    for (url, wire) in [
        ("http://localhost:4566", "http://localhost:4566/"),
        ("http://localhost:4566/", "http://localhost:4566/"),
        ("http://localhost:4566/base", "http://localhost:4566/"),
        ("http://localhost:4566/base/", "http://localhost:4566/"),
        ("http://h/", "http://h/"),
        ("http://h:80/", "http://h/"),
        ("https://h:443/", "https://h/"),
        ("https://h:443", "https://h/"),
        ("http://h:443/", "http://h:443/"),
        ("https://h:80/", "https://h:80/"),
        ("HTTP://h:8080/", "http://h:8080/"),
        ("HttpS://h/", "https://h/"),
        ("http://h:08080/", "http://h:8080/"),
        ("http://h:/", "http://h/"),
        ("http://h/a%20b", "http://h/"),
        ("http://h/a%7eb", "http://h/a~b"),
        ("http://u@h/", "http://h/"),
        ("http://u:p@h:1/", "http://h:1/"),
        ("http://h/?q", "http://h/"),
        ("http://h:7?q", "http://h:7/"),
        ("http://h#f", "http://h/"),
        ("http://[::1]:81/", "http://[::1]:81/"),
    ] {
        let mut scenario = Scenario::new().with_code_region("us-west-2");
        scenario.code.endpoint = Some(url.into());
        let policy = HISTORY.latest();
        let outcome = policy.resolve(&scenario);
        let Outcome::Request(request) = &outcome else { panic!("{url}: {outcome}") };
        assert_eq!(request.endpoint.to_string(), wire, "{url}");
    }
}

#[test]
fn an_override_that_is_complete_is_not_copied() {
    for url in ["http://localhost:4566/", "https://h/", "https://h:80/", "http://[::1]:81/"] {
        let mut scenario = Scenario::new().with_code_region("us-west-2");
        scenario.code.endpoint = Some(url.into());
        let policy = HISTORY.latest();
        let Outcome::Request(request) = policy.resolve(&scenario) else { panic!("{url}") };
        assert!(
            matches!(request.endpoint, Endpoint::Given(Cow::Borrowed(as_given)) if as_given == url),
            "{url}"
        );
    }
}

/// Recorded at 2.29.52 and 2.33.0 for an empty variable.
#[test]
fn a_configured_endpoint_without_a_scheme_fails_when_the_request_is_marshalled() {
    for url in ["", "localhost", "//h/x"] {
        let scenario =
            Scenario::new().with_code_region("us-west-2").with_variable("AWS_ENDPOINT_URL_STS", url);
        let (policy, _) = HISTORY.policy_at(Release::new(&[2, 33, 0])).unwrap();
        let outcome = policy.resolve(&scenario);
        let message = &outcome.failure().unwrap().message;
        assert_eq!(message, "Unable to marshall request to JSON: protocol must not be null.", "{url}");
    }
}

#[test]
fn the_place_of_a_configured_endpoint_that_is_no_uri_is_named() {
    let scenario = || Scenario::new().with_code_region("us-west-2");
    let config = |text: &str| scenario().with_file(FileKind::Config, text);
    let mut property = scenario();
    property.properties.set("aws.endpointUrl", "not a url");
    for (scenario, place) in [
        (property, "system property aws.endpointUrl"),
        (scenario().with_variable("AWS_ENDPOINT_URL", "not a url"), "environment variable AWS_ENDPOINT_URL"),
        (config("[default]\nendpoint_url = not a url\n"), "profile property endpoint_url"),
        (config("[default]\nendpoint_url = http://h\n  /more\n"), "profile property endpoint_url"),
        (config("[default]\nsts.endpoint_url = not a url\n"), "profile property sts.endpoint_url"),
        (config("[default]\nsts =\n  endpoint_url = not a url\n"), "profile property sts.endpoint_url"),
        (
            config("[default]\nservices = s\n[services s]\nsts =\n  endpoint_url = not a url\n"),
            "services section property",
        ),
        (
            config("[default]\nservices = s\n[services s]\nsts.endpoint_url = http://h\n  /more\n"),
            "services section property",
        ),
    ] {
        let policy = HISTORY.latest();
        let outcome = policy.resolve(&scenario);
        let message = &outcome.failure().unwrap().message;
        assert_eq!(*message, format!("An invalid URI was configured in {place}"));
    }
}

#[test]
fn a_profile_with_two_endpoints_calls_that_of_its_services_section() {
    let scenario = Scenario::new().with_code_region("us-west-2").with_file(
        FileKind::Config,
        "[default]\nservices = s\nendpoint_url = http://h\n  /more\n[services s]\nsts =\n  endpoint_url = http://h\n",
    );
    assert_eq!(HISTORY.latest().resolve(&scenario).to_string(), "http://h/ signed for us-west-2");
}
