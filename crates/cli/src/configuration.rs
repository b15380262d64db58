//! Flags, this process and its files -> a scenario. The only room that reads from outside.

use crate::arguments::Configuration;
use crate::trouble::Trouble;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use sts_endpoint::profile::ProfileFile;
use sts_endpoint::{FileKind, Scenario};

/// The largest file that is taken for a profile file, an env file, a mapping or a scenario: 16 MiB. Real ones have kilobytes.
const LARGEST_FILE: u64 = 16 << 20;

/// Keys and variables whose values are blanked as they are read: they decide nothing, and are nobody's business.
const SECRETS: [&str; 5] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "aws_security_token",
    "aws_container_authorization_token",
];

/// What a secret's value is replaced with.
const BLANKED: &str = "BLANKED";

impl Configuration {
    /// The scenario that the flags describe.
    pub(crate) fn read(&self) -> Result<Scenario, Trouble> {
        let mut scenario = match &self.scenario {
            Some(path) => read_scenario(path)?,
            None => Scenario::new(),
        };
        let own_process = !self.no_env && self.scenario.is_none();
        if own_process {
            read_process(&mut scenario)?;
        }
        if let Some(path) = &self.env_file {
            read_env_file(path, &mut scenario)?;
        }
        for pair in &self.env {
            let (name, text) = pair
                .split_once('=')
                .filter(|(name, _)| !name.is_empty())
                .ok_or_else(|| Trouble::Usage(format!("--env wants NAME=TEXT, not `{pair}`")))?;
            set_variable(&mut scenario, name, text);
        }
        self.set_flags(&mut scenario);
        let found = |kind, named: &Option<PathBuf>, variable: &str| -> Result<Option<ProfileFile>, Trouble> {
            if let Some(path) = named {
                return read_profile_file(kind, path).map(Some);
            }
            if !own_process {
                return Ok(None);
            }
            let path = match scenario.non_empty_variable(variable) {
                Some(path) => PathBuf::from(path),
                None => match std::env::home_dir() {
                    Some(home) => home.join(".aws").join(kind.name()),
                    None => return Ok(None),
                },
            };
            // The SDKs take a file that is not there for an empty one, the one that a variable names too.
            if path.try_exists().is_ok_and(|exists| !exists) {
                return Ok(None);
            }
            read_profile_file(kind, &path).map(Some)
        };
        let config = found(FileKind::Config, &self.config_file, "AWS_CONFIG_FILE")?;
        let credentials =
            found(FileKind::Credentials, &self.credentials_file, "AWS_SHARED_CREDENTIALS_FILE")?;
        scenario.config = config.or(scenario.config);
        scenario.credentials = credentials.or(scenario.credentials);
        Ok(scenario)
    }

    fn set_flags(&self, scenario: &mut Scenario) {
        let variables = [
            ("AWS_PROFILE", self.profile.as_deref()),
            ("AWS_STS_REGIONAL_ENDPOINTS", self.setting.as_deref()),
            ("AWS_USE_FIPS_ENDPOINT", self.fips.then_some("true")),
            ("AWS_USE_DUALSTACK_ENDPOINT", self.dualstack.then_some("true")),
        ];
        for (name, text) in variables {
            if let Some(text) = text {
                scenario.variables.set(name, text);
            }
        }
        if let Some(region) = &self.region {
            scenario.code.region = Some(region.clone());
        }
        if let Some(url) = &self.endpoint_url {
            scenario.code.endpoint = Some(url.clone());
        }
        if let Some(region) = &self.imds_region {
            scenario.imds_region = Some(region.clone());
        }
        if let Some(entry) = self.entry {
            scenario.entry = entry;
        }
        if let Some(operation) = self.operation {
            scenario.operation = operation;
        }
    }
}

fn is_secret(name: &str) -> bool {
    SECRETS.iter().any(|secret| secret.eq_ignore_ascii_case(name))
}

fn set_variable(scenario: &mut Scenario, name: &str, text: &str) {
    scenario.variables.set(name, if is_secret(name) { BLANKED } else { text });
}

/// The variables of this process that concern an AWS SDK.
fn read_process(scenario: &mut Scenario) -> Result<(), Trouble> {
    for (name, text) in std::env::vars_os() {
        let Some(name) = name.to_str().filter(|name| name.starts_with("AWS_") || name.starts_with("AMAZON_"))
        else {
            continue;
        };
        if is_secret(name) {
            continue;
        }
        let text = text.into_string().map_err(|_| {
            Trouble::Usage(format!("the variable {name} is not UTF-8; expected text, or --no-env"))
        })?;
        set_variable(scenario, name, &text);
    }
    Ok(())
}

fn read_env_file(path: &Path, scenario: &mut Scenario) -> Result<(), Trouble> {
    let text = read_text(path)?;
    for pair in dotenvy::from_read_iter(text.as_bytes()) {
        match pair {
            Ok((name, value)) => set_variable(scenario, &name, &value),
            Err(dotenvy::Error::LineParse(content, column)) => {
                let line = text.lines().position(|line| line.trim() == content.trim()).map_or(0, |at| at + 1);
                return Err(Trouble::Place {
                    path: path.display().to_string(),
                    line,
                    column: column + 1,
                    what: "expected NAME=TEXT".into(),
                });
            }
            Err(error) => return Err(Trouble::file(path, error)),
        }
    }
    Ok(())
}

fn read_scenario(path: &Path) -> Result<Scenario, Trouble> {
    let text = read_text(path)?;
    let mut scenario: Scenario = serde_json::from_str(&text).map_err(|error| Trouble::Place {
        path: path.display().to_string(),
        line: error.line(),
        column: error.column(),
        what: format!("expected one scenario as JSON: {error}"),
    })?;
    let variables: Vec<(String, String)> =
        scenario.variables.iter().map(|(name, text)| (name.into(), text.into())).collect();
    for (name, text) in variables {
        set_variable(&mut scenario, &name, &text);
    }
    scenario.config = scenario.config.map(|file| blank_secrets(FileKind::Config, file.text()));
    scenario.credentials = scenario.credentials.map(|file| blank_secrets(FileKind::Credentials, file.text()));
    Ok(scenario)
}

fn read_profile_file(kind: FileKind, path: &Path) -> Result<ProfileFile, Trouble> {
    let text = read_text(path)?;
    Ok(blank_secrets(kind, &text).at_path(&path.display().to_string()))
}

/// The text of a file, of sane size and in UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String, Trouble> {
    let file = File::open(path).map_err(|error| Trouble::file(path, error))?;
    let metadata = file.metadata().map_err(|error| Trouble::file(path, error))?;
    if metadata.is_dir() {
        return Err(Trouble::file(path, "is a directory; expected a file"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| Trouble::file(path, error))?;
    if bytes.len() as u64 > LARGEST_FILE {
        let what = match metadata.len() {
            size if size > LARGEST_FILE => {
                format!("has {} MiB; expected at most {} MiB", size >> 20, LARGEST_FILE >> 20)
            }
            _ => format!("does not end; expected at most {} MiB", LARGEST_FILE >> 20),
        };
        return Err(Trouble::file(path, what));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line_start = valid.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        Trouble::Place {
            path: path.display().to_string(),
            line: valid.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: String::from_utf8_lossy(&valid[line_start..]).chars().count() + 1,
            what: "is not UTF-8; expected text".into(),
        }
    })
}

/// A profile file with the values of its secrets blanked; every line stays where it is.
fn blank_secrets(kind: FileKind, text: &str) -> ProfileFile {
    let mut blanked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.find(['=', ':']) {
            Some(at) if is_secret(line[..at].trim()) => {
                blanked.push_str(&line[..=at]);
                if !line[at + 1..].trim().is_empty() {
                    blanked.push(' ');
                    blanked.push_str(BLANKED);
                }
                if line.ends_with('\n') {
                    blanked.push('\n');
                }
            }
            _ => blanked.push_str(line),
        }
    }
    ProfileFile::new(kind, &blanked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_blanked_and_lines_stay_where_they_are() {
        let file = blank_secrets(
            FileKind::Credentials,
            "[default]\naws_access_key_id = AKIDREAL\nAWS_SECRET_ACCESS_KEY=real\nregion = us-west-2\n",
        );
        assert_eq!(
            file.text(),
            "[default]\naws_access_key_id = BLANKED\nAWS_SECRET_ACCESS_KEY= BLANKED\nregion = us-west-2\n"
        );
    }
}
