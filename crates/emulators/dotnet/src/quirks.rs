//! Where releases leave the documented table.

use sts_endpoint_core::Quirk;

pub(crate) static QUIRKS: &[Quirk] = &[];
