//! `batch`: scenarios from standard input to outcome records on standard output, in input order.
//!
//! Lines are read a block at a time and answered on all cores; a block is all that is ever held, so memory does not grow
//! with the input.

use crate::Finding;
use crate::arguments::Batch;
use crate::trouble::Trouble;
use rayon::prelude::*;
use std::io::{BufRead, Read, Write};
use sts_endpoint::{Found, Record, Scenario};

/// Lines answered at a time, at most.
const BLOCK: usize = 4096;
/// The longest line read: 32 MiB.
const LONGEST_LINE: u64 = 32 << 20;
/// A block ends early when it holds this many bytes, and has no more lines than have answers of about this many.
const BLOCK_BYTES: usize = 8 << 20;
/// What one answer takes, about.
const ANSWER_BYTES: usize = 256;

pub(crate) fn run(asked: &Batch, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let policies: Vec<Vec<Found>> =
        asked.policies.iter().map(|name| super::policies(name)).collect::<Result<_, _>>()?;
    let policies: Vec<Found> = policies.into_iter().flatten().collect();
    let block = (BLOCK_BYTES / (ANSWER_BYTES * policies.len().max(1))).clamp(16, BLOCK);
    let mut input = std::io::BufReader::with_capacity(1 << 18, std::io::stdin().lock());
    let (mut number, mut bad, mut ended) = (0, 0, false);
    while !ended {
        let mut lines: Vec<(usize, Vec<u8>)> = Vec::with_capacity(block);
        let mut held = 0;
        while lines.len() < block && held < BLOCK_BYTES {
            let mut line = Vec::new();
            let read = (&mut input)
                .take(LONGEST_LINE + 1)
                .read_until(b'\n', &mut line)
                .map_err(|error| Trouble::Usage(format!("standard input cannot be read: {error}")))?;
            if read == 0 {
                ended = true;
                break;
            }
            number += 1;
            if read as u64 > LONGEST_LINE && !line.ends_with(b"\n") {
                input
                    .skip_until(b'\n')
                    .map_err(|error| Trouble::Usage(format!("standard input cannot be read: {error}")))?;
            }
            held += line.len();
            lines.push((number, line));
        }
        let answers: Vec<Result<Vec<u8>, String>> =
            lines.par_iter().map(|(_, line)| answer(line, &policies)).collect();
        for ((number, _), answer) in lines.iter().zip(answers) {
            match answer {
                Ok(records) => out.write_all(&records)?,
                Err(what) => {
                    bad += 1;
                    // What has been answered so far comes first, so that the two streams tell one story.
                    out.flush()?;
                    let _ = writeln!(anstream::stderr(), "sts-endpoint: standard input:{number}{what}");
                }
            }
        }
    }
    if bad > 0 { Err(Trouble::Lines { bad, of: number }) } else { Ok(Finding::Nothing) }
}

/// The outcome records of one line, or what is wrong with it (column first).
fn answer(line: &[u8], policies: &[Found]) -> Result<Vec<u8>, String> {
    if line.len() as u64 > LONGEST_LINE {
        return Err(format!(":1: the line is longer than {} MiB", LONGEST_LINE >> 20));
    }
    let text = std::str::from_utf8(line).map_err(|error| {
        format!(":{}: is not UTF-8; expected a scenario as JSON", error.valid_up_to() + 1)
    })?;
    if text.trim().is_empty() {
        return Err(":1: is empty; expected a scenario as JSON".into());
    }
    let scenario: Scenario = serde_json::from_str(text).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what);
        // Where the text ends too early, the column is the one behind it.
        let column = if error.is_eof() { text.trim_end().len() + 1 } else { error.column() };
        format!(":{column}: expected a scenario as JSON: {what}")
    })?;
    let mut records = Vec::with_capacity(160 * policies.len());
    for found in policies {
        let outcome = found.policy.resolve(&scenario);
        let record = Record::new(found.policy.id(), &scenario.id, &outcome);
        serde_json::to_writer(&mut records, &record).map_err(|error| format!(":1: {error}"))?;
        records.push(b'\n');
    }
    Ok(records)
}
