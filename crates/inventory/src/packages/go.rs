//! Go: go.mod and vendor/modules.txt. The release of Go V2 is that of its `config` module.

use super::{Dependency, Found, Pin};
use crate::place::Place;
use std::path::Path;
use sts_endpoint::Sdk;

fn dependency(module: &str, version: &str, place: Place) -> Option<Dependency> {
    let sdk = match module {
        "github.com/aws/aws-sdk-go" => Sdk::GoV1,
        "github.com/aws/aws-sdk-go-v2/config" => Sdk::GoV2,
        _ => return None,
    };
    Some(Dependency { sdk, package: module.into(), pin: Pin::read(version), place })
}

/// `require module v1.2.3`, alone or in a block. A `replace` of the module makes the release unknown.
pub(super) fn go_mod(path: &Path, text: &str) -> Found {
    let mut found: Vec<Dependency> = Vec::new();
    let mut replaced: Vec<(String, String)> = Vec::new();
    let mut block = "";
    for (i, line) in text.lines().enumerate() {
        let line = line.split("//").next().unwrap_or(line).trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        let (directive, words) = match words[..] {
            [directive, "("] => {
                block = if directive == "require" {
                    "require"
                } else if directive == "replace" {
                    "replace"
                } else {
                    "other"
                };
                continue;
            }
            [")"] => {
                block = "";
                continue;
            }
            [directive, ref rest @ ..] if block.is_empty() => (directive, rest),
            ref words => (block, words),
        };
        match (directive, words) {
            ("require", [module, version, ..]) => {
                found.extend(dependency(module, version, Place::new(path, i + 1)))
            }
            ("replace", [module, rest @ ..]) => replaced.push(((*module).into(), rest.join(" "))),
            _ => {}
        }
    }
    for dependency in &mut found {
        if let Some((_, by)) = replaced.iter().find(|(module, _)| *module == dependency.package) {
            let mut words = by.rsplit(' ');
            dependency.pin = match (words.next(), words.next()) {
                // `=> module v1.2.3` keeps to releases; a fork or a folder does not.
                (Some(version), Some(module)) if module == dependency.package => Pin::read(version),
                _ => Pin::loose(&format!("replaced {by}")),
            };
        }
    }
    Ok(found)
}

/// `# module v1.2.3`.
pub(super) fn vendor_modules(path: &Path, text: &str) -> Found {
    let found = text.lines().enumerate().filter_map(|(i, line)| {
        let mut words = line.strip_prefix("# ")?.split_whitespace();
        dependency(words.next()?, words.next()?, Place::new(path, i + 1))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Found) -> Vec<String> {
        found.unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn go_mod_in_blocks_and_alone() {
        let text = "module x\nrequire github.com/aws/aws-sdk-go v1.44.256\nrequire (\n\tgithub.com/aws/aws-sdk-go-v2/config v1.27.7 // indirect\n)\n";
        assert_eq!(
            said(go_mod(Path::new("go.mod"), text)),
            ["go-v1@1.44.256 (go.mod:2)", "go-v2@1.27.7 (go.mod:4)"]
        );
    }

    #[test]
    fn a_replaced_module_has_no_known_release() {
        let text =
            "require github.com/aws/aws-sdk-go v1.44.256\nreplace github.com/aws/aws-sdk-go => ../fork\n";
        assert_eq!(
            said(go_mod(Path::new("go.mod"), text)),
            ["go-v1 at `replaced => ../fork`, which is no exact release (go.mod:1)"]
        );
    }

    #[test]
    fn vendored_modules() {
        let text = "# github.com/aws/aws-sdk-go v1.23.22\n## explicit\ngithub.com/aws/aws-sdk-go/aws\n";
        assert_eq!(
            said(vendor_modules(Path::new("vendor/modules.txt"), text)),
            ["go-v1@1.23.22 (vendor/modules.txt:1)"]
        );
    }
}
