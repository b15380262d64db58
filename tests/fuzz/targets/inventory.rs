//! The inventory's parsers: the first line is the file's name, the rest its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use sts_endpoint_inventory::{packages, settings};

fuzz_target!(|text: &str| {
    let Some((name, text)) = text.split_once('\n') else { return };
    let path = Path::new(name);
    if packages::concerns(path) {
        let _ = packages::read(path, text);
    }
    if settings::concerns(path) && settings::may_hold(path, text.as_bytes()) {
        let _ = settings::read(path, text);
    }
});
