//! From settings to a request.

use crate::profile::Profiles;
use crate::sources::{self, ENDPOINT_IN_CODE, REGION_IN_CODE, RoleFile, SETTING_PROFILE, SETTING_VARIABLE};
use crate::{Construction, JavaV1};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::java_uri::JavaUri;
use sts_endpoint_core::rules;
use sts_endpoint_core::{
    Accept, Endpoint, Entry, Failure, FailureCategory, Look, Outcome, Partition, Resolution, Settings,
    Source, Sourced, Value, Verdict,
};

/// A client that was built: what its requests will be.
struct Client<'a> {
    endpoint: Endpoint<'a>,
    signing_region: Cow<'a, str>,
    settings: Settings<'a>,
    decided_by: Option<Sourced<'a>>,
}

impl<'a> Client<'a> {
    /// What the deprecated constructors begin with.
    fn global(settings: Settings<'a>, why: &'static str) -> Self {
        let decided_by = Some(Sourced::default("sts.amazonaws.com", why));
        Self { endpoint: Endpoint::Global, signing_region: Cow::Borrowed("us-east-1"), settings, decided_by }
    }

    fn call(self, unsigned: bool) -> Resolution<'a> {
        let resolution = Resolution::new(self.endpoint, self.signing_region).with_settings(self.settings);
        let resolution = match self.decided_by {
            Some(value) => resolution.decided_by(value),
            None => resolution,
        };
        resolution.unsigned_if(unsigned)
    }
}

fn sdk_error<'a>(category: FailureCategory, message: impl Into<Cow<'a, str>>) -> Failure<'a> {
    Failure::new(category, "SdkClientException", message)
}

fn illegal<'a>(category: FailureCategory, message: impl Into<Cow<'a, str>>) -> Failure<'a> {
    Failure::new(category, "IllegalArgumentException", message)
}

const NO_REGION: &str = "Unable to find a region via the region provider chain. Must provide an explicit region in the builder or setup environment to supply a region.";
const IN_CHAIN: &str = "Unable to load AWS credentials from any provider in the chain";
const NO_VARIABLES: &str = "Unable to load AWS credentials from environment variables (AWS_ACCESS_KEY_ID (or AWS_ACCESS_KEY) and AWS_SECRET_KEY (or AWS_SECRET_ACCESS_KEY))";
const NO_PROPERTIES: &str =
    "Unable to load AWS credentials from Java system properties (aws.accessKeyId and aws.secretKey)";
const NO_TOKEN: &str = "You must specify a value for roleArn and roleSessionName";
const NO_METADATA: &str =
    "AWS_EC2_METADATA_DISABLED is set to true, not loading credentials from EC2 Instance Metadata service";

/// The mode of the setting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Legacy,
    Regional,
}

impl JavaV1 {
    /// `RegionalEndpointsOptionResolver.useLegacyMode`: the variable, untrimmed, else the profile; compared without case.
    fn mode<'a>(
        &self,
        look: &mut Look<'a, '_>,
        name: &str,
    ) -> Result<(Mode, Option<Sourced<'a>>), Failure<'a>> {
        let read = |text: &str| match text {
            text if text.eq_ignore_ascii_case("legacy") => Some(Mode::Legacy),
            text if text.eq_ignore_ascii_case("regional") => Some(Mode::Regional),
            _ => None,
        };
        let (found, refusal): (_, fn(&str, &str) -> String) = match SETTING_VARIABLE
            .first(look, Accept::Present)
        {
            Some(found) => (found, |text, _| {
                format!("Unexpected value set for AWS_STS_REGIONAL_ENDPOINTS environment variable: '{text}'")
            }),
            None => match SETTING_PROFILE.first(look, Accept::Present) {
                Some(found) => (found, |text, name| {
                    format!(
                        "Unexpected option for 'sts_regional_endpoints' property in profile '{name}': {text}"
                    )
                }),
                None => {
                    look.note("no setting: legacy");
                    return Ok((Mode::Legacy, None));
                }
            },
        };
        match read(found.text) {
            Some(mode) => Ok((mode, Some(found))),
            None => Err(sdk_error(FailureCategory::InvalidSetting, refusal(found.text, name))),
        }
    }

    /// `AWSSecurityTokenServiceClient.setRegion`.
    fn set_region<'a>(
        &self,
        look: &mut Look<'a, '_>,
        name: &str,
        region: Sourced<'a>,
        settings: &mut Settings<'a>,
    ) -> Result<Client<'a>, Failure<'a>> {
        settings.region = Some(region);
        let Some(partition) = self.data.partition_of(region.text) else {
            return Err(illegal(FailureCategory::InvalidRegion, "No region provided"));
        };
        let mut legacy = false;
        let mut decided_by = Some(region);
        if self.setting {
            let (mode, setting) = self.mode(look, name)?;
            settings.setting = setting;
            legacy = mode == Mode::Legacy;
            decided_by = setting.or(Some(Sourced::default("legacy", "the setting's default")));
        }
        if self.documented {
            return Ok(self.documented_client(look, region, legacy, *settings));
        }
        if legacy && rules::is_legacy_global(region.text) {
            look.note("legacy and a region of the list of 16: global endpoint");
            let endpoint = Endpoint::Global;
            return Ok(Client {
                endpoint,
                signing_region: Cow::Borrowed("us-east-1"),
                settings: *settings,
                decided_by,
            });
        }
        let (endpoint, signing_region) = self.data.endpoint(partition, region.text);
        if endpoint == Endpoint::Global {
            look.note("the bundled endpoint data has no host of its own for this region: global endpoint");
        }
        let (signing_region, decided_by) = (Cow::Borrowed(signing_region), Some(region));
        Ok(Client { endpoint, signing_region, settings: *settings, decided_by })
    }

    /// The row of the documented table: `legacy` is the global endpoint for every region of the commercial partition.
    fn documented_client<'a>(
        &self,
        look: &mut Look<'a, '_>,
        region: Sourced<'a>,
        legacy: bool,
        settings: Settings<'a>,
    ) -> Client<'a> {
        let partition = Partition::of(region.text);
        let global = region.text == "aws-global" || (legacy && partition.id == "aws");
        if global {
            look.note("legacy in the commercial partition, or aws-global: global endpoint");
        }
        let (endpoint, signing_region) = if global {
            (Endpoint::Global, "us-east-1")
        } else {
            (Endpoint::regional(region.text, partition.dns_suffix), region.text)
        };
        let decided_by = settings.setting.or(Some(region));
        Client { endpoint, signing_region: Cow::Borrowed(signing_region), settings, decided_by }
    }

    /// An endpoint in code. The setting is not read. Without a region the signer reads one out of the host.
    fn set_endpoint<'a>(
        &self,
        look: &mut Look<'a, '_>,
        endpoint: Sourced<'a>,
        region: Option<Sourced<'a>>,
    ) -> Result<Client<'a>, Failure<'a>> {
        let refused = |message: String| Err(illegal(FailureCategory::InvalidEndpoint, message));
        // RuntimeHttpUtils.toUri
        let text: Cow<'a, str> = if endpoint.text.contains("://") {
            Cow::Borrowed(endpoint.text)
        } else {
            Cow::Owned(format!("https://{}", endpoint.text))
        };
        let host = match JavaUri::parse(&text) {
            Ok(uri) => uri.host.map(signing_region_of),
            Err(bad) => return refused(format!("java.net.URISyntaxException: {bad}")),
        };
        let Some(parsed) = host else {
            return refused(if self.names_bad_endpoints {
                format!("Endpoint does not contain a valid host name: {text}")
            } else {
                "hostname cannot be null".into()
            });
        };
        let signing_region = match (region, parsed) {
            (Some(region), _) => Cow::Borrowed(region.text),
            (None, parsed) => {
                look.note("an endpoint without a region: signed for the region in its host, else us-east-1");
                match (&text, parsed) {
                    (_, None) => Cow::Borrowed("us-east-1"),
                    // The text is the caller's own: the region can be borrowed from it.
                    (Cow::Borrowed(text), Some((from, to))) => {
                        let host = JavaUri::parse(text).ok().and_then(|uri| uri.host).unwrap_or("");
                        Cow::Borrowed(special(host.get(from..to).unwrap_or("us-east-1")))
                    }
                    (Cow::Owned(text), Some((from, to))) => {
                        let host = JavaUri::parse(text).ok().and_then(|uri| uri.host).unwrap_or("");
                        Cow::Owned(special(host.get(from..to).unwrap_or("us-east-1")).into())
                    }
                }
            }
        };
        // SdkHttpUtils.appendUri: the text as it stands, with a slash behind it.
        let url = if text.ends_with('/') { text } else { Cow::Owned(format!("{text}/")) };
        let settings = Settings { region, endpoint_url: Some(endpoint), ..Settings::default() };
        Ok(Client { endpoint: Endpoint::Given(url), signing_region, settings, decided_by: Some(endpoint) })
    }

    /// A client that the user builds.
    fn client<'a>(
        &self,
        look: &mut Look<'a, '_>,
        name: &str,
        construction: Construction,
    ) -> Result<Client<'a>, Failure<'a>> {
        let region = REGION_IN_CODE.first(look, Accept::Present);
        if let Some(endpoint) = ENDPOINT_IN_CODE.first(look, Accept::Present) {
            return self.set_endpoint(look, endpoint, region);
        }
        // A name that is no region is dropped by the builder, and refused by setRegion.
        let given = region.filter(|region| {
            construction == Construction::Constructor || self.data.partition_of(region.text).is_some()
        });
        match (given, construction) {
            (Some(region), _) => self.with_region(look, name, region),
            (None, Construction::Constructor) => Ok(Client::global(
                Settings::default(),
                "the deprecated constructor begins with the global endpoint, and looks for no region",
            )),
            (None, Construction::Builder) => self.with_chain(look, name),
        }
    }

    fn with_region<'a>(
        &self,
        look: &mut Look<'a, '_>,
        name: &str,
        region: Sourced<'a>,
    ) -> Result<Client<'a>, Failure<'a>> {
        let mut settings = Settings::default();
        self.set_region(look, name, region, &mut settings).map_err(|failure| failure.with_settings(settings))
    }

    /// A client whose region comes from the default chain.
    fn with_chain<'a>(&self, look: &mut Look<'a, '_>, name: &str) -> Result<Client<'a>, Failure<'a>> {
        match sources::default_region(look, self.can_disable_metadata) {
            Some(region) => self.with_region(look, name, region),
            None if self.documented => {
                Ok(Client::global(Settings::default(), "no region: the documented fallback"))
            }
            None => Err(sdk_error(FailureCategory::MissingRegion, NO_REGION)),
        }
    }

    /// An ordinary client's call.
    pub(crate) fn ordinary<'a>(
        &self,
        look: &mut Look<'a, '_>,
        name: &str,
        construction: Construction,
    ) -> Outcome<'a> {
        // All operations are signed for a client that has credentials, also those that need no signature.
        self.client(look, name, construction).map(|client| client.call(false)).into()
    }

    /// The call of a credential provider.
    pub(crate) fn provider<'a>(&self, look: &mut Look<'a, '_>, name: &'a str) -> Outcome<'a> {
        let mut outer = None;
        if look.scenario.code.region.is_some() && !look.scenario.alone {
            look.note(
                "the client whose chain runs is built first; its region does not reach the provider's client",
            );
            match self.client(look, name, Construction::Builder) {
                Ok(client) => outer = Some(client),
                Err(failure) => return failure.into(),
            }
        }
        let asked = match look.scenario.entry {
            Entry::WebIdentityEnv => self.default_chain(look, name, true),
            Entry::WebIdentityProfile => self.default_chain(look, name, false),
            // Without static keys of the environment the default chain reaches the profile; with them it would not, and
            // the profile's provider is asked by itself.
            Entry::ProfileAssumeRole if look.scenario.no_static => self.default_chain(look, name, false),
            _ => self.profile(look, name),
        };
        match (asked, outer) {
            (Ok(Some(resolution)), _) => resolution.into(),
            (Err(failure), _) => failure.into(),
            (Ok(None), Some(client)) => client.call(false).into(),
            (Ok(None), None) => {
                Outcome::NotApplicable("the profile has credentials of its own, and no call is made".into())
            }
        }
    }

    /// `ProfileCredentialsProvider`; `None`: the profile has keys. A role is assumed by a client that the deprecated
    /// constructor makes (`STSAssumeRoleSessionCredentialsProvider`): always the global endpoint.
    fn profile<'a>(
        &self,
        look: &mut Look<'a, '_>,
        name: &'a str,
    ) -> Result<Option<Resolution<'a>>, Failure<'a>> {
        let scenario = look.scenario;
        let file = match sources::role_file(scenario) {
            RoleFile::Found(file) => file,
            RoleFile::Missing(place) => {
                let message = format!("AWS credential profiles file not found in the given path: {place}");
                return Err(illegal(FailureCategory::ProfileNotFound, message));
            }
            RoleFile::Unnamed => match scenario.credentials.as_ref().or(scenario.config.as_ref()) {
                Some(file) if self.documented => file,
                _ => {
                    look.note("roles are read from AWS_CREDENTIAL_PROFILES_FILE or ~/.aws, not from AWS_CONFIG_FILE");
                    return Err(illegal(FailureCategory::ProfileNotFound, "profile file cannot be null"));
                }
            },
        };
        let profiles = Profiles { file, scanner: self.scanner };
        profiles
            .check()
            .map_err(|bad| Failure::new(FailureCategory::ConfigParse, bad.error_type, bad.message))?;
        if !profiles.exists(name) {
            let message = format!("No AWS profile named '{name}'");
            return Err(illegal(FailureCategory::ProfileNotFound, message));
        }
        let get = |profile: &str, key: &str| profiles.get(profile, key);
        let missing = |message| Err(sdk_error(FailureCategory::MissingCredentials, message));
        let mut keys_of = name;
        let role = get(name, "role_arn");
        let found = role.map(Sourced::file);
        let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
        look.tell(Value::Role, Source::Profile("role_arn"), found, verdict);
        if role.is_some() {
            let Some(source) = get(name, "source_profile").filter(|source| !source.text.is_empty()) else {
                return missing(format!(
                    "Unable to load credentials from profile [{name}]: Source profile name is not specified"
                ));
            };
            if !profiles.exists(source.text) {
                let source = source.text;
                return Err(sdk_error(
                    FailureCategory::Other,
                    format!(
                        "Unable to load source profile [{name}]: Source profile was not found [{source}]"
                    ),
                ));
            }
            keys_of = source.text;
        }
        // Only keys count in a source profile: a chain of roles does not work.
        if get(keys_of, "aws_access_key_id").is_none_or(|key| key.text.is_empty()) {
            return missing(format!(
                "Unable to load credentials into profile [{keys_of}]: AWS Access Key ID is not specified."
            ));
        }
        let secret = get(keys_of, "aws_secret_access_key");
        if secret.is_none_or(|key| key.text.is_empty()) {
            // ProfileStaticCredentialsProvider puts the secret where the profile's name should stand.
            let shown = if secret.is_some() { "" } else { "null" };
            return missing(format!(
                "Unable to load credentials into profile [{shown}]: AWS Secret Access Key is not specified."
            ));
        }
        if role.is_none() {
            return Ok(None);
        }
        if self.documented {
            return self.with_chain(look, name).map(|client| Some(client.call(false)));
        }
        const WHY: &str = "a role in a profile: a client from the deprecated constructor, always global";
        look.note(WHY);
        Ok(Some(Client::global(Settings::default(), WHY).call(false)))
    }

    /// `DefaultAWSCredentialsProviderChain`: environment, system properties, web identity, profile, container and
    /// instance. Web identity has its client from the builder: region chain and setting apply, the call is unsigned.
    fn default_chain<'a>(
        &self,
        look: &mut Look<'a, '_>,
        name: &'a str,
        token: bool,
    ) -> Result<Option<Resolution<'a>>, Failure<'a>> {
        let mut web_identity = None;
        if self.web_identity {
            let client = if token {
                self.with_chain(look, name)
            } else {
                Err(sdk_error(FailureCategory::MissingCredentials, NO_TOKEN))
            };
            match client {
                Ok(client) => return Ok(Some(client.call(true))),
                Err(failure) => web_identity = Some(failure),
            }
        }
        let profile = match self.profile(look, name) {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        let cause = web_identity.as_ref().filter(|_| token).unwrap_or(&profile);
        let category = match cause.category {
            FailureCategory::MissingRegion | FailureCategory::InvalidSetting => cause.category,
            _ => FailureCategory::MissingCredentials,
        };
        let settings = *cause.settings;
        let message: Cow<'a, str> = if self.tells_reasons {
            let web_identity = match &web_identity {
                Some(failure) => format!(", WebIdentityTokenCredentialsProvider: {}", failure.message),
                None => String::new(),
            };
            format!(
                "{IN_CHAIN}: [EnvironmentVariableCredentialsProvider: {NO_VARIABLES}, SystemPropertiesCredentialsProvider: {NO_PROPERTIES}{web_identity}, com.amazonaws.auth.profile.ProfileCredentialsProvider@0: {}, com.amazonaws.auth.EC2ContainerCredentialsProviderWrapper@0: {NO_METADATA}]",
                profile.message
            )
            .into()
        } else {
            IN_CHAIN.into()
        };
        Err(sdk_error(category, message).with_settings(settings))
    }
}

/// `us-gov` in a host of old stood for us-gov-west-1.
fn special(region: &str) -> &str {
    if region == "us-gov" { "us-gov-west-1" } else { region }
}

/// `AwsHostNameUtils.parseRegion(host, "sts")`: where in a host the signing region stands.
fn signing_region_of(host: &str) -> Option<(usize, usize)> {
    if let Some(fragment) = host.strip_suffix(".amazonaws.com") {
        let at = fragment.rfind('.')?;
        return Some((at + 1, fragment.len()));
    }
    // ^(?:.+\.)?sts[.-]([a-z0-9-]+)\. with the longest first part that fits
    let starts = host.rmatch_indices("sts").map(|(at, _)| at);
    for at in starts.filter(|at| *at == 0 || host.get(..*at).is_some_and(|before| before.ends_with('.'))) {
        let rest = host.get(at + 3..).unwrap_or("");
        let Some(rest) = rest.strip_prefix(['.', '-']) else { continue };
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        if let Some(end) = end.filter(|end| *end > 0 && rest.get(*end..).is_some_and(|r| r.starts_with('.')))
        {
            return Some((at + 4, at + 4 + end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signing_region_is_read_out_of_the_host() {
        for (host, region) in [
            ("sts.eu-west-1.amazonaws.com", Some("eu-west-1")),
            ("sts.amazonaws.com", None),
            ("vpce-0abc-123.sts.us-east-1.vpce.amazonaws.com", Some("vpce")),
            ("sts.cn-north-1.amazonaws.com.cn", Some("cn-north-1")),
            ("foo.sts.ap-east-1.example.com", Some("ap-east-1")),
            ("sts-x1.y.com", Some("x1")),
            ("sts.example.com", Some("example")),
            ("sts.US-WEST-2.example", None),
            ("sts.us-WEST-2.example", None),
            ("sts..example.com", None),
            ("localhost", None),
            ("sts", None),
            ("iam.us-gov.amazonaws.com", Some("us-gov")),
        ] {
            let found = signing_region_of(host).and_then(|(from, to)| host.get(from..to));
            assert_eq!(found, region, "{host}");
        }
    }

    #[test]
    fn us_gov_in_a_host_is_us_gov_west_1() {
        assert_eq!(special("us-gov"), "us-gov-west-1");
        assert_eq!(special("us-gov-east-1"), "us-gov-east-1");
    }
}
