//! How Go V1 reads profile files, and which STS call the credentials of a profile make.

use crate::GoV1;
use crate::sources::{bare_session, is_refused_setting, shared_config};
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::go_ini::{GoIni, Grammar, Item, Property};
use sts_endpoint_core::profile::FileValue;
use sts_endpoint_core::scenario::Construction;
use sts_endpoint_core::{
    Entry, Failure, FailureCategory, FileKind, Look, NoProfile, Profile, ProfileFile, Scenario, Source,
    Sourced, Trace, Value, Verdict,
};

/// A file that parses.
#[derive(Clone, Copy)]
struct Parsed<'a> {
    file: &'a ProfileFile,
    ini: GoIni<'a>,
}

impl<'a> Parsed<'a> {
    /// The last of equal keys, in the last of equal sections: a section's header empties it.
    fn property(&self, name: &str, key: &str) -> Option<Property<&'a str>> {
        if !self.file.may_mention(key) {
            return None;
        }
        let (mut inside, mut found) = (None, [None, None]);
        let mut is_plain = false;
        for item in self.ini.items() {
            match item {
                Item::Section(section) => {
                    inside = [("", 0), ("profile ", 1)]
                        .into_iter()
                        .find_map(|(prefix, at)| section.is(prefix, name).then_some(at));
                    is_plain |= inside == Some(0);
                    if let Some(found) = inside.and_then(|at: usize| found.get_mut(at)) {
                        *found = None;
                    }
                }
                Item::Property(property) if property.key == key => {
                    if let Some(found) = inside.and_then(|at| found.get_mut(at)) {
                        *found = Some(property);
                    }
                }
                Item::Property(_) => {}
            }
        }
        // `[name]` hides `[profile name]` (`setFromIniFile`).
        let [plain, prefixed] = found;
        if is_plain { plain } else { prefixed }
    }

    fn value(&self, property: Property<&'a str>) -> FileValue<'a> {
        FileValue { text: property.value(), file: self.file.kind(), line: property.line, key: property.key }
    }

    fn path(&self) -> String {
        self.file.path().map_or_else(|| format!("$DIR/{}", self.file.kind()), Into::into)
    }
}

/// The profile in use, in either file.
pub(crate) struct Profiles<'a> {
    /// The config file, then the credentials file, whose values win (`loadSharedConfig`).
    files: [Option<Parsed<'a>>; 2],
    name: &'a str,
    /// Whether more than credentials is taken from the files (`exOpts`).
    shared: bool,
}

impl<'a> Profile<'a> for Profiles<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if self.shared { self.of(self.name, key) } else { None }
    }
}

impl<'a> Profiles<'a> {
    fn parsed(&self) -> impl DoubleEndedIterator<Item = Parsed<'a>> {
        self.files.into_iter().flatten()
    }

    /// The value of a profile's key; an empty value is one (`updateString`), but for the setting.
    fn of(&self, name: &str, key: &str) -> Option<FileValue<'a>> {
        self.parsed().rev().find_map(|file| {
            let value = file.value(file.property(name, key)?);
            (!value.text.is_empty() || key != SETTING).then_some(value)
        })
    }

    /// The text of a profile's key, empty where there is none.
    fn text(&self, name: &str, key: &str) -> &'a str {
        self.of(name, key).map_or("", |value| value.text)
    }

    /// A boolean of the profile in use; `None` within: its text is none.
    pub(crate) fn boolean(&self, key: &str) -> Option<(Sourced<'a>, Option<bool>)> {
        if !self.shared {
            return None;
        }
        self.parsed().rev().find_map(|file| {
            let property = file.property(self.name, key)?;
            Some((Sourced::file(file.value(property)), property.boolean()))
        })
    }

    /// Whether a profile has static keys, both in one file.
    fn has_keys(&self, name: &str) -> bool {
        self.parsed().any(|file| {
            ["aws_access_key_id", "aws_secret_access_key"]
                .into_iter()
                .all(|key| file.property(name, key).is_some_and(|property| !property.value().is_empty()))
        })
    }
}

const SETTING: &str = "sts_regional_endpoints";

/// What the credentials of a profile do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// They are there: no call.
    Keys,
    /// AssumeRole.
    AssumeRole,
    /// AssumeRoleWithWebIdentity.
    WebIdentity,
    /// The chain ends without credentials.
    NoCredentials,
}

/// The profiles seen on the way along `source_profile`.
struct Seen<'s> {
    name: &'s str,
    before: Option<&'s Seen<'s>>,
}

impl Seen<'_> {
    fn has(&self, name: &str) -> bool {
        self.name == name || self.before.is_some_and(|before| before.has(name))
    }
}

/// The profile in use, and what its credentials do first.
pub(crate) struct Loaded<'a> {
    pub(crate) profiles: Profiles<'a>,
    pub(crate) call: Call,
}

impl GoV1 {
    /// Loads the files and the profile. A profile that does not exist is no error (aws/session/session.go `newSession`).
    ///
    /// # Errors
    ///
    /// Where a file that is read does not parse, or the profile's settings are refused.
    pub(crate) fn load<'a>(
        &self,
        scenario: &'a Scenario,
        named: Option<Sourced<'a>>,
        trace: &mut dyn Trace,
    ) -> Result<Loaded<'a>, Failure<'a>> {
        let shared = shared_config(scenario);
        let name = named.map_or("default", |named| named.text);
        let nothing = Profiles { files: [None, None], name, shared };
        if bare_session(scenario) {
            // Keys in the credentials file, and nothing else of it; what is wrong with the file is passed over
            // (aws/defaults/defaults.go `CredProviders`).
            let file = scenario.file(FileKind::Credentials).and_then(|file| parse(file, self.grammar).ok());
            let profiles = Profiles { files: [None, file], ..nothing };
            let call = if profiles.has_keys(name) { Call::Keys } else { Call::NoCredentials };
            return Ok(Loaded { profiles, call });
        }
        let has_static = !scenario.entry.is_web_identity() && !scenario.no_static;
        // Nobody asked for the files and nothing of them is needed: an error in them is passed over (1.23.6).
        let passes_over = self.passes_over_files && named.is_none() && !shared && has_static;
        let loaded = self.try_load(scenario, name, shared, trace);
        if passes_over {
            return Ok(loaded.unwrap_or(Loaded { profiles: nothing, call: Call::NoCredentials }));
        }
        loaded
    }

    fn try_load<'a>(
        &self,
        scenario: &'a Scenario,
        name: &'a str,
        shared: bool,
        trace: &mut dyn Trace,
    ) -> Result<Loaded<'a>, Failure<'a>> {
        let parsed = |kind| match scenario.file(kind) {
            Some(file) => parse(file, self.grammar).map(Some),
            None => Ok(None),
        };
        let config = if shared { parsed(FileKind::Config)? } else { None };
        let profiles = Profiles { files: [config, parsed(FileKind::Credentials)?], name, shared };
        let (call, _) = self.first_call(scenario, &profiles, name, None, trace)?;
        Ok(Loaded { profiles, call })
    }

    /// What the credentials of a profile do first (aws/session/shared_config.go `setFromIniFiles`, credentials.go
    /// `resolveCredsFromProfile`), and whether it counts as a source of credentials. A profile that is not there has nothing in it.
    fn first_call<'a>(
        &self,
        scenario: &'a Scenario,
        profiles: &Profiles<'a>,
        name: &str,
        before: Option<&Seen<'_>>,
        trace: &mut dyn Trace,
    ) -> Result<(Call, bool), Failure<'a>> {
        if self.setting && profiles.shared {
            for file in profiles.parsed() {
                self.check_setting(scenario, file, name, trace)?;
            }
        }
        let role_key = |key| if profiles.shared { profiles.text(name, key) } else { "" };
        let known = |key| if self.web_identity { profiles.text(name, key) } else { "" };
        let (mut role, mut source) = (role_key("role_arn"), role_key("source_profile"));
        let mut credential_source = role_key("credential_source");
        if role.is_empty() && !self.web_identity {
            // Before 1.21.0 a role's keys count together or not at all.
            (source, credential_source) = ("", "");
        }
        let (token, process) = (known("web_identity_token_file"), profiles.text(name, "credential_process"));
        let again = before.is_some_and(|before| before.has(name));
        let given = [
            ("source_profile", source),
            ("credential_source", credential_source),
            ("web_identity_token_file", token),
        ];
        if again {
            (role, source) = ("", "");
        } else if let Some((key, _)) = given.into_iter().find(|(_, text)| !text.is_empty())
            && role.is_empty()
            && self.web_identity
        {
            return Err(refused(
                "CredentialRequiresARNError",
                &format!("credential type {key} requires role_arn, profile {name}"),
            ));
        }
        let types = [source, credential_source, process, token];
        if types.into_iter().filter(|text| !text.is_empty()).count() > 1 {
            let message = if self.many_types {
                "only one credential type may be specified per profile: source profile, credential source, credential process, web identity token"
            } else {
                "only source profile or credential source can be specified, not both"
            };
            return Err(refused("SharedConfigErr", message));
        }
        if !source.is_empty() && !self.web_identity {
            // Before 1.21.0 the source profile has keys of its own (aws/session/shared_config.go `setAssumeRoleSource`).
            if profiles.has_keys(source) {
                return Ok((Call::AssumeRole, true));
            }
            return Err(refused(
                "SharedConfigAssumeRoleError",
                &format!("failed to load assume role for {role}, source profile has no shared credentials"),
            ));
        }
        if !source.is_empty() {
            let seen = Seen { name, before };
            let call = self.first_call(scenario, profiles, source, Some(&seen), trace)?;
            let (call, true) = call else {
                return Err(refused(
                    "SharedConfigAssumeRoleError",
                    &format!(
                        "failed to load assume role for {role}, source profile {source} has no shared credentials"
                    ),
                ));
            };
            return Ok((if call == Call::Keys { Call::AssumeRole } else { call }, true));
        }
        let keys = profiles.has_keys(name);
        let call = match credential_source {
            _ if keys => Call::Keys,
            "Environment" if self.web_identity && !scenario.entry.is_web_identity() => Call::Keys,
            "" if !token.is_empty() => Call::WebIdentity,
            "" if !process.is_empty() => Call::Keys,
            // A credential source that does not exist is told only where its credentials are asked for: the session is made.
            _ => Call::NoCredentials,
        };
        let counts = keys || types.into_iter().any(|text| !text.is_empty());
        let assumes = call == Call::Keys && !role.is_empty();
        Ok((if assumes { Call::AssumeRole } else { call }, counts))
    }

    /// Only the profile's own section is read; a wrong value in it fails, a better source or not.
    fn check_setting<'a>(
        &self,
        scenario: &'a Scenario,
        file: Parsed<'a>,
        name: &str,
        trace: &mut dyn Trace,
    ) -> Result<(), Failure<'a>> {
        let Some(value) = file.property(name, SETTING).map(|property| file.value(property)) else {
            return Ok(());
        };
        if !is_refused_setting(value.text) {
            return Ok(());
        }
        Look::new(scenario, &NoProfile, trace).tell(
            Value::Setting,
            Source::Profile(SETTING),
            Some(Sourced::file(value)),
            Verdict::Refused("neither legacy nor regional"),
        );
        let key = if self.names_file_key { SETTING } else { "[AWS_STS_REGIONAL_ENDPOINTS]" };
        Err(Failure::new(
            FailureCategory::InvalidSetting,
            "*errors.errorString",
            format!(
                "failed to load {key} from shared config, {}, unable to resolve the value of STSRegionalEndpoint for {}",
                file.path(),
                value.text
            ),
        ))
    }

    /// The STS call that the entry makes.
    ///
    /// # Errors
    ///
    /// Where the credential chain makes none: it has keys, or ends without any.
    pub(crate) fn call<'a>(&self, scenario: &Scenario, loaded: &Loaded<'_>) -> Result<Call, Failure<'a>> {
        let with_keys = !scenario.no_static;
        let call = match scenario.entry {
            Entry::Client => return Ok(Call::AssumeRole),
            // The keys of the environment win over all but a profile named in code (1.21.0).
            Entry::ProfileAssumeRole if with_keys && (bare_session(scenario) || !self.web_identity) => {
                Call::Keys
            }
            _ if self.env_profile_wins(scenario) => loaded.call,
            // `session.New` has no option for a profile.
            Entry::ProfileAssumeRole if with_keys && scenario.construction == Some(Construction::New) => {
                Call::Keys
            }
            Entry::ProfileAssumeRole if with_keys && scenario.non_empty_variable("AWS_PROFILE").is_none() => {
                Call::Keys
            }
            Entry::WebIdentityEnv if self.web_identity && !bare_session(scenario) => Call::WebIdentity,
            _ => loaded.call,
        };
        match call {
            Call::Keys => Err(Failure::new(
                FailureCategory::Other,
                "none",
                "no STS request was made and no error was returned",
            )),
            Call::NoCredentials => Err(no_credentials()),
            call => Ok(call),
        }
    }

    /// In 1.21.x a profile named by a variable wins over keys and token of the environment (PR #2694, undone by #2729).
    pub(crate) fn env_profile_wins(&self, scenario: &Scenario) -> bool {
        self.profile_wins
            && !bare_session(scenario)
            && (scenario.non_empty_variable("AWS_PROFILE").is_some()
                || shared_config(scenario) && scenario.non_empty_variable("AWS_DEFAULT_PROFILE").is_some())
    }
}

pub(crate) fn no_credentials<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingCredentials,
        "NoCredentialProviders",
        "NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors",
    )
}

/// An error of the shared config's credentials.
fn refused<'a>(code: &'static str, message: &str) -> Failure<'a> {
    Failure::new(FailureCategory::MissingCredentials, code, format!("{code}: {message}"))
}

fn parse(file: &ProfileFile, grammar: Grammar) -> Result<Parsed<'_>, Failure<'_>> {
    match GoIni::parse(file, grammar) {
        Ok(ini) => Ok(Parsed { file, ini }),
        Err(error) => {
            let path = file.path().map_or_else(|| format!("$DIR/{}", file.kind()), Into::into);
            Err(Failure::new(
                FailureCategory::ConfigParse,
                "INIParseError",
                format!(
                    "SharedConfigLoadError: failed to load config file, {path}\ncaused by: INIParseError: {error}"
                ),
            ))
        }
    }
}
