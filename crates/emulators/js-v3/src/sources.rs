//! Where JavaScript 3.x looks for region, variants and endpoint override, and how it reads profile files.

use crate::JsV3;
use sts_endpoint_core::profile::{Dialect, Event, FileValue, Header, InlineComments};
use sts_endpoint_core::{
    Chain, FileKind, Look, Profile, ProfileFile, Scenario, Source, Sourced, Value, Verdict,
};

/// shared-ini-file-loader `parseIni`: comments behind white space; keys are case-sensitive; `[ default ]` is another section.
static DIALECT: Dialect =
    Dialect { indented_comments: true, inline_comments: InlineComments::AfterSpace("#;"), ..Dialect::PLAIN };

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
    /// A value of white space alone is its last character ([`JsV3::keeps_blank_values`]).
    keeps_blank_values: bool,
    /// What is indented below a key without value belongs to it ([`JsV3::sub_sections`]).
    sub_sections: bool,
}

/// `AWS_PROFILE`, an empty text counting as unset.
pub(crate) fn profile_name(scenario: &Scenario) -> &str {
    scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default")
}

impl<'a> Profiles<'a> {
    pub(crate) fn new(policy: &JsV3, scenario: &'a Scenario, name: &'a str, preferred: Preferred) -> Self {
        let &JsV3 { keeps_blank_values, sub_sections, .. } = policy;
        Self { scenario, name, preferred, keeps_blank_values, sub_sections }
    }

    fn in_file(&self, kind: FileKind, key: &str) -> Option<FileValue<'a>> {
        let file = self.scenario.file(kind)?;
        match kind {
            FileKind::Credentials => self.named(file, key),
            // `[profile default]` is laid over `[default]` (shared-ini-file-loader `getConfigData`).
            FileKind::Config if self.name == "default" => {
                self.prefixed(file, key).or_else(|| self.named(file, key))
            }
            FileKind::Config => self.prefixed(file, key),
        }
    }

    fn named(&self, file: &'a ProfileFile, key: &str) -> Option<FileValue<'a>> {
        self.last(file, key, |header| header == self.name)
    }

    fn prefixed(&self, file: &'a ProfileFile, key: &str) -> Option<FileValue<'a>> {
        self.last(file, key, |header| {
            header.strip_prefix("profile").is_some_and(|rest| {
                rest.starts_with([' ', '\t']) && rest.trim().trim_matches(['"', '\'']) == self.name
            })
        })
    }

    /// The keys in the sections that fit, in order, each with the sub-section it stands in (`parseIni`): a key without value opens
    /// one, and the next key that is not indented ends it. An indented line elsewhere is a key like any.
    fn keys(
        &self,
        file: &'a ProfileFile,
        is: impl Fn(Header<&str>) -> bool,
    ) -> impl Iterator<Item = (Option<&'a str>, FileValue<'a>)> {
        let &Self { keeps_blank_values, sub_sections, .. } = self;
        let (mut inside, mut sub_section) = (false, None);
        file.events(&DIALECT).filter_map(move |(line, event)| {
            let (key, text, indented) = match event {
                Event::Header(header) => {
                    inside = is(header);
                    sub_section = None;
                    return None;
                }
                Event::Property { key, value } => (key, value, false),
                Event::Nested { key, value, .. } => (key, value, true),
                Event::Continuation { .. } | Event::Malformed(_) => return None,
            };
            if !inside || key.is_empty() {
                return None;
            }
            let text = if text.is_empty() && keeps_blank_values { blank(file, line) } else { text };
            if text.is_empty() {
                sub_section = Some(key).filter(|_| sub_sections);
                return None;
            }
            if !indented {
                sub_section = None;
            }
            Some((sub_section, FileValue { text, file: file.kind(), line, key }))
        })
    }

    /// The last value of a key in the sections that fit.
    fn last(&self, file: &'a ProfileFile, wanted: &str, is: impl Fn(&str) -> bool) -> Option<FileValue<'a>> {
        let keys = self.keys(file, |header| is(header.text));
        keys.filter(|(within, value)| within.is_none() && value.key == wanted).map(|(_, value)| value).last()
    }

    /// `endpoint_url` of `sts` in the profile's `services` section.
    pub(crate) fn service_endpoint(&self) -> Option<FileValue<'a>> {
        let name = self.get("services")?;
        let file = self.scenario.config.as_ref()?;
        let keys = self.keys(file, |header| header.split() == (Some("services"), name.text));
        keys.filter(|(within, value)| *within == Some("sts") && value.key == "endpoint_url")
            .map(|(_, value)| value)
            .last()
    }
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

/// The white space that ends a line.
fn blank(file: &ProfileFile, line: u32) -> &str {
    let text = file.text().lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let start = text.len() - usize::from(text.ends_with([' ', '\t']));
    text.get(start..).unwrap_or_default()
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
