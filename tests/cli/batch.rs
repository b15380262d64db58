//! `batch`: in input order, every line answered or reported.

use super::{error, fed, repository};

#[test]
fn every_line_is_answered_in_order_by_every_policy() {
    let input: String =
        (0..10_000).map(|i| format!("{{\"id\":\"{i}\",\"code\":{{\"region\":\"us-west-2\"}}}}\n")).collect();
    let output = fed(&["batch", "--policy", "boto3@1.39.17", "--policy", "boto3@1.40.0"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 20_000);
    for (i, pair) in text.lines().collect::<Vec<_>>().chunks(2).enumerate() {
        assert!(pair[0].starts_with("{\"sdk\":\"boto3\",\"release\":\"1.39.17\""), "{}", pair[0]);
        assert!(pair[1].starts_with("{\"sdk\":\"boto3\",\"release\":\"1.40.0\""), "{}", pair[1]);
        assert!(
            pair[0].contains(&format!("\"scenario\":\"{i}\""))
                && pair[1].contains(&format!("\"scenario\":\"{i}\""))
        );
    }
}

#[test]
fn a_bad_line_is_reported_and_the_others_are_answered() {
    let input = b"{\"id\":\"a\"}\n{\"id\":\n\n\xff\n{\"id\":\"b\",\"entry\":\"odd\"}\n{\"id\":\"c\"}";
    let output = fed(&["batch", "--policy", "boto3@latest"], input);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let answered: Vec<bool> =
        ["a", "b", "c"].iter().map(|id| text.contains(&format!("\"scenario\":\"{id}\""))).collect();
    assert_eq!(answered, [true, false, true], "{text}");
    let said = error(&output);
    for expected in [
        "standard input:2:7: expected a scenario as JSON",
        "standard input:3:1: is empty",
        "standard input:4:1: is not UTF-8",
        "standard input:5:",
        "4 of 6 lines could not be answered; the others were",
    ] {
        assert!(said.contains(expected), "expected `{expected}` in: {said}");
    }
}

#[test]
fn every_sdk_and_edition_answers_every_recorded_scenario() {
    let scenarios = std::fs::read(repository().join("fixtures/recordings/scenarios.jsonl")).unwrap();
    let lines = scenarios.iter().filter(|byte| **byte == b'\n').count();
    let mut arguments = vec!["batch".to_owned()];
    for sdk in sts_endpoint::Sdk::ALL {
        for edition in sts_endpoint::Edition::ALL {
            arguments.extend(["--policy".into(), format!("{sdk}@{edition}")]);
        }
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = fed(&arguments, &scenarios);
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), lines * 17 * 2);
}

#[test]
fn all_stands_for_every_sdk_and_recorded_for_every_recorded_release() {
    let count = |name: &str| {
        let output = fed(&["batch", "--policy", name], b"{}\n");
        assert_eq!(output.status.code(), Some(0), "{}", error(&output));
        output.stdout.iter().filter(|byte| **byte == b'\n').count()
    };
    let recorded = |sdk: sts_endpoint::Sdk| sts_endpoint::emulator(sdk).unwrap().recorded().len();
    assert_eq!(count("all@latest"), 17);
    assert_eq!(count("boto3@recorded"), recorded(sts_endpoint::Sdk::Boto3));
    assert_eq!(count("all@recorded"), sts_endpoint::Sdk::ALL.into_iter().map(recorded).sum::<usize>());
    let output = fed(&["batch", "--policy", "swift@recorded"], b"{}\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("no release of swift is recorded"), "{}", error(&output));
    let output = fed(&["batch", "--policy", "bot3@recorded"], b"{}\n");
    assert!(error(&output).contains("did you mean boto3?"), "{}", error(&output));
}
