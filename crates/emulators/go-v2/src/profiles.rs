//! How Go V2 reads profile files, and which STS call the credentials of a profile make.

use crate::lines::{self, Comments, Wanted};
use crate::sources::is_defaults_mode;
use crate::{GoV2, Reader};
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::go_ini::{GoIni, Item, Name, Property};
use sts_endpoint_core::profile::FileValue;
use sts_endpoint_core::{Entry, Failure, FailureCategory, FileKind, Profile, ProfileFile, Scenario, Sourced};

/// A file, read.
#[derive(Clone, Copy)]
struct Read<'a> {
    file: &'a ProfileFile,
    /// What the parser before config 1.24.0 made of it.
    ini: Option<GoIni<'a>>,
    comments: Comments,
}

/// A section, by its name; `kind` is `profile`, `services`, or empty.
#[derive(Clone, Copy)]
struct Named<'n> {
    kind: &'static str,
    name: &'n str,
}

impl Named<'_> {
    /// Spaces between `profile` and the name do not count (internal/ini/visitor.go).
    fn is(self, section: Name<&str>) -> bool {
        match self.kind {
            "" => section.is("", self.name),
            "profile" => {
                let name = section.text.trim();
                name.strip_prefix("profile ").is_some_and(|name| name.trim_start_matches(' ') == self.name)
            }
            _ => section.text.split_once(' ') == Some((self.kind, self.name)),
        }
    }
}

impl<'a> Read<'a> {
    fn has(&self, named: Named<'_>) -> bool {
        match self.ini {
            Some(ini) => ini.items().any(|item| matches!(item, Item::Section(section) if named.is(section))),
            None => {
                let is = |header: lines::Header<&str>| (header.kind, header.name) == (named.kind, named.name);
                lines::has_section(self.file, &is, self.comments)
            }
        }
    }

    /// The last of equal keys in the sections of a name, read as one; keys are folded.
    fn find(&self, ini: GoIni<'a>, named: Named<'_>, key: &str) -> Option<Property<&'a str>> {
        let (mut inside, mut found) = (false, None);
        for item in ini.items() {
            match item {
                Item::Section(section) => inside = named.is(section),
                Item::Property(property) if inside && property.key.eq_ignore_ascii_case(key) => {
                    found = Some(property);
                }
                Item::Property(_) => {}
            }
        }
        found
    }

    fn get(&self, named: Named<'_>, key: &str) -> Option<(FileValue<'a>, Option<bool>)> {
        if !self.file.may_mention(key) {
            return None;
        }
        if let Some(ini) = self.ini {
            let property = self.find(ini, named, key)?;
            return Some((self.value(property, property.value()), property.boolean()));
        }
        let is = |header: lines::Header<&str>| (header.kind, header.name) == (named.kind, named.name);
        let value = lines::find(self.file, &is, Wanted::Property(key), self.comments)?;
        let boolean = [("true", true), ("false", false)]
            .into_iter()
            .find(|(word, _)| value.text.eq_ignore_ascii_case(word))
            .map(|(_, boolean)| boolean);
        Some((value, boolean))
    }

    fn value(&self, property: Property<&'a str>, text: &'a str) -> FileValue<'a> {
        FileValue { text, file: self.file.kind(), line: property.line, key: property.key }
    }

    /// A key in the lines below a property.
    fn nested(&self, named: Named<'_>, under: &str, key: &str) -> Option<FileValue<'a>> {
        if let Some(ini) = self.ini {
            // `Value.MapValue`: lines of one `=` and more; what stands behind a second one is lost.
            let property = self.find(ini, named, under)?;
            let mut found = None;
            for line in property.raw.split('\n') {
                let mut parts = line.split('=');
                if let (Some(name), Some(value)) = (parts.next(), parts.next())
                    && name.trim() == key
                {
                    found = Some(self.value(property, value.trim()));
                }
            }
            return found;
        }
        let is = |header: lines::Header<&str>| (header.kind, header.name) == (named.kind, named.name);
        lines::find(self.file, &is, Wanted::SubProperty { under, key }, self.comments)
    }
}

/// The profile in use, in either file.
pub(crate) struct Profiles<'a> {
    config: Option<Read<'a>>,
    credentials: Option<Read<'a>>,
    name: &'a str,
    services: bool,
}

/// Stands for the `endpoint_url` of `sts` in the profile's `services` section.
pub(crate) const SERVICE_ENDPOINT: &str = "services: sts: endpoint_url";

/// Keys that are lost in the credentials file where the config file has the profile (config/shared_config.go
/// `mergeSections` has a list of keys to merge, without these).
const UNMERGED: [&str; 3] = ["endpoint_url", "services", "ignore_configured_endpoint_urls"];

impl<'a> Profile<'a> for Profiles<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if key == SERVICE_ENDPOINT { self.service_endpoint() } else { Some(self.of(self.name, key)?.0) }
    }
}

impl<'a> Profiles<'a> {
    /// The section of a profile in the config file: `[profile x]`; and `[default]`, in any case, where there is no
    /// `[profile default]` (config/shared_config.go `processConfigSections`).
    fn config_section<'n>(&self, name: &'n str) -> Option<(Read<'a>, Named<'n>)> {
        let config = self.config?;
        let prefixed = Named { kind: "profile", name };
        let plain = Named { kind: "", name };
        if config.has(prefixed) {
            return Some((config, prefixed));
        }
        (name.eq_ignore_ascii_case("default") && config.has(plain)).then_some((config, plain))
    }

    fn credentials_section<'n>(&self, name: &'n str) -> Option<(Read<'a>, Named<'n>)> {
        let named = Named { kind: "", name };
        Some((self.credentials?, named)).filter(|(read, named)| read.has(*named))
    }

    fn exists(&self, name: &str) -> bool {
        self.config_section(name).is_some() || self.credentials_section(name).is_some()
    }

    /// The credentials file is merged over the config file, empty values too.
    fn of(&self, name: &str, key: &str) -> Option<(FileValue<'a>, Option<bool>)> {
        let files = [self.config, self.credentials];
        if !files.into_iter().flatten().any(|read| read.file.may_mention(key)) {
            return None;
        }
        let config = self.config_section(name);
        let credentials =
            self.credentials_section(name).filter(|_| config.is_none() || !UNMERGED.contains(&key));
        let found =
            |section: Option<(Read<'a>, Named<'_>)>| section.and_then(|(read, named)| read.get(named, key));
        found(credentials).or_else(|| found(config))
    }

    fn text(&self, name: &str, key: &str) -> &'a str {
        self.of(name, key).map_or("", |(value, _)| value.text)
    }

    /// A boolean of the profile in use; `None` within: its text is none.
    pub(crate) fn boolean(&self, key: &str) -> Option<(Sourced<'a>, Option<bool>)> {
        self.of(self.name, key).map(|(value, boolean)| (Sourced::file(value), boolean))
    }

    /// Whether a profile has static keys.
    fn has_keys(&self, name: &str) -> bool {
        ["aws_access_key_id", "aws_secret_access_key"].into_iter().all(|key| !self.text(name, key).is_empty())
    }

    fn service_endpoint(&self) -> Option<FileValue<'a>> {
        if !self.services {
            return None;
        }
        let name = self.text(self.name, "services");
        let named = Named { kind: "services", name };
        let has = |read: &Read<'a>| !name.is_empty() && read.has(named);
        let read = self.config.filter(has).or(self.credentials.filter(has))?;
        read.nested(named, "sts", "endpoint_url")
    }
}

/// What the credentials of a profile do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// They are there: no call.
    Keys,
    /// There should be keys in the environment, and are not.
    EmptyKeys,
    /// AssumeRole.
    AssumeRole,
    /// AssumeRoleWithWebIdentity.
    WebIdentity,
    /// Instance metadata is asked.
    Metadata,
}

/// What happens first where the credentials of a profile are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct First {
    pub(crate) call: Call,
    /// How many roles are assumed on top of it, one with the credentials of the other.
    pub(crate) roles_on_top: usize,
}

impl From<Call> for First {
    fn from(call: Call) -> Self {
        Self { call, roles_on_top: 0 }
    }
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

impl GoV2 {
    /// The files, and what the profile's credentials do first.
    ///
    /// # Errors
    ///
    /// Where a file does not parse, the profile has to exist and does not, or its credentials are refused.
    pub(crate) fn load<'a>(
        &self,
        scenario: &'a Scenario,
        named: Option<Sourced<'a>>,
    ) -> Result<(Profiles<'a>, First), Failure<'a>> {
        let name = named.map_or("default", |named| named.text);
        let profiles = Profiles {
            config: self.read(scenario, FileKind::Config)?,
            credentials: self.read(scenario, FileKind::Credentials)?,
            name,
            services: self.services_sections,
        };
        let first = match self.first_call(scenario, &profiles, name, None)? {
            Some((first, _)) => first,
            None if self.profile_must_exist && scenario.non_empty_variable("AWS_PROFILE").is_some() => {
                return Err(does_not_exist(name));
            }
            None => Call::Metadata.into(),
        };
        Ok((profiles, first))
    }

    fn read<'a>(&self, scenario: &'a Scenario, kind: FileKind) -> Result<Option<Read<'a>>, Failure<'a>> {
        let Some(file) = scenario.file(kind) else { return Ok(None) };
        let grammar = match self.reader {
            Reader::Lines(comments) => return Ok(Some(Read { file, ini: None, comments })),
            Reader::Ini(grammar) => grammar,
        };
        match GoIni::parse(file, grammar) {
            Ok(ini) => Ok(Some(Read { file, ini: Some(ini), comments: Comments::AfterSpace })),
            Err(error) => {
                let path: String = file.path().map_or_else(|| format!("$DIR/{kind}"), Into::into);
                Err(Failure::new(
                    FailureCategory::ConfigParse,
                    "*ini.ParseError",
                    format!("failed to load shared config file, {path}, {error}"),
                ))
            }
        }
    }

    /// What the credentials of a profile do first (config/shared_config.go `setFromIniSections`, resolve_credentials.go
    /// `resolveCredsFromProfile`), and whether it counts as a source of credentials. `None`: there is no such profile.
    fn first_call<'a>(
        &self,
        scenario: &'a Scenario,
        profiles: &Profiles<'a>,
        name: &str,
        before: Option<&Seen<'_>>,
    ) -> Result<Option<(First, bool)>, Failure<'a>> {
        if !profiles.exists(name) {
            return Ok(None);
        }
        let text = |key| profiles.text(name, key);
        let mode = text("defaults_mode");
        if self.defaults_mode && !is_defaults_mode(mode) {
            return Err(Failure::new(
                FailureCategory::InvalidSetting,
                "*errors.errorString",
                format!(
                    "error fetching config from profile, {name}, failed to load defaults_mode from shared config, invalid value: {mode}"
                ),
            ));
        }
        let (mut role, mut source) = (text("role_arn"), text("source_profile"));
        let (credential_source, token) = (text("credential_source"), text("web_identity_token_file"));
        let process = text("credential_process");
        let keys = profiles.has_keys(name);
        let given = [
            ("source_profile", source),
            ("credential_source", credential_source),
            ("web_identity_token_file", token),
        ];
        if before.is_some_and(|before| before.has(name)) {
            (role, source) = ("", "");
        } else if let Some((key, _)) = given.into_iter().find(|(_, text)| !text.is_empty())
            && role.is_empty()
        {
            return Err(refused(
                "config.CredentialRequiresARNError",
                format!("credential type {key} requires role_arn, profile {name}"),
            ));
        }
        // A source with keys is looked at no further.
        if before.is_some() && keys {
            return Ok(Some((Call::Keys.into(), true)));
        }
        let types = [source, credential_source, process, token];
        if types.into_iter().filter(|text| !text.is_empty()).count() > 1 {
            return Err(refused(
                "*errors.errorString",
                "only one credential type may be specified per profile: source profile, credential source, credential process, web identity token".into(),
            ));
        }
        if !source.is_empty() {
            let seen = Seen { name, before };
            let first = self.first_call(scenario, profiles, source, Some(&seen))?;
            let Some((mut first, true)) = first else {
                let mut failure = match first {
                    None => does_not_exist(source),
                    Some(_) => refused("config.SharedConfigAssumeRoleError", "<nil>".into()),
                };
                failure.message =
                    format!("failed to load assume role {role}, of profile {source}, {}", failure.message)
                        .into();
                return Err(failure);
            };
            match first.call {
                Call::Keys => first.call = Call::AssumeRole,
                _ => first.roles_on_top += 1,
            }
            return Ok(Some((first, true)));
        }
        let call = match credential_source {
            _ if keys => Call::Keys,
            "Environment" if scenario.entry.is_web_identity() || scenario.no_static => Call::EmptyKeys,
            "Environment" => Call::Keys,
            "" if !token.is_empty() => Call::WebIdentity,
            "" if !process.is_empty() => Call::Keys,
            _ => Call::Metadata,
        };
        let counts = keys || types.into_iter().any(|text| !text.is_empty());
        let assumes = call == Call::Keys && !role.is_empty();
        Ok(Some((if assumes { Call::AssumeRole } else { call }.into(), counts)))
    }

    /// The STS call that the entry makes (config/resolve_credentials.go `resolveCredentialChain`).
    ///
    /// # Errors
    ///
    /// Where the credential chain makes none: it has keys, or ends without any.
    pub(crate) fn call<'a>(&self, scenario: &Scenario, profile: First) -> Result<First, Failure<'a>> {
        let first = match scenario.entry {
            Entry::Client => return Ok(Call::AssumeRole.into()),
            // The keys of the environment win over all but a profile named in code.
            Entry::ProfileAssumeRole
                if !scenario.no_static && scenario.non_empty_variable("AWS_PROFILE").is_none() =>
            {
                Call::Keys.into()
            }
            Entry::WebIdentityEnv => Call::WebIdentity.into(),
            _ => profile,
        };
        let refresh = self.refresh();
        match first.call {
            Call::Keys => Err(Failure::new(
                FailureCategory::Other,
                "none",
                "no STS request was made and no error was returned",
            )),
            Call::EmptyKeys => Err(Failure::new(
                FailureCategory::MissingCredentials,
                "*credentials.StaticCredentialsEmptyError",
                format!("{refresh}static credentials are empty"),
            )),
            Call::Metadata => Err(Failure::new(
                FailureCategory::MissingCredentials,
                "*smithy.OperationError",
                format!(
                    "{refresh}no EC2 IMDS role found, operation error ec2imds: GetMetadata, access disabled to EC2 IMDS via client option, or \"AWS_EC2_METADATA_DISABLED\" environment variable"
                ),
            )),
            _ => Ok(first),
        }
    }
}

fn does_not_exist<'a>(name: &str) -> Failure<'a> {
    Failure::new(
        FailureCategory::ProfileNotFound,
        "config.SharedConfigProfileNotExistError",
        format!("failed to get shared config profile, {name}"),
    )
}

fn refused<'a>(type_: &'static str, message: String) -> Failure<'a> {
    Failure::new(FailureCategory::MissingCredentials, type_, message)
}
