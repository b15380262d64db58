//! The published JSON Schemas describe real input and real output.

use super::{fed, repository};
use jsonschema::Validator;
use serde_json::Value;

fn schema(name: &str) -> Validator {
    let text = std::fs::read_to_string(repository().join("fixtures/schemas").join(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn scenarios() -> String {
    std::fs::read_to_string(repository().join("fixtures/recordings/scenarios.jsonl")).unwrap()
}

#[test]
fn recorded_scenarios_fit_the_schema() {
    let schema = schema("scenario.schema.json");
    for line in scenarios().lines() {
        let scenario: Value = serde_json::from_str(line).unwrap();
        assert!(schema.is_valid(&scenario), "{line}");
    }
}

#[test]
fn batch_output_fits_the_schema() {
    let schema = schema("outcome-record.schema.json");
    let mut arguments = vec!["batch".to_owned()];
    for sdk in sts_endpoint::Sdk::ALL {
        arguments.extend([
            "--policy".into(),
            format!("{sdk}@latest"),
            "--policy".into(),
            format!("{sdk}@docs"),
        ]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = fed(&arguments, scenarios().as_bytes());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.is_empty());
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(schema.is_valid(&record), "{line}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let schema = schema("outcome-record.schema.json");
    for text in [
        r#"{"sdk":"boto3","release":"1.40.0","scenario":"a"}"#,
        r#"{"sdk":"cobol","release":"1","scenario":"a","outcome":{"kind":"not-applicable","why":""}}"#,
        r#"{"sdk":"boto3","release":"1","scenario":"a","outcome":{"kind":"request","url":"https://sts.amazonaws.com/"}}"#,
    ] {
        assert!(!schema.is_valid(&serde_json::from_str(text).unwrap()), "{text}");
    }
}
