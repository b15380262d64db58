//! Where the source profiles of a role lead (botocore `credentials.py`, `_validate_source_profile`).

use sts_endpoint_boto3::HISTORY;
use sts_endpoint_core::{Entry, FileKind, ResolutionPolicy, Scenario};

#[test]
fn a_profile_seen_before_is_a_loop_unless_it_names_itself_and_has_keys() {
    const KEYS: &str = "aws_access_key_id = k\naws_secret_access_key = s\n";
    const FOUND: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
    const LOOP: &str = "other: InfiniteLoopConfigError: Infinite loop in credential configuration detected. Attempting to load from profile a which has already been visited. Visited profiles: ";
    let a =
        |source: &str, keys: &str| format!("[profile a]\nrole_arn = r\nsource_profile = {source}\n{keys}");
    let b = |source: &str| format!("[profile b]\nrole_arn = r\nsource_profile = {source}\n");
    for (profiles, outcome) in [
        (a("a", KEYS), FOUND.into()),
        (a("a", ""), format!("{LOOP}['a']")),
        (a("b", "") + &b("a"), format!("{LOOP}['a', 'b']")),
        (a("b", KEYS) + &b("a"), format!("{LOOP}['a', 'b']")),
        (a("b", "") + &b("b") + KEYS, FOUND.into()),
    ] {
        let scenario = Scenario::new()
            .with_code_region("us-west-2")
            .with_variable("AWS_PROFILE", "a")
            .with_file(FileKind::Config, &profiles)
            .with_entry(Entry::ProfileAssumeRole);
        assert_eq!(HISTORY.latest().resolve(&scenario).to_string(), outcome, "{profiles}");
    }
}
