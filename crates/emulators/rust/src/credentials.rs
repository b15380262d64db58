//! The default credential chain, as far as it decides who calls STS.
//!
//! aws-config `src/default_provider/credentials.rs` (environment, profile, web identity, ECS, IMDS),
//! `src/profile/credentials/{repr,exec}.rs`, `src/web_identity_token.rs`.

use crate::RustSdk;
use crate::profile::{Files, Selected, SyntaxError, Visited};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use sts_endpoint_core::{Entry, FailureCategory, Look, Scenario};

/// Keys that make a profile one of IAM Identity Center. What that service answers is not part of a scenario.
const SSO: [&str; 5] = ["sso_account_id", "sso_region", "sso_role_name", "sso_start_url", "sso_session"];

/// Where credentials come from.
#[derive(Debug)]
pub(crate) enum Credentials {
    /// From somewhere that is not STS.
    AtHand,
    /// A token is exchanged: `AssumeRoleWithWebIdentity` is the first call. `in_profile`: the profile says so.
    WebIdentity {
        /// The profile names token and role.
        in_profile: bool,
    },
    /// `AssumeRole` is the first call, signed with the source profile's credentials.
    AssumeRole,
    /// From nowhere.
    None(NoCredentials),
}

/// Why there are no credentials: an error of the SDK's `CredentialsError`.
#[derive(Debug)]
pub(crate) struct NoCredentials {
    pub(crate) category: FailureCategory,
    /// The variant's name.
    pub(crate) variant: &'static str,
    /// The error and its causes, in one line.
    pub(crate) message: String,
}

impl NoCredentials {
    fn invalid_configuration(category: FailureCategory, message: &str) -> Self {
        Self {
            category,
            variant: "InvalidConfiguration",
            message: format!(
                "the credentials provider was not properly configured: ProfileFile provider could not be built: {message}"
            ),
        }
    }

    fn provider_error(message: &str) -> Self {
        Self {
            category: FailureCategory::MissingCredentials,
            variant: "ProviderError",
            message: format!("an error occurred while loading credentials: {message}"),
        }
    }
}

/// What the profile step of the chain comes to.
enum InProfile<'a> {
    Found(Credentials),
    /// The chain goes on. The reason, where the SDK keeps it.
    NotLoaded(Option<ProfileError<'a>>),
}

/// `ProfileFileError`.
enum ProfileError<'a> {
    NoProfiles,
    /// `profile.region` and the like are there, but nothing that gives credentials.
    NoCredentials(&'a str),
    Loop(Visited<'a>, &'a str),
    InvalidSource {
        profile: &'a str,
        message: Cow<'static, str>,
    },
    Missing {
        profile: &'a str,
        from: &'a str,
    },
    UnknownProvider(&'a str),
}

impl ProfileError<'_> {
    fn text(&self) -> String {
        match self {
            Self::NoProfiles => "No profiles were defined".into(),
            Self::NoCredentials(profile) => {
                format!("profile `{profile}` did not contain credential information")
            }
            Self::Loop(visited, next) => format!(
                "profile formed an infinite loop. first we loaded {:?}, then attempted to reload {next}",
                visited.names().collect::<Vec<_>>()
            ),
            Self::InvalidSource { profile, message } => {
                format!("invalid credential source in `{profile}`: {message}")
            }
            Self::Missing { profile, from } => format!(
                "profile `{profile}` was not defined: could not find source profile {profile} referenced from {from}"
            ),
            Self::UnknownProvider(name) => {
                format!("profile referenced `{name}` provider but that provider is not supported")
            }
        }
    }

    fn category(&self) -> FailureCategory {
        match self {
            Self::Missing { .. } => FailureCategory::ProfileNotFound,
            _ => FailureCategory::Other,
        }
    }
}

/// `BaseProvider`: where the first credentials of a profile's chain come from.
enum Base<'a> {
    Named(&'a str),
    Keys,
    WebIdentity,
    Elsewhere(&'static str),
}

impl RustSdk {
    /// Runs the chain. `files` is the profile's error where the files cannot be read.
    pub(crate) fn credentials<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profile: Selected<'a>,
        files: Result<Files<'a>, SyntaxError<'a>>,
    ) -> Credentials {
        let scenario = look.scenario;
        if keys_in_environment(scenario) {
            look.note("credentials from the environment: the provider chain asks nobody else");
            return Credentials::AtHand;
        }
        let in_profile = match files {
            Err(error) => {
                let message = if self.profile_parse_error_in_full {
                    format!("could not parse profile file: {error}")
                } else {
                    "invalid profile: could not parse profile file".into()
                };
                let category = FailureCategory::ConfigParse;
                return Credentials::None(NoCredentials::invalid_configuration(category, &message));
            }
            Ok(_) => match self.in_profile(scenario, profile) {
                InProfile::Found(credentials) => return credentials,
                InProfile::NotLoaded(reason) => reason,
            },
        };
        let token = scenario.entry == Entry::WebIdentityEnv
            || scenario.variable("AWS_WEB_IDENTITY_TOKEN_FILE").is_some();
        let role = scenario.entry == Entry::WebIdentityEnv || scenario.variable("AWS_ROLE_ARN").is_some();
        if token && role {
            return Credentials::WebIdentity { in_profile: false };
        }
        if token && !self.tolerates_missing_profile {
            return Credentials::None(NoCredentials {
                category: FailureCategory::Other,
                variant: "InvalidConfiguration",
                message: "the credentials provider was not properly configured: AWS_ROLE_ARN environment variable must be set"
                    .into(),
            });
        }
        Credentials::None(self.exhausted(in_profile, token))
    }

    /// The end of the chain. Since 1.9.0 the message tells of every attempt (`meta/mod.rs` `ProviderChainError`).
    fn exhausted(&self, in_profile: Option<ProfileError<'_>>, token: bool) -> NoCredentials {
        const DISABLED: &str = "the credential provider was not enabled: ";
        if !self.tolerates_missing_profile {
            return NoCredentials {
                category: FailureCategory::MissingCredentials,
                variant: "CredentialsNotLoaded",
                message: format!("{DISABLED}no providers in chain provided credentials"),
            };
        }
        let profile = match &in_profile {
            Some(reason) => format!("{DISABLED}{}", reason.text()),
            None => "the credential provider was not enabled".into(),
        };
        let web = if token {
            "AWS_ROLE_ARN environment variable must be set"
        } else {
            "$AWS_WEB_IDENTITY_TOKEN_FILE was not set"
        };
        NoCredentials {
            category: in_profile.map_or(FailureCategory::MissingCredentials, |reason| {
                match reason.category() {
                    FailureCategory::ProfileNotFound => FailureCategory::ProfileNotFound,
                    _ => FailureCategory::MissingCredentials,
                }
            }),
            variant: "CredentialsNotLoaded",
            message: format!(
                "{DISABLED}no credentials found in chain. Attempted:\n  Environment: {DISABLED}environment variable not set\
                 \n  Profile: {profile}\n  WebIdentityToken: {DISABLED}{web}\n  EcsContainer: {DISABLED}ECS provider not \
                 configured\n  Ec2InstanceMetadata: {DISABLED}IMDS disabled by AWS_EC2_METADATA_DISABLED env var set to `true`"
            ),
        }
    }

    /// `ProfileFileCredentialsProvider`.
    fn in_profile<'a>(&self, scenario: &'a Scenario, profile: Selected<'a>) -> InProfile<'a> {
        let (base, roles) = match self.resolve_chain(profile) {
            Ok(chain) => chain,
            Err(ProfileError::NoProfiles | ProfileError::NoCredentials(_)) => {
                return InProfile::NotLoaded(None);
            }
            Err(error @ ProfileError::Missing { .. }) if self.tolerates_missing_profile => {
                return InProfile::NotLoaded(Some(error));
            }
            Err(error) => {
                let error = NoCredentials::invalid_configuration(error.category(), &error.text());
                return InProfile::Found(Credentials::None(error));
            }
        };
        let not_enabled = |why: &str| {
            NoCredentials::provider_error(&format!("the credential provider was not enabled: {why}"))
        };
        let none = |error| InProfile::Found(Credentials::None(error));
        match base {
            Base::WebIdentity => return InProfile::Found(Credentials::WebIdentity { in_profile: true }),
            Base::Named(name) if name.eq_ignore_ascii_case("Environment") => {
                // a profile entry means that the environment has keys for `credential_source` to find
                if scenario.entry != Entry::ProfileAssumeRole && !keys_in_environment(scenario) {
                    return none(not_enabled("environment variable not set"));
                }
            }
            Base::Named(name) if name.eq_ignore_ascii_case("EcsContainer") => {
                return none(not_enabled("ECS provider not configured"));
            }
            Base::Named(name) if name.eq_ignore_ascii_case("Ec2InstanceMetadata") => {
                return none(not_enabled(self.metadata_disabled));
            }
            Base::Named(name) => {
                let error = ProfileError::UnknownProvider(name);
                return none(NoCredentials::invalid_configuration(error.category(), &error.text()));
            }
            Base::Keys => {}
            // a program's or another service's answer: no part of a scenario
            Base::Elsewhere(what) => return none(NoCredentials::provider_error(what)),
        }
        InProfile::Found(if roles { Credentials::AssumeRole } else { Credentials::AtHand })
    }

    /// `resolve_chain`: the base of the profile's chain, and whether roles are assumed on top of it.
    fn resolve_chain<'a>(&self, profile: Selected<'a>) -> Result<(Base<'a>, bool), ProfileError<'a>> {
        let files = profile.files;
        if files.is_empty() || (profile.name == "default" && !files.has("default")) {
            return Err(ProfileError::NoProfiles);
        }
        let mut name = profile.name;
        let mut visited = Visited::default();
        loop {
            if !files.has(name) {
                let from = visited.names().next_back().unwrap_or("the root profile");
                return Err(ProfileError::Missing { profile: name, from });
            }
            if visited.contains(name) {
                return Err(ProfileError::Loop(visited, name));
            }
            visited.push(name);
            let get = |key| files.get(name, key).map(|value| value.text);
            let first = visited.names().count() == 1;
            if !first && keys_in_profile(files, name).is_ok() {
                return Ok((Base::Keys, true));
            }
            // a profile with web_identity_token_file is no assume-role profile
            if get("role_arn").is_none() || get("web_identity_token_file").is_some() {
                return match self.base(files, name) {
                    Ok(base) => Ok((base, !first)),
                    Err(error) if first => Err(error),
                    Err(error) => Err(ProfileError::InvalidSource {
                        profile: name,
                        message: format!("could not load source profile: {}", error.text()).into(),
                    }),
                };
            }
            let invalid = |message: &'static str| ProfileError::InvalidSource {
                profile: name,
                message: message.into(),
            };
            match (get("source_profile"), get("credential_source")) {
                (Some(_), Some(_)) => {
                    return Err(invalid(
                        "profile contained both source_profile and credential_source. \
                         Only one or the other can be defined",
                    ));
                }
                (None, None) => {
                    return Err(invalid(
                        "profile must contain `source_profile` or `credential_source` but neither were defined",
                    ));
                }
                (Some(source), None) if source != name => name = source,
                _ => return Ok((self.base(files, name)?, true)),
            }
        }
    }

    /// `base_provider`.
    fn base<'a>(&self, files: Files<'a>, name: &'a str) -> Result<Base<'a>, ProfileError<'a>> {
        let get = |key| files.get(name, key).map(|value| value.text);
        if let Some(source) = get("credential_source") {
            return Ok(Base::Named(source));
        }
        match (get("role_arn"), get("web_identity_token_file")) {
            (Some(_), Some(_)) => return Ok(Base::WebIdentity),
            (None, Some(_)) => {
                return Err(ProfileError::InvalidSource {
                    profile: name,
                    message: "`web_identity_token_file` was specified but `role_arn` was missing".into(),
                });
            }
            _ => {}
        }
        if SSO.iter().any(|key| get(key).is_some()) {
            return Ok(Base::Elsewhere("an SSO login is not part of a scenario"));
        }
        if self.login_sessions && get("login_session").is_some() {
            return Ok(Base::Elsewhere("a login session is not part of a scenario"));
        }
        if get("credential_process").is_some() {
            return Ok(Base::Elsewhere("what a credential process answers is not part of a scenario"));
        }
        keys_in_profile(files, name).map(|()| Base::Keys)
    }
}

/// Whether the chain's environment step finds keys: where the scenario itself sets them. An entry through a profile means
/// that it does not.
///
/// aws-config `src/environment/credentials.rs`
fn keys_in_environment(scenario: &Scenario) -> bool {
    let set = |name| scenario.variable(name).is_some_and(|text| !text.trim().is_empty());
    scenario.entry != Entry::ProfileAssumeRole
        && set("AWS_ACCESS_KEY_ID")
        && (set("AWS_SECRET_ACCESS_KEY") || set("SECRET_ACCESS_KEY"))
}

/// `static_creds_from_profile`.
fn keys_in_profile<'a>(files: Files<'a>, name: &'a str) -> Result<(), ProfileError<'a>> {
    let has = |key| files.get(name, key).is_some();
    let invalid =
        |message: &'static str| ProfileError::InvalidSource { profile: name, message: message.into() };
    match (has("aws_access_key_id"), has("aws_secret_access_key")) {
        (true, true) => Ok(()),
        (false, false) if !has("aws_session_token") => Err(ProfileError::NoCredentials(name)),
        (false, _) => Err(invalid("profile missing aws_access_key_id")),
        (true, false) => Err(invalid("profile missing aws_secret_access_key")),
    }
}

#[cfg(test)]
mod tests {
    use crate::HISTORY;
    use alloc::format;
    use alloc::string::{String, ToString};
    use sts_endpoint_core::{Entry, FileKind, Release, ResolutionPolicy, Scenario};

    /// A client in us-west-2 without static keys, whose profile is `dev` of this config file.
    fn without_keys(config: &str) -> Scenario {
        let mut scenario = Scenario::new()
            .with_variable("AWS_REGION", "us-west-2")
            .with_variable("AWS_PROFILE", "dev")
            .with_file(FileKind::Config, config);
        scenario.no_static = true;
        scenario
    }

    fn answer(scenario: &Scenario) -> String {
        HISTORY.latest().resolve(scenario).to_string()
    }

    const SIGNED: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
    const UNSIGNED: &str = "https://sts.us-west-2.amazonaws.com/ unsigned";

    #[test]
    fn keys_in_the_environment_are_an_id_and_one_of_two_secrets_none_of_them_blank() {
        const ID: &str = "AWS_ACCESS_KEY_ID";
        const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
        const OTHER_SECRET: &str = "SECRET_ACCESS_KEY";
        let cases: [(&[(&str, &str)], bool); 8] = [
            (&[(ID, "a"), (SECRET, "b")], true),
            (&[(ID, "a"), (OTHER_SECRET, "b")], true),
            (&[(ID, "a"), (SECRET, " "), (OTHER_SECRET, "b")], true),
            (&[(ID, "a")], false),
            (&[(SECRET, "b")], false),
            (&[(OTHER_SECRET, "b")], false),
            (&[(ID, " "), (SECRET, "b")], false),
            (&[(ID, "a"), (SECRET, "")], false),
        ];
        for (variables, are_keys) in cases {
            // Without keys the chain goes on to the profile, and exchanges its token in an unsigned call.
            let mut scenario = without_keys("[profile dev]\nrole_arn = r\nweb_identity_token_file = t\n");
            for (name, text) in variables {
                scenario = scenario.with_variable(name, text);
            }
            assert_eq!(answer(&scenario), if are_keys { SIGNED } else { UNSIGNED }, "{variables:?}");
        }
    }

    #[test]
    fn a_profile_that_is_asked_by_itself_assumes_its_role_whatever_keys_the_environment_has() {
        let scenario = without_keys("[profile dev]\nrole_arn = r\ncredential_source = Environment\n")
            .with_entry(Entry::ProfileAssumeRole)
            .with_variable("AWS_ACCESS_KEY_ID", "a")
            .with_variable("AWS_SECRET_ACCESS_KEY", "b");
        assert_eq!(answer(&scenario), SIGNED);
    }

    #[test]
    fn a_token_without_a_role_ends_the_chain_until_it_was_passed_over() {
        let token = without_keys("[profile dev]\n").with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "t");
        let (before, _) = HISTORY.policy_at(Release::new(&[1, 8, 18])).unwrap();
        let outcome = before.resolve(&token).to_string();
        let refused = "the credentials provider was not properly configured: AWS_ROLE_ARN environment variable must be set";
        assert!(outcome.ends_with(refused), "{outcome}");
        let outcome = answer(&token);
        let passed_over = "WebIdentityToken: the credential provider was not enabled: AWS_ROLE_ARN environment variable must be set\n";
        assert!(outcome.contains(passed_over), "{outcome}");

        let role = without_keys("[profile dev]\n").with_variable("AWS_ROLE_ARN", "r");
        let outcome = before.resolve(&role).to_string();
        assert!(outcome.ends_with("no providers in chain provided credentials"), "{outcome}");
        let outcome = answer(&role);
        assert!(outcome.contains("$AWS_WEB_IDENTITY_TOKEN_FILE was not set"), "{outcome}");

        assert_eq!(answer(&token.with_variable("AWS_ROLE_ARN", "r")), UNSIGNED);
    }

    #[test]
    fn a_profile_that_leads_to_no_credentials_says_why() {
        for (config, why) in [
            (
                "role_arn = r\ncredential_source = ecscontainer\n",
                "the credential provider was not enabled: ECS provider not configured",
            ),
            (
                "role_arn = r\ncredential_source = Ec2InstanceMetadata\n",
                "the credential provider was not enabled: IMDS disabled by AWS_EC2_METADATA_DISABLED env var set to `true`",
            ),
            (
                "role_arn = r\ncredential_source = Environment\n",
                "the credential provider was not enabled: environment variable not set",
            ),
            (
                "role_arn = r\ncredential_source = floozle\n",
                "profile referenced `floozle` provider but that provider is not supported",
            ),
            (
                "web_identity_token_file = t\n",
                "invalid credential source in `dev`: `web_identity_token_file` was specified but `role_arn` was missing",
            ),
            (
                "aws_session_token = t\n",
                "invalid credential source in `dev`: profile missing aws_access_key_id",
            ),
            (
                "aws_access_key_id = a\n",
                "invalid credential source in `dev`: profile missing aws_secret_access_key",
            ),
            (
                "role_arn = r\nsource_profile = empty\n[profile empty]\n",
                "invalid credential source in `empty`: could not load source profile: profile `empty` did not contain credential information",
            ),
        ] {
            let outcome = answer(&without_keys(&format!("[profile dev]\n{config}")));
            assert!(outcome.ends_with(why), "{outcome}");
        }
    }

    #[test]
    fn a_role_whose_source_is_its_own_profile_takes_the_keys_beside_it() {
        const KEYS: &str = "aws_access_key_id = a\naws_secret_access_key = b\n";
        let own = format!("[profile dev]\nrole_arn = r\nsource_profile = dev\n{KEYS}");
        assert_eq!(answer(&without_keys(&own)), SIGNED);
        let ring = "[profile dev]\nrole_arn = r\nsource_profile = other\n[profile other]\nrole_arn = r\nsource_profile = dev\n";
        let outcome = answer(&without_keys(ring));
        assert!(outcome.contains("profile formed an infinite loop"), "{outcome}");
    }
}
