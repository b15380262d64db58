//! What a scan found. One model ([`Scanned`](crate::commands::scan::Scanned)), one file a format.

pub(crate) mod concise;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod html;
pub(crate) mod jsonl;
pub(crate) mod junit;
pub(crate) mod markdown;
pub(crate) mod sarif;
pub(crate) mod text;

use crate::render::text::visible;
use crate::tree::Tree;
use std::path::PathBuf;
use sts_endpoint_inventory::findings::Finding;
use sts_endpoint_inventory::place::Place;

/// A workload with its unit, in one line whatever its folder is called.
fn of(workload: &str, unit: &str) -> String {
    visible(&if unit.is_empty() { workload.into() } else { format!("{workload} [{unit}]") })
}

/// A place as seen from where the command runs, in one line whatever the file is called.
fn shown(tree: &Tree, place: &Place) -> String {
    visible(&format!("{}:{}", seen_from_here(tree, place).display(), place.line))
}

/// A place as seen from where the command runs.
fn seen_from_here(tree: &Tree, place: &Place) -> PathBuf {
    if tree.root.is_file() {
        return tree.root.clone();
    }
    match tree.root.to_str() {
        Some(".") => place.path.clone(),
        _ => tree.root.join(&place.path),
    }
}

/// A finding's identity over runs: what it is, where, and for whom; not the line, which moves.
fn fingerprint(found: &Finding) -> String {
    let policy = found.policy.map(|policy| policy.sdk.name()).unwrap_or_default();
    let entry = found.entry.map(|entry| entry.name()).unwrap_or_default();
    let of_what = format!(
        "{}\n{}\n{}\n{policy}\n{entry}\n{}",
        found.rule.id,
        found.workload,
        found.unit,
        found.place.path.display()
    );
    // FNV-1a, 128 bits wide by two rounds: stable over releases of the standard library.
    let round = |seed: u64| {
        of_what.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    };
    format!("{:016x}{:016x}", round(0xcbf2_9ce4_8422_2325), round(0x9ae1_6a3b_2f90_404f))
}
