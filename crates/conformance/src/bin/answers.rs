//! `answers POLICY [COUNT]`: what a policy answers to made-up scenarios, with the steps that led there. The same each time: two
//! checkouts of the source can be compared with `diff`.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use sts_endpoint_conformance::unrecorded;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(policy), count) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: answers POLICY [COUNT], answers boto3@1.40.0 500 for one");
        return ExitCode::from(2);
    };
    let Ok(count) = count.as_deref().unwrap_or("1000").parse() else {
        eprintln!("answers: expected a number of scenarios behind the policy");
        return ExitCode::from(2);
    };
    let found = match sts_endpoint::policy(&policy) {
        Ok(found) => found,
        Err(error) => {
            eprintln!("answers: {error}");
            return ExitCode::from(2);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for scenario in unrecorded::scenarios(count) {
        let line = serde_json::to_string(&scenario).unwrap_or_default();
        if writeln!(out, "{line}\n{}", unrecorded::answer(&*found.policy, &scenario)).is_err() {
            return ExitCode::SUCCESS;
        }
    }
    ExitCode::SUCCESS
}
