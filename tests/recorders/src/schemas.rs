//! The published schemas of scenarios and outcome records.

use serde_json::Value;

/// The schema of a scenario.
pub(crate) fn scenario() -> Result<Value, serde_json::Error> {
    serde_json::from_str(include_str!("../../../fixtures/schemas/scenario.schema.json"))
}

/// The schema of an outcome record.
pub(crate) fn outcome_record() -> Result<Value, serde_json::Error> {
    serde_json::from_str(include_str!("../../../fixtures/schemas/outcome-record.schema.json"))
}
