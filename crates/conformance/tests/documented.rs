//! A property for every cell of every row of both editions, over generated scenarios.

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use sts_endpoint::Edition;
use sts_endpoint_conformance::properties::Cell;
use sts_endpoint_conformance::table::Table;

fn holds(edition: Edition, name: &str, cell: Cell) {
    let table = Table::of(edition);
    let row = table.rows.iter().find(|row| row.name() == name).expect("the edition has the row");
    let policy = row.policy(edition).expect("the emulator has the row");
    let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
    runner
        .run(&cell.scenarios(row), |scenario| {
            cell.check(row, &*policy, &scenario)
                .map_err(|violation| TestCaseError::fail(format!("{}: {violation}", policy.id())))
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

macro_rules! rows {
    ($edition:expr => $($module:ident: $name:literal),+ $(,)?) => { $(
        mod $module {
            use super::*;
            #[test] fn supports_setting() { holds($edition, $name, Cell::SupportsSetting); }
            #[test] fn default() { holds($edition, $name, Cell::Default); }
            #[test] fn default_target() { holds($edition, $name, Cell::DefaultTarget); }
            #[test] fn fallback() { holds($edition, $name, Cell::Fallback); }
            #[test] fn note() { holds($edition, $name, Cell::Note); }
            #[test] fn aws_global() { holds($edition, $name, Cell::AwsGlobal); }
            #[test] fn other_partitions() { holds($edition, $name, Cell::OtherPartitions); }
        }
    )+
        #[test]
        fn every_row_is_tested() {
            let tested = [$($name),+];
            for row in Table::of($edition).rows {
                assert!(tested.contains(&row.name().as_str()), "{}", row.name());
            }
        }
    };
}

mod docs_2024 {
    use super::*;
    rows! { Edition::Docs2024 =>
        cli_v2: "cli-v2", cli_v1: "cli-v1", cpp: "cpp", go_v2: "go-v2", go_v1: "go-v1", java_v2: "java-v2", java_v1: "java-v1",
        js_v3: "js-v3", js_v2: "js-v2", kotlin: "kotlin", dotnet: "dotnet", php: "php", boto3: "boto3", ruby: "ruby",
        rust: "rust", swift: "swift", powershell: "powershell",
    }
}

mod docs_2025 {
    use super::*;
    rows! { Edition::Docs2025 =>
        cli_v2: "cli-v2", cli_v1: "cli-v1", cpp: "cpp", go_v2: "go-v2", go_v1: "go-v1", java_v2: "java-v2", java_v1: "java-v1",
        js_v3: "js-v3", js_v2: "js-v2", kotlin: "kotlin", dotnet_4: "dotnet", dotnet_3: "dotnet/3", php: "php", boto3: "boto3",
        ruby: "ruby", rust: "rust", swift: "swift", powershell_5: "powershell", powershell_4: "powershell/4",
    }
}
