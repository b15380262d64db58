//! Ruby: Gemfile.lock. The release is that of `aws-sdk-core`.

use super::{Dependency, Found, Pin};
use crate::place::Place;
use std::path::Path;
use sts_endpoint::Sdk;

/// Under `specs:`, a gem stands at four spaces: `    aws-sdk-core (3.168.2)`; what it needs stands deeper.
pub(super) fn gemfile_lock(path: &Path, text: &str) -> Found {
    let found = text.lines().enumerate().filter_map(|(i, line)| {
        let gem = line.strip_prefix("    ").filter(|rest| !rest.starts_with(' '))?;
        let version = gem.strip_prefix("aws-sdk-core (")?.strip_suffix(')')?;
        Some(Dependency {
            sdk: Sdk::Ruby,
            package: "aws-sdk-core".into(),
            pin: Pin::read(version),
            place: Place::new(path, i + 1),
        })
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gem_itself_counts_and_not_who_needs_it() {
        let text = "GEM\n  specs:\n    aws-sdk-core (3.168.2)\n      jmespath (~> 1)\n    aws-sdk-s3 (1.0)\n      aws-sdk-core (~> 3, >= 3.1)\n";
        let found = gemfile_lock(Path::new("Gemfile.lock"), text).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "ruby@3.168.2 (Gemfile.lock:3)");
    }
}
