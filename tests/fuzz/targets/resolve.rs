//! Every policy over scenarios of variables, options and files: one a line, `NAME=TEXT` a variable, `name:text` an option, the
//! rest below an empty line the config file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sts_endpoint::{Entry, FileKind, Operation, Scenario};

fuzz_target!(|text: &str| {
    let (head, config) = text.split_once("\n\n").map_or((text, None), |(head, file)| (head, Some(file)));
    let mut scenario = Scenario::new();
    if let Some(config) = config {
        scenario = scenario.with_file(FileKind::Config, config);
    }
    for line in head.split('\n') {
        if let Some((name, text)) = line.split_once('=') {
            scenario.variables.set(name, text);
        } else if let Some((name, text)) = line.split_once(':') {
            let given = Some(text.to_owned());
            match name {
                "region" => scenario.code.region = given,
                "endpoint" => scenario.code.endpoint = given,
                "setting" => scenario.code.sts_regional_endpoints = given,
                "fips" => scenario.code.use_fips = Some(text == "true"),
                "dualstack" => scenario.code.use_dualstack = Some(text == "true"),
                "imds" => scenario.imds_region = given,
                "entry" => scenario.entry = text.parse::<Entry>().unwrap_or_default(),
                "operation" => scenario.operation = text.parse::<Operation>().unwrap_or_default(),
                name => scenario.properties.set(name, text),
            }
        }
    }
    sts_endpoint_fuzz::answer(&scenario);
});
