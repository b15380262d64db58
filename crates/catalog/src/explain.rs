//! Why an outcome is what it is: every place looked at, every rule applied, and what was there but not looked at.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use sts_endpoint_core::profile::{Dialect, Event};
use sts_endpoint_core::{
    FileKind, Origin, Outcome, ResolutionPolicy, Scenario, Source, Step, Trace, Value, Verdict,
};

use crate::catalog::edit_distance;

/// A place that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The value looked for.
    pub value: Value,
    /// The place.
    pub source: Source,
    /// The text found there, and where exactly.
    pub found: Option<(String, String)>,
    /// What became of it.
    pub verdict: Verdict,
}

/// One step of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explained {
    /// A place was looked at.
    Looked(Looked),
    /// A rule applied.
    Rule(&'static str),
}

/// Something that the scenario holds and the SDK never looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Where it stands: `$AWS_REGION`, `config:3`.
    pub place: String,
    /// What stands there: the text of the variable, or the line's key and value.
    pub text: String,
    /// Why it has no effect, or what may have been meant.
    pub why: String,
    /// The name meant, where the one that stands there looks misspelt.
    pub meant: Option<&'static str>,
}

/// Why an outcome is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// The outcome.
    pub outcome: Outcome<'a>,
    /// The steps, in order.
    pub steps: Vec<Explained>,
    /// What was not looked at.
    pub ignored: Vec<Ignored>,
}

/// Environment variables that decide about an STS endpoint in one SDK or another.
pub const VARIABLES: [&str; 17] = [
    "AMAZON_REGION",
    "AWS_CONFIG_FILE",
    "AWS_DEFAULTS_MODE",
    "AWS_DEFAULT_PROFILE",
    "AWS_DEFAULT_REGION",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_STS",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_ROLE_ARN",
    "AWS_SDK_LOAD_CONFIG",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
];

/// Other variables of AWS SDKs, which no near miss is reported for.
const OTHER_VARIABLES: [&str; 13] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_CA_BUNDLE",
    "AWS_CLI_AUTO_PROMPT",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_EXECUTION_ENV",
    "AWS_MAX_ATTEMPTS",
    "AWS_PAGER",
    "AWS_RETRY_MODE",
    "AWS_ROLE_SESSION_NAME",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_USE_PATH_STYLE_ENDPOINT",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/// Keys of profile files that decide about an STS endpoint in one SDK or another.
pub const KEYS: [&str; 8] = [
    "defaults_mode",
    "endpoint_url",
    "ignore_configured_endpoint_urls",
    "region",
    "services",
    "sts_regional_endpoints",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
];

/// Other keys of profile files, which no near miss is reported for.
const OTHER_KEYS: [&str; 8] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "credential_source",
    "role_arn",
    "source_profile",
    "sso_region",
    "web_identity_token_file",
];

/// The name that a name looks like a misspelling of.
///
/// ```
/// use sts_endpoint::explain::{VARIABLES, near_miss};
///
/// assert_eq!(near_miss("AWS_STS_REGIONAL_ENDPOINT", &VARIABLES), Some("AWS_STS_REGIONAL_ENDPOINTS"));
/// assert_eq!(near_miss("AWS_REGION", &VARIABLES), None);
/// ```
pub fn near_miss(name: &str, known: &[&'static str]) -> Option<&'static str> {
    if known.contains(&name) {
        return None;
    }
    known
        .iter()
        .map(|candidate| {
            let distance = if candidate.eq_ignore_ascii_case(name) {
                0
            } else {
                edit_distance(&name.to_ascii_uppercase(), &candidate.to_ascii_uppercase())
            };
            (distance, *candidate)
        })
        .filter(|(distance, candidate)| *distance <= 1.max(candidate.len() / 12))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Resolves a scenario and keeps every step.
///
/// ```
/// # #[cfg(feature = "boto3")] {
/// use sts_endpoint::{Scenario, explain::explain, policy};
///
/// let found = policy("boto3@latest")?;
/// let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
/// let explanation = explain(&*found.policy, &scenario);
/// assert_eq!(explanation.ignored[0].place, "$AWS_REGION");
/// # }
/// # Ok::<(), sts_endpoint::PolicyError>(())
/// ```
pub fn explain<'a>(policy: &'a dyn ResolutionPolicy, scenario: &'a Scenario) -> Explanation<'a> {
    let mut listener = Listener::default();
    let outcome = policy.resolve_traced(scenario, &mut listener);
    let ignored = listener.not_looked_at(policy, scenario);
    Explanation { outcome, steps: listener.steps, ignored }
}

#[derive(Default)]
struct Listener {
    steps: Vec<Explained>,
    variables: Vec<&'static str>,
    lines: Vec<(FileKind, u32)>,
}

impl Trace for Listener {
    fn step(&mut self, step: Step<'_>) {
        match step {
            Step::Looked { value, source, found, verdict } => {
                if let Source::Variable(name) = source {
                    self.variables.push(name);
                }
                if let Some(Origin::File { file, line, .. }) = found.map(|found| found.origin) {
                    self.lines.push((file, line));
                }
                let found = found.map(|found| (String::from(found.text), found.origin.to_string()));
                self.steps.push(Explained::Looked(Looked { value, source, found, verdict }));
            }
            Step::Rule(rule) => self.steps.push(Explained::Rule(rule)),
            _ => {}
        }
    }

    fn wants_unreached(&self) -> bool {
        true
    }
}

impl Listener {
    fn not_looked_at(&self, policy: &dyn ResolutionPolicy, scenario: &Scenario) -> Vec<Ignored> {
        let id = policy.id();
        let mut ignored = Vec::new();
        for (name, text) in scenario.variables.iter() {
            if self.variables.contains(&name) || OTHER_VARIABLES.contains(&name) {
                continue;
            }
            let meant = near_miss(name, &VARIABLES);
            let why = match meant {
                Some(meant) => alloc::format!("no SDK reads it; did you mean {meant}?"),
                None if VARIABLES.contains(&name) && !is_a_path(name) => {
                    alloc::format!("{id} did not look at it")
                }
                None => continue,
            };
            ignored.push(Ignored { place: alloc::format!("${name}"), text: text.into(), why, meant });
        }
        for file in [&scenario.config, &scenario.credentials].into_iter().flatten() {
            let mut section = String::new();
            for (line, event) in file.events(&Dialect::PLAIN) {
                let (key, value) = match event {
                    Event::Header(header) => {
                        section = alloc::format!("[{}] ", header.text);
                        continue;
                    }
                    Event::Property { key, value } => (key, value),
                    _ => continue,
                };
                if self.lines.contains(&(file.kind(), line)) || OTHER_KEYS.contains(&key) {
                    continue;
                }
                let meant = near_miss(key, &KEYS);
                let why = match meant {
                    Some(meant) => alloc::format!("{id} did not look at it; did you mean {meant}?"),
                    None if KEYS.contains(&key) => alloc::format!("{id} did not look at it"),
                    None => continue,
                };
                ignored.push(Ignored {
                    place: alloc::format!("{}:{line}", file.kind()),
                    text: alloc::format!("{section}{key} = {value}"),
                    why,
                    meant,
                });
            }
        }
        ignored
    }
}

/// Variables that say where files are: whoever made the scenario has read those already.
fn is_a_path(name: &str) -> bool {
    name.ends_with("_FILE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_single_slips_of_known_names() {
        assert_eq!(near_miss("AWS_STS_REGIONAL_ENDPOINT", &VARIABLES), Some("AWS_STS_REGIONAL_ENDPOINTS"));
        assert_eq!(near_miss("aws_region", &VARIABLES), Some("AWS_REGION"));
        assert_eq!(near_miss("AWS_ENDPOINT_URL_S3", &VARIABLES), None);
        assert_eq!(near_miss("AWS_USE_DUAL_STACK_ENDPOINT", &VARIABLES), Some("AWS_USE_DUALSTACK_ENDPOINT"));
        assert_eq!(near_miss("REGION", &KEYS), Some("region"));
        assert_eq!(near_miss("output", &KEYS), None);
    }
}
