//! Where JavaScript 3.x looks for region, variants and endpoint override, and how it reads profile files.

use crate::JsV3;
use sts_endpoint_core::profile::{FileValue, Reader};
use sts_endpoint_core::{
    Chain, FileKind, Look, Profile, ProfileFile, Scenario, Source, Sourced, Value, Verdict,
};

/// shared-ini-file-loader `parseIni`: comments behind white space; keys are case-sensitive; `[ default ]` is another section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ini {
    /// A value of white space alone is its last character ([`JsV3::keeps_blank_values`]).
    keeps_blank_values: bool,
    /// What is indented below a key without value belongs to it ([`JsV3::sub_sections`]).
    sub_sections: bool,
}

/// A key with the header of its section, and the sub-section it stands in.
struct Pair<T> {
    section: T,
    within: Option<T>,
    key: T,
    value: T,
    line: u32,
}

impl Reader for Ini {
    type Item<T: Send + Sync> = Pair<T>;

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Pair<&str>> {
        let (mut section, mut within) = (None, None);
        file.lines().filter_map(move |(line, text)| {
            let text = without_comment(text.strip_suffix('\r').unwrap_or(text));
            let trimmed = text.trim();
            if let Some(header) = trimmed.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
                section = Some(header).filter(|header| !header.is_empty());
                within = None;
                return None;
            }
            let section = section?;
            let (key, behind) = text.split_once('=')?;
            let (key, value) = (key.trim(), behind.trim());
            if key.is_empty() {
                return None;
            }
            // The old pattern wants one character at least, and takes a space for it: `=\s*(.+?)\s*$`.
            let blank = behind.len().checked_sub(1).and_then(|last| behind.get(last..)).unwrap_or("");
            let value = if value.is_empty() && self.keeps_blank_values { blank } else { value };
            if value.is_empty() {
                within = Some(key).filter(|_| self.sub_sections);
                return None;
            }
            if text.trim_start() == text {
                within = None;
            }
            Some(Pair { section, within, key, value, line })
        })
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        Pair { section, within, key, value, line }: &Pair<T>,
        mut text: impl FnMut(&T) -> U,
    ) -> Pair<U> {
        let within = within.as_ref().map(&mut text);
        Pair { section: text(section), within, key: text(key), value: text(value), line: *line }
    }
}

/// A line without its comment: `line.split(/(^|\s)[;#]/)[0]`.
fn without_comment(line: &str) -> &str {
    let mut behind_space = Some(0);
    for (at, c) in line.char_indices() {
        if let Some(space) = behind_space
            && (c == ';' || c == '#')
        {
            return &line[..space];
        }
        behind_space = c.is_whitespace().then_some(at);
    }
    line
}

/// Which of the two files wins where both have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preferred {
    /// `preferredFile: "credentials"`: the region.
    Credentials,
    /// The default of node-config-provider: everything else.
    Config,
}

/// A profile as the SDK reads it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profiles<'a> {
    scenario: &'a Scenario,
    name: &'a str,
    preferred: Preferred,
    ini: Ini,
}

/// `AWS_PROFILE`, an empty text counting as unset.
pub(crate) fn profile_name(scenario: &Scenario) -> &str {
    scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default")
}

impl<'a> Profiles<'a> {
    pub(crate) fn new(policy: &JsV3, scenario: &'a Scenario, name: &'a str, preferred: Preferred) -> Self {
        let &JsV3 { keeps_blank_values, sub_sections, .. } = policy;
        Self { scenario, name, preferred, ini: Ini { keeps_blank_values, sub_sections } }
    }

    fn in_file(&self, kind: FileKind, key: &str) -> Option<FileValue<'a>> {
        let file = self.scenario.file(kind)?;
        let plain = |header: &str| header == self.name;
        let prefixed = |header: &str| is_prefixed("profile", header, self.name);
        match kind {
            FileKind::Credentials => self.last(file, None, key, plain),
            // `[profile default]` stands for `[default]` (shared-ini-file-loader `getConfigData`).
            FileKind::Config if self.name == "default" && !self.has(file, prefixed) => {
                self.last(file, None, key, plain)
            }
            FileKind::Config => self.last(file, None, key, prefixed),
        }
    }

    /// Whether there is a key in a section that fits: a section without keys is none.
    fn has(&self, file: &ProfileFile, is: impl Fn(&str) -> bool) -> bool {
        file.read(self.ini).any(|pair| is(pair.section))
    }

    /// The last value of a key in the sections that fit, or in a sub-section of theirs.
    fn last(
        &self,
        file: &'a ProfileFile,
        within: Option<&str>,
        key: &str,
        is: impl Fn(&str) -> bool,
    ) -> Option<FileValue<'a>> {
        file.read(self.ini)
            .filter(|pair| pair.key == key && pair.within == within && is(pair.section))
            .map(|Pair { key, value: text, line, .. }| FileValue { text, file: file.kind(), line, key })
            .last()
    }

    /// `endpoint_url` of `sts` in the profile's `services` section.
    pub(crate) fn service_endpoint(&self) -> Option<FileValue<'a>> {
        let name = self.get("services")?;
        let file = self.scenario.config.as_ref()?;
        let is = |header: &str| is_prefixed("services", header, name.text);
        self.last(file, Some("sts"), "endpoint_url", is)
    }
}

/// `/^profile\s(["'])?(...)\1$/`: one space, and a name in quotes or not.
fn is_prefixed(kind: &str, header: &str, name: &str) -> bool {
    header.strip_prefix(kind).and_then(|rest| rest.strip_prefix([' ', '\t'])).is_some_and(|rest| {
        let quoted = |quote: char| rest.strip_prefix(quote)?.strip_suffix(quote);
        quoted('"').or_else(|| quoted('\'')).unwrap_or(rest) == name
    })
}

impl<'a> Profile<'a> for Profiles<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        let (credentials, config) =
            (self.in_file(FileKind::Credentials, key), self.in_file(FileKind::Config, key));
        match self.preferred {
            Preferred::Credentials => credentials.or(config),
            Preferred::Config => config.or(credentials),
        }
    }
}

impl JsV3 {
    /// The region of a client (config-resolver `NODE_REGION_CONFIG_OPTIONS`): code, AWS_REGION even when empty, the profile with
    /// the credentials file first, instance metadata.
    pub(crate) fn region<'a>(&self, look: &mut Look<'a, '_>, in_code: bool) -> Option<Sourced<'a>> {
        let scenario = look.scenario;
        let mut hit = None;
        let mut take = |look: &mut Look<'a, '_>, source: Source, found: Option<Sourced<'a>>| {
            let verdict = match (hit, found) {
                (Some(_), _) => Verdict::NotReached,
                (None, Some(_)) => Verdict::Used,
                (None, None) => Verdict::Absent,
            };
            look.tell(Value::Region, source, found, verdict);
            hit = hit.or(found);
        };
        if in_code {
            let source = Source::Code("region");
            // An empty text in code counts as none, and nothing else is looked at.
            let found = look.at(Value::Region, source);
            take(look, source, found);
        }
        for source in [Source::Variable("AWS_REGION"), Source::Profile("region")] {
            let found = look.at(Value::Region, source);
            take(look, source, found);
        }
        if self.metadata_region {
            let disabled = scenario.non_empty_variable("AWS_EC2_METADATA_DISABLED").is_some();
            // @smithy/core `getInstanceMetadataRegion`: an empty answer is none.
            let found = look
                .at(Value::Region, Source::Metadata)
                .filter(|region| !disabled && !region.text.is_empty());
            take(look, Source::Metadata, found);
        }
        hit
    }

    /// FIPS or dual-stack: code, variable, profile with the config file first; only exactly `true` and `false` count.
    pub(crate) fn variant<'a>(
        &self,
        look: &mut Look<'a, '_>,
        chain: &'static Chain,
        in_code: bool,
    ) -> Option<Sourced<'a>> {
        if !self.variants {
            return None;
        }
        let value = chain.value;
        for &source in chain.worth_a_look(look) {
            if matches!(source, Source::Code(_)) && !in_code {
                continue;
            }
            let found = look.at(value, source);
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

    /// The configured endpoint override (middleware-endpoint `getEndpointUrlConfig`): the two variables, the profile's services
    /// section, its endpoint_url. The flag says whether it was found in code.
    pub(crate) fn endpoint<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profiles: &Profiles<'a>,
        in_code: bool,
    ) -> Option<(Sourced<'a>, bool)> {
        if in_code {
            let source = Source::Code("endpoint");
            let found = look.at(Value::EndpointUrl, source);
            look.tell(
                Value::EndpointUrl,
                source,
                found,
                if found.is_some() { Verdict::Used } else { Verdict::Absent },
            );
            if let Some(found) = found {
                return Some((found, true));
            }
        }
        if !self.configured_endpoints {
            return None;
        }
        static IGNORE: Chain = Chain::new(
            Value::IgnoreEndpointUrls,
            &[
                Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
                Source::Profile("ignore_configured_endpoint_urls"),
            ],
        );
        static CONFIGURED: Chain = Chain::new(
            Value::EndpointUrl,
            &[
                Source::Variable("AWS_ENDPOINT_URL_STS"),
                Source::Variable("AWS_ENDPOINT_URL"),
                Source::Profile("services: sts: endpoint_url"),
                Source::Profile("endpoint_url"),
            ],
        );
        if self.ignore_switch {
            for &source in IGNORE.worth_a_look(look) {
                let found = look.at(Value::IgnoreEndpointUrls, source);
                let boolean = found.filter(|found| matches!(found.text, "true" | "false"));
                let verdict = if boolean.is_some() { Verdict::Used } else { Verdict::Absent };
                look.tell(Value::IgnoreEndpointUrls, source, found, verdict);
                match boolean {
                    Some(found) if found.text == "true" => return None,
                    Some(_) => break,
                    None => {}
                }
            }
        }
        for &source in CONFIGURED.worth_a_look(look) {
            let found = match source {
                Source::Profile("services: sts: endpoint_url") => {
                    profiles.service_endpoint().map(Sourced::file)
                }
                source => look.at(Value::EndpointUrl, source),
            };
            let verdict = match found {
                Some(found) if found.text.is_empty() => Verdict::Empty,
                Some(_) => Verdict::Used,
                None => Verdict::Absent,
            };
            look.tell(Value::EndpointUrl, source, found, verdict);
            if verdict == Verdict::Used {
                return found.map(|found| (found, false));
            }
        }
        None
    }
}
