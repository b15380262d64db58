//! What the shared files come to for a client (`SharedCredentialsFile.cs`).

use sts_endpoint_core::{FileKind, Outcome, Release, ResolutionPolicy, Scenario};
use sts_endpoint_dotnet::HISTORY;

/// What a client in us-west-2 does: the URL, or the kind of the exception.
fn seen(numbers: &[u32], profile: &str, config: &str) -> String {
    let scenario = Scenario::new()
        .with_variable("AWS_REGION", "us-west-2")
        .with_variable("AWS_PROFILE", profile)
        .with_file(FileKind::Config, config);
    let (policy, _) = HISTORY.policy_at(Release::new(numbers)).unwrap();
    match policy.resolve(&scenario) {
        Outcome::Request(request) => request.endpoint.to_string(),
        Outcome::Error(failure) => failure.error_type.into_owned(),
        Outcome::NotApplicable(why) => why.into_owned(),
    }
}

/// `TryGetProfile` throws where other bad values make the profile count as absent.
#[test]
fn some_bad_values_fail_the_client() {
    const THROWN: &str = "TypeInitializationException";
    const GLOBAL: &str = "https://sts.amazonaws.com/";
    let session = "[default]\nsso_session = s\n";
    let with_session = &format!("{session}[sso-session s]\nsso_region = us-west-2\n");
    let with_another = &format!("{session}[sso-session t]\nsso_region = us-west-2\n");
    for (numbers, config, outcome) in [
        ([3, 5, 3, 6], "[default]\nec2_metadata_service_endpoint = here\n", GLOBAL),
        ([3, 7, 2, 7], "[default]\nec2_metadata_service_endpoint = here\n", THROWN),
        ([3, 7, 2, 7], "[default]\nec2_metadata_service_endpoint = http://[::1]\n", GLOBAL),
        ([3, 7, 103, 1], session, GLOBAL),
        ([3, 7, 106, 32], session, THROWN),
        ([3, 7, 106, 32], with_another, THROWN),
        ([3, 7, 106, 32], with_session, GLOBAL),
    ] {
        assert_eq!(seen(&numbers, "default", config), outcome, "{numbers:?} {config}");
    }
}

#[test]
fn a_services_section_gives_the_url_below_sts() {
    for services in [
        "sts =\n  endpoint_url = http://sts\n",
        "STS =\n  other = http://other\n  Endpoint_URL = http://sts\n",
        "sts =\n  endpoint_url = http://sts\n  other = http://other\n",
        "sts =\n  endpoint_url = http://sts\ns3 =\n  endpoint_url = http://s3\n",
        "s3 =\n  endpoint_url = http://s3\nsts =\n  endpoint_url = http://sts\n",
    ] {
        let config = format!("[profile dev]\nservices = mine\n[services mine]\n{services}");
        assert_eq!(seen(&[4, 0, 3, 3], "dev", &config), "http://sts/", "{config}");
    }
    let config = "[profile dev]\nservices = mine\n[services mine]\ns3 =\n  endpoint_url = http://s3\n";
    assert_eq!(seen(&[4, 0, 3, 3], "dev", config), "https://sts.us-west-2.amazonaws.com/");
}

/// While the profile `default` is read, sections of the config file need no marker in front of their names, and those without
/// come first.
#[test]
fn for_the_profile_default_any_section_of_the_name_stands_before_the_services() {
    let sections = "[services mine]\nsts =\n  endpoint_url = http://sts\n";
    for (profile, header, other, url) in [
        ("default", "[default]", "[other]\n", "http://sts/"),
        ("default", "[default]", "[mine]\n", "https://sts.us-west-2.amazonaws.com/"),
        ("dev", "[profile dev]", "[mine]\n", "http://sts/"),
    ] {
        let config = format!("{header}\nservices = mine\n{other}{sections}");
        assert_eq!(seen(&[4, 0, 3, 3], profile, &config), url, "{config}");
    }
}
