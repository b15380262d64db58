//! A self-contained page.

use super::{Answer, deciding, signing};
use std::io::{self, Write};
use sts_endpoint::{Endpoint, Outcome, Scenario};

pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

pub(crate) const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1d2733}\
h1{font-size:1.3rem}table{border-collapse:collapse;width:100%}th{text-align:left;border-bottom:2px solid #c6ced6}\
td,th{padding:.35rem .6rem;vertical-align:top}tr:nth-child(even) td{background:#f5f7f9}code{font:13px ui-monospace,monospace}\
.global code{color:#8a5a00}.regional code{color:#0b6b3a}.given code{color:#0a5a86}.fails{color:#a11}.faint{color:#66727e}";

pub(crate) fn matrix(out: &mut dyn Write, scenario: &Scenario, rows: &[Answer<'_>]) -> io::Result<()> {
    writeln!(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\"><title>AWS STS endpoints</title>")?;
    writeln!(out, "<style>{STYLE}</style></head><body>\n<h1>Which AWS STS endpoint each SDK calls</h1>")?;
    writeln!(out, "<p class=\"faint\">{}</p>", escaped(&super::text::describe(scenario)))?;
    writeln!(out, "<table><tr><th>policy</th><th>endpoint</th><th>signed for</th><th>decided by</th></tr>")?;
    for (policy, outcome) in rows {
        let id = policy.id();
        match outcome {
            Outcome::Request(request) => {
                let class = match &request.endpoint {
                    endpoint if endpoint.is_global() => "global",
                    Endpoint::Given(_) => "given",
                    _ => "regional",
                };
                writeln!(
                    out,
                    "<tr><td>{id}</td><td class=\"{class}\"><code>{}</code></td><td><code>{}</code></td><td class=\"faint\">{}</td></tr>",
                    escaped(&request.endpoint.to_string()),
                    escaped(signing(request)),
                    escaped(&deciding(request).map_or_else(String::new, |value| value.origin.to_string()))
                )?;
            }
            Outcome::Error(failure) => writeln!(
                out,
                "<tr><td>{id}</td><td class=\"fails\" colspan=\"3\">{}: {}</td></tr>",
                failure.category,
                escaped(&failure.message)
            )?,
            Outcome::NotApplicable(why) => writeln!(
                out,
                "<tr><td>{id}</td><td class=\"faint\" colspan=\"3\">not applicable: {}</td></tr>",
                escaped(why)
            )?,
        }
    }
    writeln!(out, "</table>\n</body></html>")
}
