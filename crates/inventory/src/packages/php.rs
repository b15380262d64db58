//! PHP: composer.lock.

use super::{Dependency, Found, Pin};
use crate::document;
use crate::place::Place;
use std::path::Path;
use sts_endpoint::Sdk;

pub(super) fn composer_lock(path: &Path, text: &str) -> Found {
    let lock = document::json(path, text)?;
    let groups = ["packages", "packages-dev"].iter().filter_map(|group| lock.get(group));
    let found = groups.flat_map(|group| group.items()).filter_map(|package| {
        let name = package.get("name")?.text()?;
        let version = package.get("version")?;
        (name == "aws/aws-sdk-php").then(|| Dependency {
            sdk: Sdk::Php,
            package: name.into(),
            pin: Pin::read(version.text().unwrap_or_default()),
            place: Place::new(path, version.line),
        })
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sdk_and_no_other_package() {
        let text = "{\"packages\": [\n{\"name\": \"aws/aws-crt-php\", \"version\": \"v1.2.1\"},\n{\"name\": \"aws/aws-sdk-php\",\n\"version\": \"3.293.5\"}]}";
        let found = composer_lock(Path::new("composer.lock"), text).unwrap();
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["php@3.293.5 (composer.lock:4)"]
        );
    }
}
