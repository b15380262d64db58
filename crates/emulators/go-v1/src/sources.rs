//! Where Go V1 looks for region, setting and variants, and how it reads profile files.

use crate::GoV1;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::profile::{Dialect, Event, FileValue, Indented, InlineComments, Malformed, Section};
use sts_endpoint_core::scenario::Construction;
use sts_endpoint_core::{
    Accept, Chain, Entry, Failure, FailureCategory, FileKind, Look, NoProfile, Profile, ProfileFile,
    Scenario, Source, Sourced, Trace, Value, Verdict,
};

/// internal/ini: `#` and `;` start a comment behind white space; keys are case-sensitive; `[ default ]` is `[default]`.
static DIALECT: Dialect = Dialect {
    comment_starts: "#;",
    indented_comments: true,
    inline_comments: InlineComments::AfterSpace("#;"),
    indented: Indented::Property,
    trim_headers: true,
    ..Dialect::PLAIN
};

/// Whether shared config loading is on: strconv.ParseBool of AWS_SDK_LOAD_CONFIG, or SharedConfigEnable in code.
pub(crate) fn shared_config(scenario: &Scenario) -> bool {
    scenario.construction == Some(Construction::Shared)
        || matches!(
            scenario.variable("AWS_SDK_LOAD_CONFIG"),
            Some("1" | "t" | "T" | "true" | "TRUE" | "True")
        )
}

/// The profile in use: its section in either file.
pub(crate) struct Profiles<'a> {
    credentials: Option<Section<'a>>,
    config: Option<Section<'a>>,
    /// Whether region and settings are taken from the files at all.
    shared: bool,
}

impl<'a> Profile<'a> for Profiles<'a> {
    /// The credentials file is merged after the config file (aws/session/shared_config.go `loadSharedConfig`).
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if self.shared { self.any(key) } else { None }
    }
}

impl<'a> Profiles<'a> {
    fn any(&self, key: &str) -> Option<FileValue<'a>> {
        let found = |section: Option<Section<'a>>| section?.get(key);
        found(self.credentials).or_else(|| found(self.config))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.any(key).is_some_and(|value| !value.text.is_empty())
    }
}

/// `[dev]` is tried before `[profile dev]`, in either file (`setFromIniFile`).
fn section<'a>(file: Option<&'a ProfileFile>, name: &'a str) -> Option<Section<'a>> {
    let file = file?;
    let plain = Section::named(file, &DIALECT, name);
    if plain.exists() {
        return Some(plain);
    }
    Some(Section::of_kind(file, &DIALECT, "profile", name)).filter(Section::exists)
}

impl GoV1 {
    /// The profile in use: AWS_PROFILE, with shared config on also AWS_DEFAULT_PROFILE (aws/session/env_config.go). A profile
    /// that does not exist is no error.
    ///
    /// # Errors
    ///
    /// Where a file that is read does not parse.
    pub(crate) fn profiles<'a>(
        &self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Profiles<'a>, Failure<'a>> {
        const PLAIN: Chain = Chain::new(Value::Profile, &[Source::Variable("AWS_PROFILE")]);
        const SHARED: Chain = Chain::new(
            Value::Profile,
            &[Source::Variable("AWS_PROFILE"), Source::Variable("AWS_DEFAULT_PROFILE")],
        );
        let shared = shared_config(scenario);
        let mut look = Look::new(scenario, &NoProfile, trace);
        look.tell(
            Value::LoadConfig,
            Source::Variable("AWS_SDK_LOAD_CONFIG"),
            look.at(Value::LoadConfig, Source::Variable("AWS_SDK_LOAD_CONFIG")),
            if shared { Verdict::Used } else { Verdict::Absent },
        );
        if !shared {
            look.note("shared config loading is off: no region and no setting is taken from the files");
        }
        let chain = if shared { SHARED } else { PLAIN };
        let name = chain.first(&mut look, Accept::NonEmpty).map_or("default", |named| named.text);
        let config = scenario.file(FileKind::Config).filter(|_| shared);
        let credentials = scenario.file(FileKind::Credentials);
        for file in [config, credentials].into_iter().flatten() {
            parses(file)?;
        }
        Ok(Profiles { credentials: section(credentials, name), config: section(config, name), shared })
    }

    /// The region: code (there even when empty, unless given to the session), else environment and profile.
    pub(crate) fn region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Region, &[Source::Code("Config.Region")]);
        const PLAIN: Chain = Chain::new(Value::Region, &[Source::Variable("AWS_REGION")]);
        const SHARED: Chain = Chain::new(
            Value::Region,
            &[
                Source::Variable("AWS_REGION"),
                Source::Variable("AWS_DEFAULT_REGION"),
                Source::Profile("region"),
            ],
        );
        let to_session =
            look.scenario.construction == Some(Construction::Session) || look.scenario.entry != Entry::Client;
        let accept = if to_session { Accept::NonEmpty } else { Accept::Present };
        let shared = shared_config(look.scenario);
        CODE.first(look, accept)
            .or_else(|| (if shared { SHARED } else { PLAIN }).first(look, Accept::NonEmpty))
    }

    /// The setting: code, variable, profile, default. A wrong value anywhere fails, a better source or not.
    ///
    /// # Errors
    ///
    /// Where a variable or a file has another value than legacy and regional (in any case).
    pub(crate) fn setting<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Setting, &[Source::Code("Config.STSRegionalEndpoint")]);
        const CONFIGURED: Chain = Chain::new(
            Value::Setting,
            &[Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"), Source::Profile("sts_regional_endpoints")],
        );
        if !self.setting {
            return None;
        }
        let overwritten =
            self.loses_session_setting && look.scenario.construction == Some(Construction::Session);
        let code = if overwritten { None } else { CODE.first(look, Accept::NonEmpty) };
        let default = if self.default_legacy {
            Sourced::default("legacy", "default legacy")
        } else {
            Sourced::default("regional", "default regional")
        };
        Some(
            code.or_else(|| {
                self.sees_environment(look).then(|| CONFIGURED.first(look, Accept::NonEmpty)).flatten()
            })
            .unwrap_or(default),
        )
    }

    /// `session.New` with shared config off sees neither the setting nor the variants of the environment.
    pub(crate) fn sees_environment(&self, look: &mut Look<'_, '_>) -> bool {
        let sees = look.scenario.construction != Some(Construction::New) || shared_config(look.scenario);
        if !sees {
            look.note("session.New with shared config off ignores AWS_STS_REGIONAL_ENDPOINTS and the variant variables");
        }
        sees
    }

    /// Every setting's text is checked when the session is made (aws/session/env_config.go `loadEnvConfig`, shared_config.go
    /// `setFromIniFile`).
    ///
    /// # Errors
    ///
    /// Where one is refused.
    pub(crate) fn check_settings<'a>(
        &self,
        scenario: &'a Scenario,
        profiles: &Profiles<'a>,
        trace: &mut dyn Trace,
    ) -> Result<(), Failure<'a>> {
        let loading = match scenario.construction {
            Some(Construction::Shared) => "failed to load shared config, ",
            Some(Construction::New) if shared_config(scenario) => "failed to load shared config, ",
            // The deprecated constructor keeps the error for the first call, as it is.
            Some(Construction::New) => "",
            _ => "failed to load environment config, ",
        };
        let refused = |text: &str| {
            !text.is_empty() && !text.eq_ignore_ascii_case("legacy") && !text.eq_ignore_ascii_case("regional")
        };
        let fail =
            |message: String| Failure::new(FailureCategory::InvalidSetting, "*errors.errorString", message);
        let mut look = Look::new(scenario, profiles, trace);
        if self.setting {
            let name = "AWS_STS_REGIONAL_ENDPOINTS";
            if let Some(text) = scenario.variable(name).filter(|text| refused(text)) {
                let found = look.at(Value::Setting, Source::Variable(name));
                look.tell(
                    Value::Setting,
                    Source::Variable(name),
                    found,
                    Verdict::Refused("neither legacy nor regional"),
                );
                return Err(fail(format!(
                    "{loading}failed to load, {name} from env config, unable to resolve the value of STSRegionalEndpoint for {text}"
                )));
            }
        }
        if self.variants {
            for (value, name) in
                [(Value::DualStack, "AWS_USE_DUALSTACK_ENDPOINT"), (Value::Fips, "AWS_USE_FIPS_ENDPOINT")]
            {
                let Some(text) = scenario.non_empty_variable(name).filter(|text| !is_bool(text)) else {
                    continue;
                };
                let found = look.at(value, Source::Variable(name));
                look.tell(value, Source::Variable(name), found, Verdict::Refused("neither true nor false"));
                return Err(fail(format!(
                    "{loading}invalid value for environment variable, {name}={text}, need true, false"
                )));
            }
        }
        let key = "sts_regional_endpoints";
        if self.setting && profiles.shared {
            for section in [profiles.config, profiles.credentials].into_iter().flatten() {
                let Some(value) = section.get(key).filter(|value| refused(value.text)) else { continue };
                look.tell(
                    Value::Setting,
                    Source::Profile(key),
                    Some(Sourced::file(value)),
                    Verdict::Refused("neither legacy nor regional"),
                );
                let named = if self.names_file_key { key } else { "[AWS_STS_REGIONAL_ENDPOINTS]" };
                let path = section.file().path().map_or_else(|| format!("$DIR/{}", value.file), Into::into);
                return Err(fail(format!(
                    "failed to load {named} from shared config, {path}, unable to resolve the value of STSRegionalEndpoint for {}",
                    value.text
                )));
            }
        }
        Ok(())
    }

    /// FIPS or dual-stack: code, variable, profile; a profile's text that is no boolean means off.
    pub(crate) fn variant<'a>(
        &self,
        look: &mut Look<'a, '_>,
        value: Value,
        (code, variable, key): (&'static str, &'static str, &'static str),
    ) -> Option<Sourced<'a>> {
        if !self.variants {
            return None;
        }
        let internal = look.scenario.entry != Entry::Client;
        if !internal {
            let found = look.at(value, Source::Code(code));
            look.tell(
                value,
                Source::Code(code),
                found,
                if found.is_some() { Verdict::Used } else { Verdict::Absent },
            );
            if found.is_some() {
                return found;
            }
        }
        if internal && !self.provider_variants {
            look.note("the client inside the provider is built before FIPS and dual-stack are read (1.42.0 to 1.44.232)");
            return None;
        }
        if !self.sees_environment(look) {
            return None;
        }
        for source in [Source::Variable(variable), Source::Profile(key)] {
            let found = look.at(value, source);
            let verdict = match found {
                Some(found) if !found.text.is_empty() => Verdict::Used,
                Some(_) => Verdict::Empty,
                None => Verdict::Absent,
            };
            look.tell(value, source, found, verdict);
            if verdict == Verdict::Used {
                return found;
            }
        }
        None
    }
}

pub(crate) fn is_bool(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// internal/ini refuses a section header without its bracket: what follows, line ends left out, lands in one token.
fn parses<'a>(file: &'a ProfileFile) -> Result<(), Failure<'a>> {
    let Some((line, _)) =
        file.events(&DIALECT).find(|(_, event)| *event == Event::Malformed(Malformed::UnclosedHeader))
    else {
        return Ok(());
    };
    let mut bytes = String::new();
    let rest = file.lines().skip_while(|(number, _)| *number < line).map(|(_, text)| text);
    for byte in rest.flat_map(str::bytes).skip_while(|byte| *byte == b'[').take(120) {
        if !bytes.is_empty() {
            bytes.push(' ');
        }
        bytes.push_str(&format!("{byte}"));
    }
    let path = file.path().map_or_else(|| format!("$DIR/{}", file.kind()), Into::into);
    Err(Failure::new(
        FailureCategory::ConfigParse,
        "INIParseError",
        format!(
            "SharedConfigLoadError: failed to load config file, {path}\ncaused by: INIParseError: invalid state with ASTKind {{section_stmt {{1 STRING 0 [{bytes}]}}}}"
        ),
    ))
}
