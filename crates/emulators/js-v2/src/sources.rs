//! Where JavaScript 2.x looks for region, setting and variants, and how it reads profile files.

use crate::{JsV2, Setting};
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::profile::{FileValue, Reader};
use sts_endpoint_core::{
    Chain, Entry, Failure, FailureCategory, FileKind, Look, ProfileFile, Scenario, Source, Sourced, Value,
    Verdict,
};

/// Whether files are read at all: the switch is on when it is set to anything but nothing.
pub(crate) fn loads_config(scenario: &Scenario) -> bool {
    scenario.non_empty_variable("AWS_SDK_LOAD_CONFIG").is_some()
}

/// `AWS_PROFILE`, else `default`.
pub(crate) fn profile_name(scenario: &Scenario) -> &str {
    scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default")
}

/// A failure of the loader.
pub(crate) fn no_such_file<'a>(kind: FileKind) -> Failure<'a> {
    Failure::new(
        FailureCategory::Other,
        "ENOENT",
        format!("ENOENT: no such file or directory, open '$DIR/{kind}'"),
    )
}

/// A line without its comment: `line.split(/(^|\s)[;#]/)[0]`.
fn without_comment(line: &str) -> &str {
    let mut after_space = true;
    for (at, c) in line.char_indices() {
        if after_space && (c == ';' || c == '#') {
            return &line[..at];
        }
        after_space = c.is_whitespace();
    }
    line
}

/// A section's name: `/^\s*\[([^\[\]]+)\]\s*$/`.
fn header(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?.strip_suffix(']')?;
    (!name.is_empty() && !name.contains(['[', ']'])).then_some(name)
}

/// The name of a section in the config file: `profile ` in front is cut off.
fn name_of(header: &str, kind: FileKind) -> &str {
    match kind {
        FileKind::Config => {
            header.strip_prefix("profile").and_then(|rest| rest.strip_prefix([' ', '\t'])).unwrap_or(header)
        }
        FileKind::Credentials => header,
    }
}

/// A key of a file with the head of its section.
struct Pair<T> {
    head: T,
    key: T,
    value: T,
    line: u32,
}

/// The keys of a file, in order. A section without keys is none (util.js `ini.parse`).
#[derive(Clone, Copy, PartialEq)]
struct Ini {
    ignores_empty_values: bool,
}

impl Reader for Ini {
    type Item<T: Send + Sync> = Pair<T>;

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Pair<&str>> {
        let mut section = None;
        file.lines().filter_map(move |(line, text)| {
            let text = without_comment(text);
            if let Some(header) = header(text) {
                section = Some(header);
                return None;
            }
            let (key, value) = text.split_once('=')?;
            let trimmed = value.trim();
            let value = match (trimmed, self.ignores_empty_values) {
                // The old pattern wants one character at least, and takes a space for it: `=\s*(.+?)\s*$`.
                ("", false) => value.get(..1).unwrap_or(""),
                (trimmed, _) => trimmed,
            };
            let pair = Pair { head: section?, key: key.trim(), value, line };
            (!value.is_empty()).then_some(pair)
        })
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        Pair { head, key, value, line }: &Pair<T>,
        mut text: impl FnMut(&T) -> U,
    ) -> Pair<U> {
        Pair { head: text(head), key: text(key), value: text(value), line: *line }
    }
}

impl JsV2 {
    /// The keys of a file with the heads of their sections, in order.
    fn entries<'a>(&self, file: &'a ProfileFile) -> impl Iterator<Item = (&'a str, FileValue<'a>)> {
        let ini = Ini { ignores_empty_values: self.ignores_empty_values };
        file.read(ini).map(|Pair { head, key, value, line }| {
            (head, FileValue { text: value, file: file.kind(), line, key })
        })
    }

    /// The value of a key in a section of a file; the last one counts.
    fn value<'a>(&self, file: &'a ProfileFile, section: &str, wanted: &str) -> Option<FileValue<'a>> {
        self.entries(file)
            .filter(|(head, value)| name_of(head, file.kind()) == section && value.key == wanted)
            .map(|(_, value)| value)
            .last()
    }

    fn has_section(&self, file: &ProfileFile, section: &str) -> bool {
        self.entries(file).any(|(head, _)| name_of(head, file.kind()) == section)
    }

    /// A config file that names a profile in both ways: `Object.defineProperty` refuses the second one.
    pub(crate) fn redefined(&self, file: &ProfileFile) -> Option<String> {
        let heads = || self.entries(file).map(|(head, _)| head);
        heads()
            .filter_map(|head| Some(name_of(head, FileKind::Config)).filter(|name| *name != head))
            .find(|name| heads().any(|head| head == *name))
            .map(String::from)
    }

    /// The value of a key in the profile that both files make (util.js `getProfilesFromSharedConfig`).
    pub(crate) fn merged<'a>(
        &self,
        scenario: &'a Scenario,
        profile: &str,
        key: &str,
    ) -> Option<FileValue<'a>> {
        let config = scenario.config.as_ref().filter(|_| loads_config(scenario));
        let credentials = scenario.credentials.as_ref();
        let in_credentials = credentials.and_then(|file| self.value(file, profile, key));
        let hidden = !self.merges_profiles && credentials.is_some_and(|file| self.has_section(file, profile));
        in_credentials.or_else(|| config.filter(|_| !hidden).and_then(|file| self.value(file, profile, key)))
    }

    /// Whether both files together have a profile.
    pub(crate) fn has_profile(&self, scenario: &Scenario, profile: &str) -> bool {
        let config = scenario.config.as_ref().filter(|_| loads_config(scenario));
        [config, scenario.credentials.as_ref()]
            .into_iter()
            .flatten()
            .any(|file| self.has_section(file, profile))
    }

    /// The region that is found while the module loads (lib/node_loader.js): variables, and with the switch the files, which
    /// then have to be there, whatever region code gives later.
    ///
    /// # Errors
    ///
    /// Where a file that is wanted is missing or cannot be read.
    pub(crate) fn loaded_region<'a>(
        &self,
        look: &mut Look<'a, '_>,
    ) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        let scenario = look.scenario;
        let mut hit: Option<Sourced<'a>> = None;
        for source in [Source::Variable("AWS_REGION"), Source::Variable("AMAZON_REGION")] {
            let found = look.at(Value::Region, source);
            let verdict = match found {
                _ if hit.is_some() => Verdict::NotReached,
                None => Verdict::Absent,
                Some(found) if found.text.is_empty() => Verdict::Empty,
                Some(_) => Verdict::Used,
            };
            look.tell(Value::Region, source, found, verdict);
            if verdict == Verdict::Used {
                hit = found;
            }
        }
        if !loads_config(scenario) {
            look.note("AWS_SDK_LOAD_CONFIG is not set: no region is taken from the files");
            return Ok(hit);
        }
        if hit.is_some() {
            return Ok(hit);
        }
        let profile = profile_name(scenario);
        for kind in [FileKind::Credentials, FileKind::Config] {
            let Some(file) = scenario.file(kind) else {
                if kind == FileKind::Config || !self.tolerates_missing_credentials {
                    look.note(
                        "with the switch on and no region in the environment, a missing file is an error",
                    );
                    return Err(no_such_file(kind));
                }
                continue;
            };
            if let Some(name) = self.redefined(file).filter(|_| kind == FileKind::Config) {
                return Err(Failure::new(
                    FailureCategory::ConfigParse,
                    "TypeError",
                    format!("Cannot redefine property: {name}"),
                ));
            }
            let found = self.value(file, profile, "region").map(Sourced::file);
            look.tell(
                Value::Region,
                Source::Profile("region"),
                found,
                if found.is_some() { Verdict::Used } else { Verdict::Absent },
            );
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The setting (lib/config_regional_endpoint.js; before 2.581.0 lib/services/sts.js).
    ///
    /// # Errors
    ///
    /// Where a place that is read holds neither legacy nor regional, in any case.
    pub(crate) fn setting<'a>(&self, look: &mut Look<'a, '_>) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        if self.setting == Setting::Unknown {
            return Ok(None);
        }
        let scenario = look.scenario;
        static SETTING: Chain = Chain::new(
            Value::Setting,
            &[
                Source::Code("stsRegionalEndpoints"),
                Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"),
                Source::Profile("sts_regional_endpoints"),
            ],
        );
        let mut hit = None;
        for &source in SETTING.worth_a_look(look) {
            let found = match source {
                Source::Code(_) if scenario.entry != Entry::Client => None,
                Source::Profile(key) => self.setting_in_file(scenario, key),
                source => look.at(Value::Setting, source),
            };
            if hit.is_some() && self.setting == Setting::FirstWins {
                look.tell(Value::Setting, source, found, Verdict::NotReached);
                continue;
            }
            let Some(value) = found else {
                look.tell(Value::Setting, source, None, Verdict::Absent);
                continue;
            };
            if !is_value(value.text) {
                look.tell(Value::Setting, source, found, Verdict::Refused("neither legacy nor regional"));
                return Err(refused(source, value.text));
            }
            look.tell(Value::Setting, source, found, Verdict::Used);
            hit = found;
        }
        let default = match self.default_legacy {
            true => Sourced::default("legacy", "default legacy"),
            false => Sourced::default("regional", "default regional"),
        };
        Ok(Some(hit.unwrap_or(default)))
    }

    fn setting_in_file<'a>(&self, scenario: &'a Scenario, key: &str) -> Option<Sourced<'a>> {
        if !loads_config(scenario) || scenario.config.is_none() {
            // The loader's exception is swallowed, and with it the setting of the file that is there.
            return None;
        }
        if scenario.credentials.is_none() && !self.setting_without_credentials_file {
            return None;
        }
        if scenario.config.as_ref().is_some_and(|file| self.redefined(file).is_some()) {
            return None;
        }
        self.merged(scenario, profile_name(scenario), key).map(Sourced::file)
    }

    /// FIPS or dual-stack: code, variable, profile; only exactly `true` and `false` count.
    pub(crate) fn variant<'a>(&self, look: &mut Look<'a, '_>, chain: &'static Chain) -> Option<Sourced<'a>> {
        let scenario = look.scenario;
        let value = chain.value;
        for &source in chain.worth_a_look(look) {
            let found = match source {
                Source::Code(_) if scenario.entry != Entry::Client => None,
                Source::Profile(key) if loads_config(scenario) => {
                    self.merged(scenario, profile_name(scenario), key).map(Sourced::file)
                }
                Source::Profile(_) => None,
                source => look.at(value, source),
            };
            let boolean = found.filter(|found| matches!(found.text, "true" | "false"));
            let verdict = match (found, boolean) {
                (None, _) => Verdict::Absent,
                (_, Some(_)) => Verdict::Used,
                _ => Verdict::Ignored("neither true nor false"),
            };
            look.tell(value, source, found, verdict);
            if boolean.is_some() {
                return boolean;
            }
        }
        None
    }
}

pub(crate) fn is_value(text: &str) -> bool {
    text.eq_ignore_ascii_case("legacy") || text.eq_ignore_ascii_case("regional")
}

pub(crate) fn refused<'a>(source: Source, text: &str) -> Failure<'a> {
    let (code, what) = match source {
        Source::Variable(_) => {
            ("InvalidEnvironmentalVariable", "AWS_STS_REGIONAL_ENDPOINTS environmental variable")
        }
        Source::Profile(_) => ("InvalidConfiguration", "sts_regional_endpoints profile config"),
        _ => ("InvalidConfiguration", "\"stsRegionalEndpoints\" configuration"),
    };
    Failure::new(
        FailureCategory::InvalidSetting,
        code,
        format!("invalid {what}. Expect \"legacy\"  or \"regional\". Got \"{text}\"."),
    )
}
