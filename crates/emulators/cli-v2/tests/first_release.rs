//! What the first release does already: it is a command line, and always regional.

use sts_endpoint_cli_v2::HISTORY;
use sts_endpoint_core::{Entry, FileKind, ResolutionPolicy, Scenario};

fn said(scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(HISTORY.first).unwrap();
    policy.resolve(scenario).to_string()
}

/// Recorded at 2.0.0.
#[test]
fn the_host_is_regional_for_commands_and_for_the_calls_behind_them() {
    let command = Scenario::new().with_code_region("us-west-2");
    assert_eq!(said(&command), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
    let behind = command
        .with_variable("AWS_PROFILE", "dev")
        .with_file(FileKind::Config, "[profile dev]\nrole_arn = r\ncredential_source = Environment\n")
        .with_entry(Entry::ProfileAssumeRole);
    assert_eq!(said(&behind), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
}

#[test]
fn options_in_code_are_options_of_the_command_line() {
    let mut scenario = Scenario::new();
    scenario.code.use_fips = Some(true);
    assert_eq!(said(&scenario), "not applicable: no such command line option");
}
