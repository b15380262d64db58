//! CloudTrail events.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sts_endpoint_inventory::trail;

fuzz_target!(|bytes: &[u8]| {
    let _ = trail::read(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = trail::caller(text);
    }
});
