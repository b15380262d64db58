//! How the words read in messages, and what the types behind them answer.

use sts_endpoint_core::partition::{Partition, is_fips_pseudo_region, prefix};
use sts_endpoint_core::profile::Section;
use sts_endpoint_core::scenario::Variables;
use sts_endpoint_core::{
    Dialect, Endpoint, Entry, Failure, FailureCategory, FileKind, Operation, Outcome, Resolution, Scenario,
    Sdk, Value,
};

#[test]
fn outcomes_read_as_sentences() {
    let endpoint = || Endpoint::regional("r", "example");
    let failure = Failure::new(FailureCategory::MissingRegion, "NoRegion", "no region");
    for (outcome, text) in [
        (Outcome::from(Resolution::new(endpoint(), "r")), "https://sts.r.example/ signed for r"),
        (Resolution::new(endpoint(), "").into(), "https://sts.r.example/ signed for an empty region"),
        (Resolution::unsigned(endpoint()).into(), "https://sts.r.example/ unsigned"),
        (Resolution::new(endpoint(), "r").unsigned_if(true).into(), "https://sts.r.example/ unsigned"),
        (failure.into(), "missing-region: NoRegion: no region"),
        (Outcome::NotApplicable("no such entry".into()), "not applicable: no such entry"),
    ] {
        assert_eq!(outcome.to_string(), text);
        let is = (outcome.resolution().is_some(), outcome.failure().is_some());
        assert_eq!(is, (outcome.kind() == "request", outcome.kind() == "error"), "{text}");
    }
    assert_eq!(format!("{:>16}|", FailureCategory::ConfigParse), "    config-parse|");
    assert_eq!(
        format!("{:>8}|{:>8}|{:>8}|", Sdk::Boto3, Value::Fips, FileKind::Config),
        "   boto3|    FIPS|  config|"
    );
    let unknown = "boto".parse::<Sdk>().unwrap_err().to_string();
    assert!(unknown.starts_with("unknown SDK; expected one of cli-v1 cli-v2 "), "{unknown}");
}

#[test]
fn endpoints_have_a_host() {
    for (endpoint, host, global) in [
        (Endpoint::Global, "sts.amazonaws.com", true),
        (Endpoint::regional("r", "example"), "sts.r.example", false),
        (Endpoint::fips("r", "example"), "sts-fips.r.example", false),
        (Endpoint::given("http://u:p@h:1/p?q"), "h:1", false),
        (Endpoint::given("http://sts.amazonaws.com?q"), "sts.amazonaws.com", true),
        (Endpoint::given("h#f"), "h", false),
    ] {
        assert_eq!((&*endpoint.host(), endpoint.is_global()), (host, global));
    }
}

#[test]
fn regions_end_in_a_word_and_a_number() {
    for (region, expected) in [
        ("us-east-1", Some("us")),
        ("us-iso-east-1", Some("us-iso")),
        ("x-y_z-01", Some("x")),
        ("us-\u{fc}st-1", Some("us")),
        ("-east-1", Some("")),
        ("us--1", None),
        ("us-ea.st-1", None),
        ("us-east-", None),
        ("us-east1", None),
        ("east-1", None),
        ("us-east-1a", None),
        ("", None),
    ] {
        assert_eq!(prefix(region), expected, "{region}");
    }
    for (region, fips) in [
        ("fips-us-east-1", true),
        ("us-east-1-fips", true),
        ("a-fips-b", true),
        ("usfips1", false),
        ("fips", false),
    ] {
        assert_eq!(is_fips_pseudo_region(region), fips, "{region}");
    }
}

#[test]
fn partitions_are_found_by_list_or_pattern() {
    let found =
        |partitions: &[Partition], region: &str| Partition::find(partitions.iter(), region).map(|p| p.id);
    let all = Partition::all();
    assert_eq!(found(all, "aws-cn-global"), Some("aws-cn"));
    assert_eq!(found(all, "cn-nowhere-7"), Some("aws-cn"));
    assert_eq!(found(all, "nowhere"), None);
    assert_eq!(found(&[], "us-east-1"), None);
    assert_eq!(Partition::named("aws-us-gov").map(|p| p.id), Some("aws-us-gov"));
    assert_eq!(format!("{:?}", Partition::commercial()), "Partition(\"aws\")");
}

#[test]
fn variables_may_be_set_and_unset() {
    for count in [1, 8, 9, 40] {
        let mut variables: Variables = (0..count).map(|i| (format!("N{i}"), format!("{i}"))).collect();
        assert_eq!(variables.get("N0"), Some("0"));
        assert_eq!(variables.get(&format!("N{}", count - 1)), Some(&*format!("{}", count - 1)));
        assert_eq!(variables.get(&format!("N{count}")), None);
        assert!(!variables.is_empty());
        (0..count).for_each(|i| variables.unset(&format!("N{i}")));
        assert!(variables.is_empty() && variables == Variables::default());
    }
}

#[test]
fn scenarios_are_put_together() {
    let scenario = Scenario::new()
        .with_variable("A", "")
        .with_variable("B", "b")
        .with_file(FileKind::Config, "[x]\n")
        .with_code_region("r")
        .with_operation(Operation::GetSessionToken);
    assert_eq!((scenario.variable("A"), scenario.non_empty_variable("A")), (Some(""), None));
    assert_eq!(scenario.non_empty_variable("B"), Some("b"));
    assert_eq!(scenario.code.region.as_deref(), Some("r"));
    assert!(scenario.file(FileKind::Config).is_some() && scenario.file(FileKind::Credentials).is_none());
    for (entry, operation) in [
        (Entry::Client, Operation::GetSessionToken),
        (Entry::ProfileAssumeRole, Operation::AssumeRole),
        (Entry::WebIdentityEnv, Operation::AssumeRoleWithWebIdentity),
        (Entry::WebIdentityProfile, Operation::AssumeRoleWithWebIdentity),
    ] {
        assert_eq!(scenario.clone().with_entry(entry).wire_operation(), operation);
    }
}

#[test]
fn a_section_may_be_the_last_of_its_name() {
    let text = "[a]\nk = 1\n[b]\nk = 2\n[a]\ns =\n  k = 3\n  l = 4\nt =\n  k = 5\n";
    let scenario = Scenario::new().with_file(FileKind::Config, text);
    let file = scenario.file(FileKind::Config).unwrap();
    let last = Section::last(file, &Dialect::PLAIN, |header| header.text == "a").unwrap();
    assert_eq!((last.line(), last.get("k")), (Some(5), None));
    let nested = |under, key| last.nested(under, key).map(|value| value.text);
    assert_eq!([nested("s", "k"), nested("s", "l"), nested("t", "k")], [Some("3"), Some("4"), Some("5")]);
    assert_eq!([nested("t", "l"), nested("u", "k")], [None, None]);
    assert!(Section::last(file, &Dialect::PLAIN, |header| header.text == "c").is_none());
}
