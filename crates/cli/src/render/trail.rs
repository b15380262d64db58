//! What CloudTrail says, in each format.

use super::markdown::code;
use super::text::{FAINT, GLOBAL, HEADING, REGIONAL, padded, styled, visible};
use crate::commands::trail::{Explained, Seen};
use serde_json::{Value, json};
use std::io::{self, Write};

fn caller(seen: &Seen) -> String {
    seen.caller.map_or_else(|| seen.agent.clone(), |caller| caller.to_string())
}

pub(crate) fn text(out: &mut dyn Write, seen: &[Seen]) -> io::Result<()> {
    writeln!(out, "{}", styled(HEADING, format!("{}  {}  HOST", padded("CALLS", 7), padded("CALLER", 28))))?;
    for seen in seen {
        let count = format!("{:>7}", seen.count);
        writeln!(
            out,
            "{count}  {}  {} ({})",
            padded(&visible(&caller(seen)), 28),
            visible(&seen.host),
            visible(&seen.event_region)
        )?;
        let style = match seen.explained {
            Explained::ByDefault | Explained::BySetting(_) => REGIONAL,
            Explained::Otherwise => GLOBAL,
            Explained::Unknown => FAINT,
        };
        writeln!(out, "         {}", styled(style, seen.explained.words()))?;
        if let Some((policy, outcome)) = &seen.moves {
            writeln!(
                out,
                "         {}",
                styled(GLOBAL, format!("moves with {policy}: {}", visible(outcome)))
            )?;
        }
    }
    Ok(())
}

fn value(seen: &Seen) -> Value {
    json!({
        "caller": seen.caller.map(|caller| caller.to_string()),
        "user_agent": seen.agent,
        "host": seen.host,
        "event_region": seen.event_region,
        "count": seen.count,
        "explained": match seen.explained {
            Explained::ByDefault => "by-default",
            Explained::BySetting(_) => "by-setting",
            Explained::Otherwise => "otherwise",
            Explained::Unknown => "unknown",
        },
        "moves": seen.moves.as_ref().map(|(policy, outcome)| json!({"policy": policy, "outcome": outcome})),
    })
}

pub(crate) fn json(out: &mut dyn Write, seen: &[Seen]) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &seen.iter().map(value).collect::<Vec<_>>())?;
    writeln!(out)
}

pub(crate) fn json_lines(out: &mut dyn Write, seen: &[Seen]) -> io::Result<()> {
    for seen in seen {
        serde_json::to_writer(&mut *out, &value(seen))?;
        writeln!(out)?;
    }
    Ok(())
}

pub(crate) fn markdown(out: &mut dyn Write, seen: &[Seen]) -> io::Result<()> {
    writeln!(out, "| calls | caller | host | | moves to |\n|---|---|---|---|---|")?;
    for seen in seen {
        let moves = seen
            .moves
            .as_ref()
            .map_or_else(String::new, |(policy, outcome)| format!("{policy}: {}", code(outcome)));
        writeln!(
            out,
            "| {} | {} | {} | {} | {moves} |",
            seen.count,
            code(&caller(seen)),
            code(&seen.host),
            seen.explained.words()
        )?;
    }
    Ok(())
}
