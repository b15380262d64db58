//! Where releases leave the documented table, or go beyond what it tells.

use sts_endpoint_core::Quirk;

/// See [`HISTORY`](crate::HISTORY).
pub(crate) static QUIRKS: &[Quirk] = &[];
