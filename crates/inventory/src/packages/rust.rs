//! Rust: Cargo.lock. The release is that of `aws-config`.

use super::python::toml_packages;
use super::{Dependency, Found, Pin};
use std::path::Path;
use sts_endpoint::Sdk;

pub(super) fn cargo_lock(path: &Path, text: &str) -> Found {
    Ok(toml_packages(path, text, &["package"])?
        .into_iter()
        .filter(|(package, ..)| package == "aws-config")
        .map(|(package, version, place)| Dependency {
            sdk: Sdk::Rust,
            package,
            pin: Pin::read(&version),
            place,
        })
        .collect())
}
