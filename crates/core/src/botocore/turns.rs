//! What botocore began to do, by the day. Each front end's history gives the release that brought it.

use super::{Botocore, Legacy};
use crate::history::{Change, Evidence};
use crate::release::Release;

/// Something that botocore began to do.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    date: &'static str,
    what: &'static str,
    apply: fn(&mut Botocore),
}

impl Turn {
    /// The entry of a front end's history.
    pub const fn since(self, release: Release, evidence: Evidence) -> Change<Botocore> {
        Change::since(release, self.date, self.what, evidence, self.apply)
    }
}

/// The setting, default legacy; regions off the list of 16 turn from global to regional; the chain follows the client's region.
pub const SETTING: Turn = Turn {
    date: "2019-10-24",
    what: "the setting, default legacy; regions off the list of 16 turn from global to regional; the chain follows the client's region",
    apply: |b| {
        b.setting = true;
        b.legacy = Legacy::Listed;
        b.chain_follows_client = true;
    },
};

/// `aws eks get-token` presigns through a client.
pub const PRESIGNING_CLIENT: Turn = Turn {
    date: "2019-10-24",
    what: "eks get-token presigns through a client: before, it read the host out of the endpoint data, and failed outside partition aws",
    apply: |b| {
        b.presigns_by_data = false;
    },
};

/// Other words of the error for a wrong setting.
pub const WORDS: Turn = Turn {
    date: "2020-06-22",
    what: "other words of the error for a wrong setting",
    apply: |b| {
        b.words_of_1_14_8 = true;
    },
};

/// The region must be a host label.
pub const REGION_CHECK: Turn = Turn {
    date: "2020-08-19",
    what: "the region must be a host label",
    apply: |b| {
        b.checks_region = true;
    },
};

/// Tabs and line ends in an endpoint are refused.
pub const UNSAFE_ENDPOINTS: Turn = Turn {
    date: "2021-05-07",
    what: "tabs and line ends in an endpoint are refused",
    apply: |b| {
        b.refuses_unsafe = true;
    },
};

/// A FIPS pseudo-region that the data does not list is refused.
pub const UNKNOWN_FIPS: Turn = Turn {
    date: "2021-05-14",
    what: "a FIPS pseudo-region that the data does not list is refused",
    apply: |b| {
        b.refuses_unknown_fips = true;
    },
};

/// FIPS and dual-stack options; FIPS pseudo-regions switch FIPS on.
pub const VARIANTS: Turn = Turn {
    date: "2021-11-08",
    what: "FIPS and dual-stack options; FIPS pseudo-regions switch FIPS on",
    apply: |b| {
        b.variants = true;
        b.refuses_unknown_fips = false;
    },
};

/// The defaults mode, which makes regional the default.
pub const DEFAULTS_MODE: Turn = Turn {
    date: "2022-01-15",
    what: "the defaults mode, which makes regional the default",
    apply: |b| {
        b.defaults_mode = true;
    },
};

/// A variant of aws-global is signed for us-east-1.
pub const GLOBAL_VARIANTS: Turn = Turn {
    date: "2022-03-01",
    what: "a variant of aws-global is signed for us-east-1",
    apply: |b| {
        b.signs_global_variants_for_us_east_1 = true;
    },
};

/// The endpoint rule set; a wrong setting breaks every client; dual-stack in the iso partitions is an error.
pub const RULE_SET: Turn = Turn {
    date: "2022-11-01",
    what: "the endpoint rule set; a wrong setting breaks every client; dual-stack in the iso partitions is an error",
    apply: |b| {
        b.rules = true;
        b.always_checks_setting = true;
        b.rules_want_region = true;
        b.passes_over_query = true;
    },
};

/// An endpoint without a region is a missing region again.
pub const NO_REGION: Turn = Turn {
    date: "2022-11-22",
    what: "an endpoint without a region is a missing region again",
    apply: |b| {
        b.rules_want_region = false;
    },
};

/// Partition aws-iso-e.
pub const ISO_E: Turn = Turn {
    date: "2023-05-04",
    what: "partition aws-iso-e",
    apply: |b| {
        b.vintage.iso_e = true;
    },
};

/// An endpoint with a query is used.
pub const QUERY: Turn = Turn {
    date: "2023-05-09",
    what: "an endpoint with a query is used",
    apply: |b| {
        b.passes_over_query = false;
    },
};

/// Partition aws-iso-f.
pub const ISO_F: Turn = Turn {
    date: "2023-06-13",
    what: "partition aws-iso-f",
    apply: |b| {
        b.vintage.iso_f = true;
    },
};

/// Endpoints of environment and profile.
pub const CONFIGURED_ENDPOINTS: Turn = Turn {
    date: "2023-07-06",
    what: "endpoints of environment and profile",
    apply: |b| {
        b.configured_endpoints = true;
    },
};

/// Partition aws-eusc.
pub const EUSC: Turn = Turn {
    date: "2025-04-03",
    what: "partition aws-eusc",
    apply: |b| {
        b.vintage.eusc = true;
    },
};

/// The default turns from legacy to regional.
pub const REGIONAL_DEFAULT: Turn = Turn {
    date: "2025-07-31",
    what: "the default turns from legacy to regional",
    apply: |b| {
        b.default_legacy = false;
    },
};

/// Dual-stack in the partitions aws-iso and aws-iso-b.
pub const ISO_DUAL_STACK: Turn = Turn {
    date: "2025-09-23",
    what: "dual-stack in the partitions aws-iso and aws-iso-b",
    apply: |b| {
        b.vintage.iso_dual_stack = true;
        b.vintage.eusc_dual_stack = true;
    },
};

/// Dual-stack in the partition aws-eusc.
pub const EUSC_DUAL_STACK: Turn = Turn {
    date: "2025-11-25",
    what: "dual-stack in the partition aws-eusc",
    apply: |b| {
        b.eusc_dual_stack = true;
    },
};
