//! `scan`: SDKs, releases and settings in a source tree, and what each workload will call.

use crate::Finding as Found;
use crate::arguments::{ReportFormat, Scan};
use crate::render::report;
use crate::render::text::visible;
use crate::tree::Tree;
use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint_inventory::findings::{Report, Rule, examine};

/// A tree with what was found in it.
pub(crate) struct Scanned {
    pub(crate) tree: Tree,
    pub(crate) report: Report,
}

pub(crate) fn run(asked: &Scan, out: &mut dyn Write) -> Result<Found, Trouble> {
    if let Some(id) = &asked.explain {
        return explain(id, out);
    }
    for id in asked.select.iter().chain(&asked.ignore) {
        rule(id)?;
    }
    let scanned: Vec<Scanned> = asked.roots.iter().map(|root| scan(asked, root)).collect::<Result<_, _>>()?;
    match asked.format {
        ReportFormat::Text => report::text::write(out, &scanned)?,
        ReportFormat::Concise => report::concise::write(out, &scanned)?,
        ReportFormat::Jsonl => report::jsonl::write(out, &scanned)?,
        ReportFormat::Markdown => report::markdown::write(out, &scanned)?,
        ReportFormat::Sarif => report::sarif::write(out, &scanned)?,
        ReportFormat::Junit => report::junit::write(out, &scanned)?,
        ReportFormat::Github => report::github::write(out, &scanned)?,
        ReportFormat::Gitlab => report::gitlab::write(out, &scanned)?,
        ReportFormat::Html => report::html::write(out, &scanned)?,
    }
    for tree in scanned.iter().map(|scanned| &scanned.tree) {
        for unreadable in &tree.inventory.unreadable {
            let said = visible(&format!("{}: {unreadable}", tree.root.display()));
            let _ = writeln!(anstream::stderr(), "sts-endpoint: {said}");
        }
    }
    let found = scanned
        .iter()
        .flat_map(|scanned| &scanned.report.findings)
        .any(|found| asked.fail_on.takes(found.rule.level));
    Ok(if found { Found::Something } else { Found::Nothing })
}

fn scan(asked: &Scan, root: &std::path::Path) -> Result<Scanned, Trouble> {
    let tree = Tree::read(root, asked.mapping.as_deref())?;
    for id in &tree.ignored {
        rule(id)?;
    }
    let mut report = examine(&tree.workloads);
    report.findings.retain(|found| {
        let id = found.rule.id;
        asked.level.takes(found.rule.level)
            && (asked.select.is_empty() || asked.select.iter().any(|wanted| wanted == id))
            && !asked.ignore.iter().chain(&tree.ignored).any(|ignored| ignored == id)
    });
    Ok(Scanned { tree, report })
}

fn rule(id: &str) -> Result<&'static Rule, Trouble> {
    Rule::named(id)
        .ok_or_else(|| Trouble::Usage(format!("no finding is called `{id}`; `--explain all` lists them")))
}

fn explain(id: &str, out: &mut dyn Write) -> Result<Found, Trouble> {
    if id == "all" {
        for rule in &sts_endpoint_inventory::findings::RULES {
            writeln!(out, "{:<8} {:<28} {}", rule.level, rule.id, rule.title)?;
        }
        return Ok(Found::Nothing);
    }
    let rule = rule(id)?;
    writeln!(out, "{} ({})\n{}\n\n{}\n", rule.id, rule.level, rule.title, rule.explanation)?;
    writeln!(out, "The smallest tree that shows it:\n\n{}\n{}", rule.witness_text(), rule.page())?;
    Ok(Found::Nothing)
}
