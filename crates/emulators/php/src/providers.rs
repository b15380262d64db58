//! The clients inside credential providers (`src/Credentials/CredentialProvider.php`,
//! `AssumeRoleWithWebIdentityCredentialProvider.php`).

use crate::Php;
use crate::profile::{exists, is_prefixed, value};
use crate::sources::profile_name;
use sts_endpoint_core::profile::FileValue;
use sts_endpoint_core::{
    Accept, Chain, Entry, Failure, FailureCategory, FileKind, Look, NoProfile, ProfileFile, Scenario, Source,
    Sourced, Trace, Value, Verdict,
};

const US_EAST_1: Sourced<'static> = Sourced::rule("us-east-1", "us-east-1 of the credential provider");
const VARIABLE: Chain = Chain::new(Value::Region, &[Source::Variable("AWS_REGION")]);

/// The config file in its usual place; without a path it is one that AWS_CONFIG_FILE names.
fn is_usual(file: &ProfileFile) -> bool {
    file.path().is_some_and(|path| path.ends_with(".aws/config") || path.ends_with(".aws/credentials"))
}

/// A role as a step of the chain finds it.
struct Role<'a> {
    source_region: Option<FileValue<'a>>,
    /// The step hands the client's configuration on (the credentials file's step does, the config file's does not).
    knows_client: bool,
}

impl Php {
    /// The region of the client inside a provider.
    ///
    /// # Errors
    ///
    /// Where the chain comes to no call of STS.
    pub(crate) fn provider_region<'a>(
        &self,
        scenario: &'a Scenario,
        client: Option<Sourced<'a>>,
        trace: &mut dyn Trace,
    ) -> Result<Sourced<'a>, Failure<'a>> {
        let mut look = Look::new(scenario, &NoProfile, trace);
        let look = &mut look;
        match scenario.entry {
            Entry::ProfileAssumeRole => {
                let role = self.role(scenario).ok_or_else(|| self.no_credentials())?;
                if let Some(region) = role.source_region {
                    let region = Sourced::file(region);
                    look.tell(Value::Region, Source::Profile("region"), Some(region), Verdict::Used);
                    look.note("the region of the profile that has the keys");
                    return Ok(region);
                }
                if self.provider_finds_region {
                    if let Some(client) = client.filter(|_| role.knows_client) {
                        return Ok(client);
                    }
                    if let Some(found) = VARIABLE.first(look, Accept::NonEmpty) {
                        return Ok(found);
                    }
                }
                look.note("the provider of roles falls back to us-east-1, whatever the client's region is");
                Ok(US_EAST_1)
            }
            entry => {
                let own = if entry == Entry::WebIdentityProfile {
                    self.web_identity_profile(scenario).ok_or_else(|| self.no_credentials())?
                } else {
                    None
                };
                if let Some(region) = own {
                    look.note("the profile's region comes before the client's");
                    return Ok(Sourced::file(region));
                }
                if let Some(client) = client.filter(|_| self.region_to_web_identity) {
                    return Ok(client);
                }
                let found =
                    if self.provider_finds_region { VARIABLE.first(look, Accept::NonEmpty) } else { None };
                if let Some(found) = found {
                    return Ok(found);
                }
                look.note("a provider of a web identity without a client falls back to us-east-1");
                Ok(US_EAST_1)
            }
        }
    }

    /// The role of the profile: in the credentials file by its bare name, in the config file as `profile <name>`; the profile
    /// that has the keys by its bare name in either.
    fn role<'a>(&self, scenario: &'a Scenario) -> Option<Role<'a>> {
        let name = profile_name(scenario);
        let credentials = scenario.file(FileKind::Credentials);
        if let Some(file) = credentials.filter(|file| exists(file, |header| header == name)) {
            let region = self.source_region(file, |header| header == name)?;
            return Some(Role { source_region: region, knows_client: true });
        }
        let config = scenario.file(FileKind::Config);
        let file = config.filter(|file| self.chain_reads_config_file || is_usual(file))?;
        let region = self.source_region(file, |header| is_prefixed(header, name))?;
        Some(Role { source_region: region, knows_client: false })
    }

    fn source_region<'a>(
        &self,
        file: &'a ProfileFile,
        own: impl Fn(&str) -> bool,
    ) -> Option<Option<FileValue<'a>>> {
        value(file, &own, "role_arn")?;
        if let Some(source) = value(file, &own, "source_profile") {
            let is_source = |header: &str| header == source.text;
            value(file, is_source, "aws_access_key_id")?;
            return Some(value(file, is_source, "region"));
        }
        value(file, &own, "credential_source").filter(|_| self.credential_source)?;
        Some(None)
    }

    /// The profile of a web identity: `~/.aws/credentials` and `~/.aws/config` alone. Its region, if it has one.
    fn web_identity_profile<'a>(&self, scenario: &'a Scenario) -> Option<Option<FileValue<'a>>> {
        let name = profile_name(scenario);
        for kind in [FileKind::Credentials, FileKind::Config] {
            let Some(file) = scenario.file(kind).filter(|file| is_usual(file)) else { continue };
            let own = |header: &str| header == name || is_prefixed(header, name);
            if value(file, own, "web_identity_token_file").is_some() {
                return Some(value(file, own, "region"));
            }
        }
        None
    }

    /// Whether the chain finds keys for an ordinary client.
    pub(crate) fn has_keys(&self, scenario: &Scenario) -> bool {
        let name = profile_name(scenario);
        let in_file =
            |file: &ProfileFile| value(file, |header| header == name, "aws_access_key_id").is_some();
        !scenario.no_static || scenario.file(FileKind::Credentials).is_some_and(in_file)
    }

    pub(crate) fn no_credentials<'a>(&self) -> Failure<'a> {
        Failure::new(
            FailureCategory::MissingCredentials,
            "Aws\\Exception\\CredentialsException",
            if self.says_service {
                "Error retrieving credentials from the instance profile metadata service. (EC2 metadata service access disabled)"
            } else {
                "Error retrieving credentials from the instance profile metadata server. (EC2 metadata server access disabled)"
            },
        )
    }
}
