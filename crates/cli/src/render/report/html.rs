//! A self-contained page: the matrix of workloads and entries as a picture, then the findings.

use super::{of, shown};
use crate::commands::scan::Scanned;
use crate::render::html::{STYLE, escaped};
use crate::render::text::visible;
use std::io::{self, Write};
use sts_endpoint_impact::TokenClass;
use sts_endpoint_inventory::findings::Call;

/// How a call looks: its class, and the mark that says the same without colour.
fn look(call: &Call) -> (&'static str, &'static str) {
    match &call.facts {
        None => ("fails", "✕"),
        Some(facts) if facts.partition.is_none() => ("given", "⌂"),
        Some(facts) if facts.token == Some(TokenClass::Global) => ("global", "◎"),
        Some(_) => ("regional", "●"),
    }
}

const PICTURE: &str = ".cells{display:grid;gap:2px;margin:1rem 0}\
.cells>*{padding:.4rem .6rem;border-radius:3px}.head{font-weight:600}.cell.regional{background:#dff3e6}\
.cell.global{background:#ffefc9}.cell.given{background:#dcecf7}.cell.fails{background:#fbdcdc}.cell{background:#f3f4f6}\
.cell small{display:block;color:#4a5560}.error b{color:#a11}.warning b{color:#8a5a00}.note b{color:#66727e}\
td code{overflow-wrap:anywhere}td:last-child{min-width:12rem}";

/// What stands in backticks as code.
fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(i, part)| if i % 2 == 1 { format!("<code>{part}</code>") } else { part.into() }).collect()
}

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    writeln!(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\"><title>STS endpoints</title>")?;
    writeln!(out, "<style>{STYLE}{PICTURE}</style></head><body>")?;
    for Scanned { tree, report } in scanned {
        writeln!(out, "<h1>STS endpoints of {}</h1>", escaped(&tree.root.display().to_string()))?;
        writeln!(
            out,
            "<p class=\"faint\">● regional endpoint &nbsp; ◎ global endpoint &nbsp; ⌂ endpoint override &nbsp; ✕ fails</p>"
        )?;
        let mut rows: Vec<(String, [Option<&Call>; 3])> = Vec::new();
        for call in &report.calls {
            let name = format!("{} · {}", of(&call.workload, &call.unit), call.policy);
            let column = match call.entry.name() {
                "client" => 0,
                "profile-assume-role" => 1,
                _ => 2,
            };
            match rows.last_mut() {
                Some((last, cells)) if *last == name => cells[column] = Some(call),
                _ => {
                    let mut cells = [None; 3];
                    cells[column] = Some(call);
                    rows.push((name, cells));
                }
            }
        }
        // An entry that no workload has takes no room.
        let titles = ["client", "profile role", "web identity"];
        let used: Vec<usize> = (0..titles.len())
            .filter(|column| rows.iter().any(|(_, cells)| cells[*column].is_some()))
            .collect();
        if used.is_empty() {
            writeln!(out, "<p>No AWS SDK at an exact release was found.</p>")?;
        }
        let columns = used.len().max(1);
        writeln!(
            out,
            "<div class=\"cells\" style=\"grid-template-columns:minmax(12rem,auto) repeat({columns},1fr)\"><div class=\"head\">workload</div>"
        )?;
        for column in &used {
            writeln!(out, "<div class=\"head\">{}</div>", titles[*column])?;
        }
        for (name, cells) in rows {
            writeln!(out, "<div>{}</div>", escaped(&name))?;
            for column in &used {
                match cells[*column] {
                    None => writeln!(out, "<div></div>")?,
                    Some(call) => {
                        let (class, mark) = look(call);
                        let (host, signed) = match &call.facts {
                            Some(facts) => (
                                facts.host.clone(),
                                facts
                                    .signing_region
                                    .as_ref()
                                    .map_or("unsigned".into(), |region| format!("signed for {region}")),
                            ),
                            None => (call.outcome.clone(), String::new()),
                        };
                        let more = match (&call.given, &call.with_region) {
                            (Some(given), _) => {
                                format!("{signed}; its region is given by {}", given.platform)
                            }
                            (None, Some(with)) if signed.is_empty() => format!("with a region: {with}"),
                            (None, Some(with)) => format!("{signed}; with a region: {with}"),
                            (None, None) => signed,
                        };
                        writeln!(
                            out,
                            "<div class=\"cell {class}\">{mark} {}<small>{}</small></div>",
                            escaped(&host),
                            escaped(&more)
                        )?;
                    }
                }
            }
        }
        writeln!(out, "</div>\n<table><tr><th>level</th><th>finding</th><th>where</th></tr>")?;
        for found in &report.findings {
            writeln!(
                out,
                "<tr class=\"{level}\"><td><b>{level}</b></td><td><b>{}</b> {}<br><span class=\"faint\">{}</span></td><td><code>{}</code></td></tr>",
                found.rule.id,
                escaped(&visible(&found.message)),
                with_code(&escaped(found.rule.explanation)),
                escaped(&shown(tree, &found.place)),
                level = found.rule.level,
            )?;
        }
        writeln!(out, "</table>")?;
    }
    writeln!(out, "</body></html>")
}
