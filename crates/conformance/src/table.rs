//! AWS's documented table as data: one [`Table`] an edition, one [`Row`] a product.
//!
//! ```
//! use sts_endpoint::Edition;
//! use sts_endpoint_conformance::table::{Table, Target};
//!
//! let table = Table::of(Edition::Docs2024);
//! let boto3 = table.rows.iter().find(|row| row.product == "Python (Boto3)").unwrap();
//! assert!(boto3.supports_setting);
//! assert_eq!(boto3.default_target, Target::Global);
//! ```

use serde::Deserialize;
use sts_endpoint::{Edition, ResolutionPolicy, Sdk, emulator};

/// A value of the setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the two values of the setting")]
pub enum Setting {
    Legacy,
    Regional,
}

impl Setting {
    /// The setting's text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Regional => "regional",
        }
    }
}

/// What a client calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// `https://sts.amazonaws.com`.
    Global,
    /// The endpoint of the configured Region.
    Regional,
}

/// What happens when a Regional endpoint is meant and no Region is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fallback {
    /// The global endpoint is called.
    Global,
    /// The request fails.
    Failure,
    /// "us-east-1 (Regional)": the regional endpoint of us-east-1 is called.
    #[serde(rename = "us-east-1")]
    UsEast1,
}

/// One row of the table.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    /// The product as the table names it.
    pub product: String,
    /// The SDK.
    pub sdk: Sdk,
    /// The major number, where the row is an older one of two for the SDK.
    pub row: Option<u32>,
    /// Whether the file and the environment variable are supported.
    pub supports_setting: bool,
    /// The default value of the setting, if it is supported.
    pub default: Option<Setting>,
    /// What the client calls by default.
    pub default_target: Target,
    /// What it does without a Region.
    pub fallback: Fallback,
    /// The note beside the row.
    pub note: Option<String>,
}

impl Row {
    /// `boto3`, or `dotnet/3` for an older row.
    pub fn name(&self) -> String {
        match self.row {
            None => self.sdk.name().into(),
            Some(row) => format!("{}/{row}", self.sdk),
        }
    }

    /// The policy that emulates the row, if its emulator is compiled in.
    pub fn policy(&self, edition: Edition) -> Option<Box<dyn ResolutionPolicy>> {
        let emulator = emulator(self.sdk)?;
        match self.row {
            None => Some(emulator.edition(edition)),
            Some(row) => emulator.older_row(edition, row),
        }
    }

    /// Where the client goes by default when it has a Region. Where the edition contradicts itself (default `regional`
    /// beside target Global), the default value decides.
    pub fn held_target(&self) -> Target {
        match self.default {
            Some(Setting::Regional) => Target::Regional,
            _ => self.default_target,
        }
    }
}

/// Cells of an edition that cannot all hold, and which one is held.
#[derive(Clone, Debug, Deserialize)]
pub struct Contradiction {
    /// A short name.
    pub name: String,
    /// The rows, by [`Row::name`].
    pub rows: Vec<String>,
    /// The cells.
    pub cells: Vec<String>,
    /// Why they cannot all hold.
    pub why: String,
    /// The cell that is held.
    pub held: String,
}

/// One edition of the table.
#[derive(Clone, Debug, Deserialize)]
pub struct Table {
    /// Where it stands.
    pub page: String,
    /// Its rows, in the page's order.
    pub rows: Vec<Row>,
    /// Where it contradicts itself, or the releases.
    pub contradictions: Vec<Contradiction>,
}

impl Table {
    /// The table of an edition.
    ///
    /// # Panics
    ///
    /// Never: the tables are part of the crate, and a test reads them.
    pub fn of(edition: Edition) -> Self {
        let text = match edition {
            Edition::Docs2024 => include_str!("../../../fixtures/documented/docs-2024.json"),
            _ => include_str!("../../../fixtures/documented/docs-2025.json"),
        };
        serde_json::from_str(text).expect("the tables are part of the crate")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editions_have_17_and_19_rows() {
        assert_eq!(Table::of(Edition::Docs2024).rows.len(), 17);
        assert_eq!(Table::of(Edition::Docs2025).rows.len(), 19);
    }

    #[test]
    fn every_contradiction_between_default_and_target_is_named() {
        for edition in Edition::ALL {
            let table = Table::of(edition);
            for row in &table.rows {
                let contradicts =
                    row.default == Some(Setting::Regional) && row.default_target == Target::Global;
                let named = table.contradictions.iter().any(|named| {
                    named.name == "default-regional-beside-target-global" && named.rows.contains(&row.name())
                });
                assert_eq!(contradicts, named, "{edition} {}", row.name());
            }
        }
    }
}
