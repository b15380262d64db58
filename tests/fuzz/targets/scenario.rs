//! Scenarios as JSON: what can be read is the same when written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sts_endpoint::Scenario;

fuzz_target!(|text: &str| {
    let Ok(scenario) = serde_json::from_str::<Scenario>(text) else { return };
    let written = serde_json::to_string(&scenario).unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&written).unwrap(), scenario);
});
