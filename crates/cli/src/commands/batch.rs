//! `batch`: scenarios from standard input to outcome records on standard output, in input order.
//!
//! Three steps run side by side, each handing blocks of lines to the next: one reads, one answers (on all cores), one
//! writes. A few blocks are all that is ever held, so memory does not grow with the input.

use crate::Finding;
use crate::arguments::Batch;
use crate::trouble::Trouble;
use rayon::prelude::*;
use serde_json::to_string as json;
use std::io::{BufRead, Read, Write};
use std::sync::mpsc::{SyncSender, sync_channel};
use sts_endpoint::{Found, Outcome, Scenario};

/// Lines answered at a time, at most.
const BLOCK: usize = 4096;
/// The longest line read: 32 MiB.
const LONGEST_LINE: u64 = 32 << 20;
/// A block ends early when it holds this many bytes, and has no more lines than have answers of about this many.
const BLOCK_BYTES: usize = 2 << 20;
/// What one answer takes, about.
const ANSWER_BYTES: usize = 192;

/// Lines as read, one behind the other.
#[derive(Default)]
struct Block {
    text: Vec<u8>,
    /// Where each line ends in the text.
    ends: Vec<usize>,
}

impl Block {
    fn lines(&self) -> impl IndexedParallelIterator<Item = &[u8]> {
        let start = |i: usize| i.checked_sub(1).map_or(0, |before| self.ends[before]);
        (0..self.ends.len()).into_par_iter().map(move |i| &self.text[start(i)..self.ends[i]])
    }
}

/// The records of one line, or what is wrong with it (column first).
type Answer = Result<Vec<u8>, String>;

pub(crate) fn run(asked: &Batch, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let policies: Vec<Vec<Found>> =
        asked.policies.iter().map(|name| super::policies(name)).collect::<Result<_, _>>()?;
    let policies = Policies::of(policies.into_iter().flatten().collect()).map_err(std::io::Error::from)?;
    let largest = (BLOCK_BYTES / (ANSWER_BYTES * policies.all.len().max(1))).clamp(16, BLOCK);
    let (blocks, read) = sync_channel::<Block>(1);
    let (answers, answered) = sync_channel::<Vec<Answer>>(1);
    // Neither thread is waited for where the output fails: the reader may be waiting for a line that never comes.
    let reader = std::thread::spawn(move || read_blocks(largest, &blocks));
    std::thread::spawn(move || {
        for block in read {
            let answer = block.lines().map(|line| policies.answer(line)).collect();
            if answers.send(answer).is_err() {
                break;
            }
        }
    });
    let (mut number, mut bad) = (0, 0);
    for answer in answered.into_iter().flatten() {
        number += 1;
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
    let unreadable = |error| Trouble::Usage(format!("standard input cannot be read: {error}"));
    match reader.join() {
        Ok(read) => read.map_err(unreadable)?,
        Err(panic) => std::panic::resume_unwind(panic),
    }
    if bad > 0 { Err(Trouble::Lines { bad, of: number }) } else { Ok(Finding::Nothing) }
}

/// Reads standard input to its end, or until nobody takes the blocks any more.
fn read_blocks(largest: usize, blocks: &SyncSender<Block>) -> std::io::Result<()> {
    let mut input = std::io::BufReader::with_capacity(1 << 18, std::io::stdin().lock());
    let mut ended = false;
    while !ended {
        let mut block = Block::default();
        while block.ends.len() < largest && block.text.len() < BLOCK_BYTES {
            let read = (&mut input).take(LONGEST_LINE + 1).read_until(b'\n', &mut block.text)?;
            if read == 0 {
                ended = true;
                break;
            }
            if read as u64 > LONGEST_LINE && !block.text.ends_with(b"\n") {
                input.skip_until(b'\n')?;
            }
            block.ends.push(block.text.len());
        }
        if blocks.send(block).is_err() {
            break;
        }
    }
    Ok(())
}

/// The policies asked, in order; those that behave alike are asked once a scenario.
struct Policies {
    all: Vec<Asked>,
    /// How many of them differ.
    different: usize,
}

struct Asked {
    found: Found,
    /// Its record up to the scenario's id, which stands behind.
    head: Vec<u8>,
    /// Which of the different behaviours it has, counted in order of appearance.
    behaviour: usize,
}

impl Policies {
    fn of(found: Vec<Found>) -> serde_json::Result<Self> {
        let mut policies = Self { all: Vec::with_capacity(found.len()), different: 0 };
        for found in found {
            let alike = policies.all.iter().find(|asked| asked.found.policy.behaves_as(&*found.policy));
            let behaviour = alike.map_or(policies.different, |asked| asked.behaviour);
            policies.different = policies.different.max(behaviour + 1);
            let id = found.policy.id();
            let (sdk, release) = (json(&id.sdk)?, json(&id.version.to_string())?);
            let head = format!("{{\"sdk\":{sdk},\"release\":{release},\"scenario\":").into_bytes();
            policies.all.push(Asked { found, head, behaviour });
        }
        Ok(policies)
    }

    /// The outcome records of one line: what [`sts_endpoint::Record`] is in JSON, put together from parts, since most of
    /// them stand in many records.
    fn answer(&self, line: &[u8]) -> Answer {
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
        // What stands behind the head: the scenario's id, and the outcome; where in `tails` each behaviour's lies.
        let (mut tails, mut places) = (Vec::new(), Vec::with_capacity(self.different));
        let mut records = Vec::with_capacity(ANSWER_BYTES * self.all.len());
        for Asked { found, head, behaviour } in &self.all {
            if *behaviour == places.len() {
                let start = tails.len();
                tail(&mut tails, &scenario.id, &found.policy.resolve(&scenario))
                    .map_err(|error| format!(":1: {error}"))?;
                places.push(start..tails.len());
            }
            records.extend_from_slice(head);
            records.extend_from_slice(&tails[places[*behaviour].clone()]);
        }
        Ok(records)
    }
}

/// What stands behind the head of a record.
fn tail(out: &mut Vec<u8>, id: &str, outcome: &Outcome<'_>) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *out, id)?;
    out.extend_from_slice(b",\"outcome\":");
    serde_json::to_writer(&mut *out, outcome)?;
    out.extend_from_slice(b"}\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_those_of_every_policy_by_itself() {
        let found: Vec<Found> = super::super::policies("all@recorded").unwrap();
        let line = br#"{"id":"a \"label\"","env":{"AWS_REGION":"us-west-2","AWS_PROFILE":"none"}}"#;
        let scenario: Scenario = serde_json::from_slice(line).unwrap();
        let mut expected = Vec::new();
        for found in &found {
            let outcome = found.policy.resolve(&scenario);
            let record = sts_endpoint::Record::new(found.policy.id(), &scenario.id, &outcome);
            serde_json::to_writer(&mut expected, &record).unwrap();
            expected.push(b'\n');
        }
        let policies = Policies::of(found).unwrap();
        assert!(policies.different < policies.all.len(), "some releases behave alike");
        assert_eq!(policies.answer(line).unwrap(), expected);
    }
}
