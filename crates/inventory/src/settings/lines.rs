//! Configuration a line at a time: .env files, Dockerfiles, systemd units.

use super::{Found, Setting, Text, variable};
use crate::place::Place;
use std::path::Path;

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    text
}

/// `NAME=text`, `export NAME="text"`, comments with `#`.
pub(super) fn env_file(path: &Path, text: &str) -> Found {
    let found = text.lines().enumerate().filter_map(|(i, line)| {
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=')?;
        let value = if value.trim_start().starts_with(['"', '\'']) {
            value
        } else {
            value.split(" #").next().unwrap_or(value)
        };
        variable(name.trim(), Text::read(unquoted(value)), "", Place::new(path, i + 1))
    });
    Ok(found.collect())
}

/// `ENV NAME=text OTHER="text"`, and the old `ENV NAME text`; instructions may go on over lines. The last stage is what
/// runs: its name, or nothing, is the unit.
pub(super) fn dockerfile(path: &Path, text: &str) -> Found {
    let mut found: Vec<Setting> = Vec::new();
    let mut continued = false;
    let mut in_env = false;
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        let body = line.strip_suffix('\\').unwrap_or(line).trim();
        let (instruction, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
        let rest = if continued { body } else { rest };
        if !continued {
            in_env = instruction.eq_ignore_ascii_case("ENV");
            // A new stage starts from its own image: what the stages before it set is gone, unless it builds on them.
            if instruction.eq_ignore_ascii_case("FROM") {
                found.clear();
            }
        }
        continued = line.ends_with('\\');
        if !in_env {
            continue;
        }
        let place = || Place::new(path, i + 1);
        let first = rest.split_whitespace().next().unwrap_or_default();
        if first.contains('=') {
            found.extend(words(rest).into_iter().filter_map(|word| {
                let (name, value) = word.split_once('=')?;
                variable(name, Text::read(unquoted(value)), "", place())
            }));
        } else if let Some((name, value)) = rest.split_once(char::is_whitespace) {
            found.extend(variable(name, Text::read(unquoted(value)), "", place()));
        }
    }
    Ok(found)
}

/// Words that quotes keep together.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => {
                words.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `Environment=NAME=text "OTHER=text"`.
pub(super) fn systemd(path: &Path, text: &str) -> Found {
    let unit = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let found = text
        .lines()
        .enumerate()
        .filter_map(|(i, line)| Some((i, line.trim().strip_prefix("Environment=")?)))
        .flat_map(|(i, rest)| {
            words(rest)
                .iter()
                .filter_map(|word| {
                    let (name, value) = unquoted(word).split_once('=')?;
                    variable(name, Text::read(unquoted(value)), &unit, Place::new(path, i + 1))
                })
                .collect::<Vec<_>>()
        });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::super::{Said, read};
    use super::*;

    fn said(path: &str, text: &str) -> Vec<String> {
        read(Path::new(path), text)
            .unwrap()
            .into_iter()
            .map(|setting| match setting.said {
                Said::Variable { name, text: Text::Known(text) } => {
                    format!("{}: {name}={text}", setting.place)
                }
                other => format!("{}: {other:?}", setting.place),
            })
            .collect()
    }

    #[test]
    fn env_files() {
        let text = "export AWS_REGION=\"us-west-2\"\nOTHER=1\nAWS_STS_REGIONAL_ENDPOINT=regional # typo\n#AWS_PROFILE=x\n";
        assert_eq!(
            said(".env", text),
            [".env:1: AWS_REGION=us-west-2", ".env:3: AWS_STS_REGIONAL_ENDPOINT=regional"]
        );
    }

    #[test]
    fn dockerfiles() {
        let text = "FROM build AS b\nENV AWS_REGION=gone\nFROM run\nENV A=1 \\\n    AWS_REGION=us-west-2 \\\n    AWS_STS_REGIONAL_ENDPOINTS='regional'\nENV AWS_PROFILE dev\n";
        assert_eq!(
            said("Dockerfile", text),
            [
                "Dockerfile:5: AWS_REGION=us-west-2",
                "Dockerfile:6: AWS_STS_REGIONAL_ENDPOINTS=regional",
                "Dockerfile:7: AWS_PROFILE=dev"
            ]
        );
    }

    #[test]
    fn systemd_units() {
        let text = "[Service]\nEnvironment=\"AWS_REGION=eu-west-1\" AWS_SDK_LOAD_CONFIG=1\n";
        assert_eq!(
            said("a.service", text),
            ["a.service:2: AWS_REGION=eu-west-1", "a.service:2: AWS_SDK_LOAD_CONFIG=1"]
        );
    }
}
