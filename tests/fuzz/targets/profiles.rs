//! Profile files in every dialect: the text is the config file, the credentials file, or (split at a NUL) both.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sts_endpoint::{Entry, FileKind, Scenario};

fuzz_target!(|text: &str| {
    let (config, credentials) = text.split_once('\0').unwrap_or((text, text));
    for entry in [Entry::Client, Entry::ProfileAssumeRole] {
        let scenario = Scenario::new()
            .with_variable("AWS_PROFILE", "dev")
            .with_variable("AWS_SDK_LOAD_CONFIG", "1")
            .with_file(FileKind::Config, config)
            .with_file(FileKind::Credentials, credentials)
            .with_entry(entry);
        sts_endpoint_fuzz::answer(&scenario);
    }
});
