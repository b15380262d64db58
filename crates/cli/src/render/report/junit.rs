//! JUnit XML: a suite a workload, a case a rule; a case with findings of level error or warning fails.

use super::of;
use crate::commands::scan::Scanned;
use crate::render::text::visible;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;
use std::io::{self, Write};
use sts_endpoint_inventory::findings::{Finding, Level, RULES};

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    let mut junit = Report::new("sts-endpoint");
    for Scanned { tree, report } in scanned {
        let mut suites: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
        for call in &report.calls {
            suites.entry(of(&call.workload, &call.unit)).or_default();
        }
        for found in &report.findings {
            suites.entry(of(&found.workload, &found.unit)).or_default().push(found);
        }
        for (workload, findings) in suites {
            let mut suite = TestSuite::new(format!("{} {workload}", tree.root.display()));
            for rule in RULES.iter().filter(|rule| rule.level != Level::Note) {
                let told: Vec<String> = findings
                    .iter()
                    .filter(|found| found.rule.id == rule.id)
                    .map(|found| visible(&format!("{}: {}", found.place, found.message)))
                    .collect();
                let mut case = TestCase::new(rule.id, TestCaseStatus::success());
                if !told.is_empty() {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    status
                        .set_message(rule.title)
                        .set_type(rule.level.name())
                        .set_description(told.join("\n"));
                    case.status = status;
                }
                case.set_classname(workload.clone());
                suite.add_test_case(case);
            }
            junit.add_test_suite(suite);
        }
    }
    let text = junit.to_string().map_err(io::Error::other)?;
    out.write_all(without_skipped(&text).as_bytes())
}

/// The schema of Jenkins knows no `skipped` of the root, and Jenkins refuses a report that has it (jenkinsci/xunit-plugin,
/// junit-10.xsd).
fn without_skipped(text: &str) -> String {
    text.replacen(" skipped=\"0\"", "", 1)
}
