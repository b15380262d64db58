//! Swift: Package.resolved.

use super::{Dependency, Found, Pin};
use crate::document;
use crate::place::Place;
use std::path::Path;
use sts_endpoint::Sdk;

/// Version 1 keeps its pins under `object` with `package`, later ones at the top with `identity`.
pub(super) fn package_resolved(path: &Path, text: &str) -> Found {
    let resolved = document::json(path, text)?;
    let pins = resolved.get("pins").or_else(|| resolved.at(&["object", "pins"]));
    let found = pins.map(|pins| pins.items()).unwrap_or_default().iter().filter_map(|pin| {
        let name = pin.get("identity").or_else(|| pin.get("package"))?.text()?;
        if name != "aws-sdk-swift" && name != "AWSSwiftSDK" {
            return None;
        }
        let version = pin.at(&["state", "version"]);
        Some(Dependency {
            sdk: Sdk::Swift,
            package: name.into(),
            pin: version.and_then(|version| version.text()).map_or(Pin::loose(""), Pin::read),
            place: Place::new(path, version.map_or(pin.line, |version| version.line)),
        })
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_of_each_version() {
        let text = "{\"pins\": [{\"identity\": \"aws-sdk-swift\",\n\"state\": {\"version\": \"1.3.0\"}}], \"version\": 2}";
        let found = package_resolved(Path::new("Package.resolved"), text).unwrap();
        assert_eq!(found[0].to_string(), "swift@1.3.0 (Package.resolved:2)");
    }
}
