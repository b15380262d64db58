//! The credential chain: whether it finds keys for an ordinary client, and the region of the client inside a provider.

use crate::sources::{Preferred, Profiles, profile_name};
use crate::{Chain, JsV3, ProviderRegion};
use alloc::format;
use sts_endpoint_core::{
    Entry, Failure, FailureCategory, Look, Partition, Profile, Scenario, Source, Sourced, Value, Verdict,
};

const US_EAST_1: Sourced<'static> = Sourced::rule("us-east-1", "us-east-1 of the credential provider");

impl JsV3 {
    /// The failure of a signed call of an ordinary client that finds no keys. As soon as AWS_PROFILE is set, the keys of the
    /// environment are passed over, and the profile has to hold some.
    pub(crate) fn without_credentials<'a>(&self, scenario: &'a Scenario) -> Option<Failure<'a>> {
        let has_environment = !scenario.no_static && scenario.non_empty_variable("AWS_PROFILE").is_none();
        if has_environment {
            return None;
        }
        let name = profile_name(scenario);
        let profiles = Profiles::new(scenario, name, Preferred::Credentials);
        if profiles.get("aws_access_key_id").is_some() && profiles.get("aws_secret_access_key").is_some() {
            return None;
        }
        Some(self.chain_failure(scenario, name))
    }

    /// What the chain says when it has come to its end.
    fn chain_failure<'a>(&self, scenario: &'a Scenario, name: &str) -> Failure<'a> {
        match self.chain {
            Chain::First if scenario.non_empty_variable("AWS_PROFILE").is_some() => Failure::new(
                FailureCategory::ProfileNotFound,
                "Error",
                format!("Profile {name} could not be found or parsed in shared credentials file."),
            ),
            Chain::First | Chain::CredentialSource => Failure::new(
                FailureCategory::MissingCredentials,
                "Error",
                "EC2 Instance Metadata Service access disabled",
            ),
            Chain::TokenFile => Failure::new(
                FailureCategory::MissingCredentials,
                "CredentialsProviderError",
                "Could not load credentials from any providers",
            ),
        }
    }

    /// Whether the chain comes to a call of STS at all.
    ///
    /// # Errors
    ///
    /// What the chain says where it does not.
    pub(crate) fn provider_applies<'a>(&self, scenario: &'a Scenario) -> Result<(), Failure<'a>> {
        let name = profile_name(scenario);
        let profiles = Profiles::new(scenario, name, Preferred::Credentials);
        let has = |key| profiles.get(key).is_some();
        let source = profiles.get("source_profile");
        let keys_of = |name| {
            let source = Profiles::new(scenario, name, Preferred::Credentials);
            source.get("aws_access_key_id").is_some() || source.get("role_arn").is_some()
        };
        let applies = match scenario.entry {
            Entry::ProfileAssumeRole => {
                let by_source = source.is_some_and(|source| keys_of(source.text));
                has("role_arn") && (by_source || has("credential_source") && self.chain > Chain::First)
            }
            Entry::WebIdentityProfile => {
                self.chain > Chain::First && has("role_arn") && has("web_identity_token_file")
            }
            Entry::WebIdentityEnv => self.chain == Chain::TokenFile,
            _ => true,
        };
        if applies { Ok(()) } else { Err(self.chain_failure(scenario, name)) }
    }

    /// The region of the client inside a provider.
    ///
    /// # Errors
    ///
    /// Where the client's region is wanted, and there is none.
    pub(crate) fn provider_region<'a>(&self, look: &mut Look<'a, '_>) -> Result<Sourced<'a>, Failure<'a>> {
        let scenario = look.scenario;
        let role = scenario.entry == Entry::ProfileAssumeRole;
        if scenario.alone {
            return Ok(self.region_alone(look, role));
        }
        if self.provider_region == ProviderRegion::ProfileThenClient && role {
            // credential-provider-ini `resolveAssumeRoleCredentials`: profileData.region
            let source = Source::Profile("region");
            let found = look.at(Value::Region, source);
            look.tell(
                Value::Region,
                source,
                found,
                if found.is_some() { Verdict::Used } else { Verdict::Absent },
            );
            if let Some(found) = found {
                look.note(
                    "a role profile's own region comes first, even above AWS_REGION and code (3.713.0)",
                );
                return Ok(found);
            }
        }
        if self.provider_region == ProviderRegion::UsEast1 {
            look.note("the client inside the provider is always in us-east-1 (3.502.0 to 3.507.0)");
            return Ok(US_EAST_1);
        }
        let client = self.region(look, true).filter(|region| {
            // An empty text in code is none; an empty AWS_REGION is a region that fails later.
            !(region.text.is_empty() && scenario.code.region.is_some())
        });
        match (self.provider_region, client) {
            (ProviderRegion::ClientElseUsEast1, None) => {
                look.note("the client's region cannot be had: us-east-1");
                Ok(US_EAST_1)
            }
            (_, None) => Err(missing_region()),
            (ProviderRegion::ClientOutsideAws, Some(region)) if Partition::of(region.text).id == "aws" => {
                look.note("a region of partition aws is passed over: us-east-1 (3.511.0 to 3.513.0)");
                Ok(US_EAST_1)
            }
            (_, Some(region)) => Ok(Sourced { text: self.real_region(region.text), ..region }),
        }
    }

    /// Without a client around it: `clientConfig.region`, the profile's region for a role, us-east-1; since 3.920.0 AWS_REGION and
    /// the profile too.
    fn region_alone<'a>(&self, look: &mut Look<'a, '_>, role: bool) -> Sourced<'a> {
        const CODE: Source = Source::Code("clientConfig.region");
        const VARIABLE: Source = Source::Variable("AWS_REGION");
        const PROFILE: Source = Source::Profile("region");
        let sources: &[Source] = match (self.alone_reads_region, role) {
            (true, true) => &[PROFILE, CODE, VARIABLE],
            (true, false) => &[CODE, VARIABLE, PROFILE],
            (false, true) => &[CODE, PROFILE],
            (false, false) => &[CODE],
        };
        for &source in sources {
            let found = look.at(Value::Region, source).filter(|found| !found.text.is_empty());
            look.tell(
                Value::Region,
                source,
                found,
                if found.is_some() { Verdict::Used } else { Verdict::Absent },
            );
            if let Some(found) = found {
                return found;
            }
        }
        look.note("a provider without a client around it falls back to us-east-1");
        US_EAST_1
    }
}

pub(crate) fn missing_region<'a>() -> Failure<'a> {
    Failure::new(FailureCategory::MissingRegion, "Error", "Region is missing")
}
