//! The calls of the credential providers: a role in a profile, and web identity.
//!
//! Their clients are built by the SDK itself, from the default region chain; the region of the client whose chain runs
//! never reaches them. Without a region they override the endpoint with the global one.

use crate::decision::{Client, Options, blank_region};
use crate::profile::{Active, Property, Title, Unreadable};
use crate::sources::{self, Override, Region};
use crate::{JavaV2, RoleRegion};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::java_uri::JavaUri;
use sts_endpoint_core::{
    Entry, Failure, FailureCategory, Look, Outcome, Resolution, Source, Sourced, Value, Verdict,
};

/// What the credentials of a profile come from.
#[allow(clippy::large_enum_variant, reason = "the client is the common case, and must not allocate")]
pub(crate) enum Provider<'a> {
    /// A call of STS: its client, and whether the call is unsigned.
    Sts(Client<'a>, bool),
    /// Keys, or a process that prints them.
    Keys,
    /// A source that has none.
    None(Failure<'a>),
}

/// The profiles on the way from the first one, innermost first.
struct Way<'w> {
    name: &'w str,
    before: Option<&'w Way<'w>>,
}

impl Way<'_> {
    fn has(&self, name: &str) -> bool {
        self.name == name || self.before.is_some_and(|before| before.has(name))
    }

    fn names(&self) -> String {
        match self.before {
            Some(before) => format!("{}, {}", before.names(), self.name),
            None => self.name.into(),
        }
    }
}

fn other<'a>(error_type: &'static str, message: String) -> Failure<'a> {
    Failure::new(FailureCategory::Other, error_type, message)
}

/// The error for a file that cannot be read.
pub(crate) fn unreadable<'a>(bad: Unreadable) -> Failure<'a> {
    Failure::new(FailureCategory::ConfigParse, bad.error_type(), format!("{bad}"))
}

fn no_keys<'a>(message: &'static str) -> Failure<'a> {
    Failure::new(FailureCategory::MissingCredentials, "SdkClientException", message)
}

const NO_KEYS: &str = "Unable to load credentials from system settings. Access key must be specified either via environment variable (AWS_ACCESS_KEY_ID) or system property (aws.accessKeyId).";
const NO_TOKEN: &str = "Either the environment variable AWS_WEB_IDENTITY_TOKEN_FILE or the javaproperty aws.webIdentityTokenFile must be set.";
const NO_CONTAINER: &str = "Cannot fetch credentials from container - neither AWS_CONTAINER_CREDENTIALS_FULL_URI or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI environment variables are set.";
const NO_INSTANCE: &str = "IMDS credentials have been disabled by environment variable or system property.";

impl JavaV2 {
    /// The region us-east-1 and the global endpoint as an override in code.
    pub(crate) fn global_fallback<'a>(&self, look: &mut Look<'a, '_>) -> Options<'a> {
        const WHY: &str = "no region: us-east-1, and the endpoint overridden with the global one";
        const GLOBAL: &str = "https://sts.amazonaws.com";
        look.note(WHY);
        let uri = JavaUri::parse(GLOBAL).unwrap_or_default();
        Options {
            region: Some(Region { id: Cow::Borrowed("us-east-1"), found: Sourced::rule("us-east-1", WHY) }),
            endpoint: Some(Override { found: Sourced::rule(GLOBAL, WHY), uri }),
            ..Options::default()
        }
    }

    /// `StsProfileCredentialsProviderFactory`: the region of the profile with the role, else the default chain, else the
    /// global endpoint.
    fn role_client<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        name: &str,
    ) -> Result<Client<'a>, Failure<'a>> {
        let own = active.files.property(Title::Profiles, name, "region");
        let own = own.filter(|_| self.role_region == RoleRegion::Own);
        let found = own.map(|property| Sourced::file(property.value));
        let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
        look.tell(Value::Region, Source::Profile("region"), found, verdict);
        let region = match (own, found) {
            (Some(property), Some(found)) => {
                look.note("the region of the role's own profile comes before AWS_REGION");
                let id = match active.files.whole(Title::Profiles, name, property) {
                    Cow::Borrowed(text) => sources::region_of(text, self.encodes_regions),
                    Cow::Owned(text) => {
                        sources::region_of(&text, self.encodes_regions).map(|id| Cow::Owned(id.into_owned()))
                    }
                };
                Some(Region { id: id.ok_or_else(blank_region)?, found })
            }
            _ => sources::default_region(look, active, self.encodes_regions),
        };
        self.provider_client(look, active, region, self.role_region == RoleRegion::ChainOrAwsGlobal)
    }

    /// `StsWebIdentityCredentialsProviderFactory`: the default chain, else the global endpoint.
    fn web_identity_client<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
    ) -> Result<Client<'a>, Failure<'a>> {
        let region = sources::default_region(look, active, self.encodes_regions);
        self.provider_client(look, active, region, false)
    }

    fn provider_client<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        region: Option<Region<'a>>,
        or_aws_global: bool,
    ) -> Result<Client<'a>, Failure<'a>> {
        let options = match region {
            Some(region) => self.with_region(look, Options::default(), region)?,
            None if or_aws_global => {
                let found = Sourced::default("aws-global", "no region: the provider asks for aws-global");
                let region = Region { id: Cow::Borrowed("aws-global"), found };
                Options { region: Some(region), ..Options::default() }
            }
            None => self.global_fallback(look),
        };
        self.build(look, active, options)
    }

    /// `ProfileCredentialsProvider` for the profile in use.
    fn profile<'a>(&self, look: &mut Look<'a, '_>, active: &Active<'a>) -> Result<Provider<'a>, Failure<'a>> {
        active
            .files
            .check()
            .map_err(|bad| Failure::new(FailureCategory::ConfigParse, bad.error_type(), format!("{bad}")))?;
        self.profile_named(look, active, active.name, None)?.ok_or_else(|| {
            let name = active.name;
            other(
                "SdkClientException",
                format!(
                    "Profile file contained no credentials for profile '{name}': {}",
                    active.files.describe(self.names_sections)
                ),
            )
        })
    }

    /// `ProfileCredentialsUtils.credentialsProvider`.
    fn profile_named<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        name: &str,
        way: Option<&Way<'_>>,
    ) -> Result<Option<Provider<'a>>, Failure<'a>> {
        let get = |key: &str| active.files.property(Title::Profiles, name, key);
        let has = |key: &str| get(key).is_some();
        let require = |keys: &[&str]| {
            keys.iter().find(|key| !has(key)).map_or(Ok(()), |key| {
                let message = format!("Profile property '{key}' was not configured for '{name}'.");
                Err(other("IllegalArgumentException", message))
            })
        };
        let tell = |look: &mut Look<'a, '_>, key: &'static str, property: Option<Property<'a>>| {
            let found = property.map(|property| Sourced::file(property.value));
            let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
            look.tell(Value::Role, Source::Profile(key), found, verdict);
        };
        let role = get("role_arn");
        tell(look, "role_arn", role);
        let token = get("web_identity_token_file").filter(|_| self.web_identity);
        if role.is_some() && token.is_some() {
            tell(look, "web_identity_token_file", token);
            return Ok(Some(Provider::Sts(self.web_identity_client(look, active)?, true)));
        }
        if ["sso_role_name", "sso_account_id", "sso_region", "sso_start_url", "sso_session"]
            .iter()
            .any(|key| has(key))
        {
            require(&["sso_account_id", "sso_role_name"])?;
            if !has("sso_session") {
                require(&["sso_region", "sso_start_url"])?;
            }
            return Err(other(
                "IllegalStateException",
                format!(
                    "To use Sso related properties in the '{name}' profile, the 'sso' service module must be on the class path."
                ),
            ));
        }
        if role.is_some() {
            let source = get("source_profile");
            let credentials = get("credential_source").filter(|_| self.credential_source);
            if source.is_some() && credentials.is_some() {
                return Err(other(
                    "IllegalStateException",
                    "Invalid profile file: profile has both source_profile and credential_source.".into(),
                ));
            }
            if let Some(source) = source {
                if way.is_some_and(|way| way.has(name)) {
                    let names = way.map(Way::names).unwrap_or_default();
                    return Err(other(
                        "IllegalStateException",
                        format!(
                            "Invalid profile file: Circular relationship detected with profiles [{names}]."
                        ),
                    ));
                }
                tell(look, "source_profile", Some(source));
                let here = Way { name, before: way };
                let from = self.profile_named(look, active, source.value.text, Some(&here))?.ok_or_else(|| {
                    other(
                        "IllegalStateException",
                        format!(
                            "The source profile of '{name}' was configured to be '{}', but that source profile has no credentials configured.",
                            source.value.text
                        ),
                    )
                })?;
                let client = self.role_client(look, active, name)?;
                return Ok(Some(match from {
                    Provider::Keys => Provider::Sts(client, false),
                    // The first call is the one that the source needs.
                    first => first,
                }));
            }
            if let Some(credentials) = credentials {
                tell(look, "credential_source", Some(credentials));
                let from = credentials.value.text;
                let is = |name: &str| from.eq_ignore_ascii_case(name);
                let missing = if is("Environment") {
                    None
                } else if is("EcsContainer") {
                    Some(no_keys(NO_CONTAINER))
                } else if is("Ec2InstanceMetadata") {
                    Some(no_keys(NO_INSTANCE))
                } else {
                    return Err(other(
                        "IllegalArgumentException",
                        format!("{from} is not a valid credential_source"),
                    ));
                };
                let client = self.role_client(look, active, name)?;
                return Ok(Some(match missing {
                    None => Provider::Sts(client, false),
                    Some(failure) => Provider::None(failure),
                }));
            }
        }
        if has("credential_process") {
            return Ok(Some(Provider::Keys));
        }
        if has("aws_session_token") || has("aws_access_key_id") {
            require(&["aws_access_key_id", "aws_secret_access_key"])?;
            return Ok(Some(Provider::Keys));
        }
        Ok(None)
    }

    fn run<'a>(
        &self,
        look: &mut Look<'a, '_>,
        provider: Provider<'a>,
    ) -> Result<Option<Resolution<'a>>, Failure<'a>> {
        match provider {
            Provider::Sts(client, unsigned) => self.call(look, client, unsigned).map(Some),
            Provider::Keys => Ok(None),
            Provider::None(failure) => Err(failure),
        }
    }

    /// The calls that credential providers make.
    pub(crate) fn provider<'a>(&self, look: &mut Look<'a, '_>, active: &Active<'a>) -> Outcome<'a> {
        let entry = look.scenario.entry;
        if entry.is_web_identity() && !self.web_identity {
            return Outcome::NotApplicable("no such provider in this release".into());
        }
        let mut outer = None;
        let code = &look.scenario.code;
        let around = code.region.is_some()
            || code.endpoint.is_some()
            || code.use_fips.is_some()
            || code.use_dualstack.is_some();
        if around && !look.scenario.alone {
            look.note(
                "the client whose chain runs is built first; its region does not reach the provider's client",
            );
            let built = self.options_in_code(look).and_then(|options| self.build(look, active, options));
            match built {
                Ok(client) => outer = Some(client),
                Err(failure) => return failure.into(),
            }
        }
        let asked = match entry {
            Entry::WebIdentityEnv | Entry::WebIdentityProfile => {
                self.default_chain(look, active, entry == Entry::WebIdentityEnv)
            }
            // The keys of the environment would come before the profile, whose provider is asked by itself then.
            _ if look.scenario.no_static => self.default_chain(look, active, false),
            _ => self.profile(look, active).and_then(|provider| self.run(look, provider)),
        };
        match (asked, outer) {
            (Ok(Some(resolution)), _) => resolution.into(),
            (Err(failure), _) => failure.into(),
            (Ok(None), Some(client)) => self.call(look, client, false).into(),
            (Ok(None), None) => {
                Outcome::NotApplicable("the profile has credentials of its own, and no call is made".into())
            }
        }
    }

    /// `DefaultCredentialsProvider`: system properties, environment, web identity, profile, container, instance. Each
    /// failure is passed over, and told in the end.
    fn default_chain<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        token_in_environment: bool,
    ) -> Result<Option<Resolution<'a>>, Failure<'a>> {
        if self.chain_reads_files_first {
            active.files.check().map_err(unreadable)?;
        }
        let web_identity = if token_in_environment {
            let client = self.web_identity_client(look, active);
            client.and_then(|client| self.call(look, client, true))
        } else {
            Err(no_keys(NO_TOKEN))
        };
        let web_identity = match web_identity {
            Ok(resolution) => return Ok(Some(resolution)),
            Err(failure) => failure,
        };
        if token_in_environment {
            look.note("web identity failed; the chain goes on to the profile");
        }
        let profile = match self.profile(look, active).and_then(|provider| self.run(look, provider)) {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        let cause = if token_in_environment { &web_identity } else { &profile };
        let category = match cause.category {
            FailureCategory::MissingRegion
            | FailureCategory::InvalidRegion
            | FailureCategory::UnsupportedVariant
            | FailureCategory::InvalidSetting
            | FailureCategory::InvalidEndpoint => cause.category,
            _ => FailureCategory::MissingCredentials,
        };
        let name = if self.endpoint_before_region {
            "WebIdentityTokenFileCredentialsProvider"
        } else {
            "WebIdentityTokenCredentialsProvider"
        };
        let profile_provider = format!("ProfileCredentialsProvider(profileName={})", active.name);
        let message = format!(
            "Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain(credentialsProviders=[SystemPropertyCredentialsProvider(), EnvironmentVariableCredentialsProvider(), {name}(), {profile_provider}, ContainerCredentialsProvider(), InstanceProfileCredentialsProvider()]) : [SystemPropertyCredentialsProvider(): {NO_KEYS}, EnvironmentVariableCredentialsProvider(): {NO_KEYS}, {name}(): {}, {profile_provider}: {}, ContainerCredentialsProvider(): {NO_CONTAINER}, InstanceProfileCredentialsProvider(): {NO_INSTANCE}]",
            web_identity.message, profile.message
        );
        let settings = *cause.settings;
        Err(Failure::new(category, "SdkClientException", message).with_settings(settings))
    }
}

#[cfg(test)]
mod tests {
    use crate::HISTORY;
    use alloc::format;
    use alloc::string::{String, ToString};
    use sts_endpoint_core::{Entry, FileKind, Release, ResolutionPolicy, Scenario};

    fn answer(release: Release, config: &str) -> String {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_variable("AWS_PROFILE", "dev")
            .with_file(FileKind::Config, config);
        HISTORY.policy_at(release).unwrap().0.resolve(&scenario).to_string()
    }

    #[test]
    fn a_role_without_a_region_went_to_aws_global_then_to_the_global_endpoint() {
        const ROLE: &str = "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\n\
            source_profile = keys\n[profile keys]\naws_access_key_id = a\naws_secret_access_key = b\n";
        assert_eq!(
            answer(Release::new(&[2, 2, 0]), ROLE),
            "https://sts.aws-global.amazonaws.com/ signed for aws-global"
        );
        assert_eq!(answer(Release::new(&[2, 3, 0]), ROLE), "https://sts.amazonaws.com/ signed for us-east-1");
        assert_eq!(answer(HISTORY.newest, ROLE), "https://sts.amazonaws.com/ signed for us-east-1");
    }

    #[test]
    fn only_a_login_without_a_session_needs_its_own_region_and_start_url() {
        for (rest, message) in [
            ("", "Profile property 'sso_region' was not configured for 'dev'."),
            ("sso_region = us-east-1\n", "Profile property 'sso_start_url' was not configured for 'dev'."),
            (
                "sso_session = s\n",
                "To use Sso related properties in the 'dev' profile, the 'sso' service module must be on the class path.",
            ),
        ] {
            let config = format!("[profile dev]\nsso_account_id = 1\nsso_role_name = r\n{rest}");
            let answer = answer(HISTORY.newest, &config);
            assert!(answer.ends_with(message), "{answer}");
        }
    }
}
