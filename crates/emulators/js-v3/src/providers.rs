//! The credential chain: whether it finds keys for an ordinary client, and the region of the client inside a provider.

use crate::sources::{Preferred, Profiles, profile_name};
use crate::{Chain, JsV3, ProviderRegion, TemporaryRegion};
use alloc::format;
use alloc::vec::Vec;
use sts_endpoint_core::{
    Entry, Failure, FailureCategory, Look, Operation, Partition, Profile, Scenario, Source, Sourced, Value,
    Verdict,
};

const US_EAST_1: Sourced<'static> = Sourced::rule("us-east-1", "us-east-1 of the credential provider");

/// The first release's client gives its credential chain nobody who could assume a role (credential-provider-ini
/// `resolveProfileData`, `roleAssumer`).
fn no_role_assumer<'a>(profile: &str) -> Failure<'a> {
    Failure::new(
        FailureCategory::Other,
        "Error",
        format!(
            "Profile {profile} requires a role to be assumed, but no role assumption callback was provided."
        ),
    )
}

impl JsV3 {
    /// The failure of a signed call of an ordinary client that finds no keys. As soon as AWS_PROFILE is set, the keys of the
    /// environment are passed over, and the profile has to hold some.
    pub(crate) fn without_credentials<'a>(&self, scenario: &'a Scenario) -> Option<Failure<'a>> {
        let has_environment = !scenario.no_static && scenario.non_empty_variable("AWS_PROFILE").is_none();
        if has_environment {
            return None;
        }
        let name = profile_name(scenario);
        let profiles = Profiles::new(self, scenario, name, Preferred::Credentials);
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
            // The metadata service is there, and has no credentials to give.
            Chain::First | Chain::Roles | Chain::TokenInProfile if scenario.imds_region.is_some() => {
                Failure::new(
                    FailureCategory::Other,
                    "Error",
                    "Error response received from instance metadata service",
                )
            }
            Chain::First | Chain::Roles | Chain::TokenInProfile => Failure::new(
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

    /// The first call of STS that the chain makes.
    ///
    /// # Errors
    ///
    /// What the chain says where it makes none.
    pub(crate) fn first_call<'a>(&self, scenario: &'a Scenario) -> Result<Operation, Failure<'a>> {
        let name = profile_name(scenario);
        match scenario.entry {
            Entry::ProfileAssumeRole => self.call_of_roles(scenario, name),
            Entry::WebIdentityProfile => {
                let profile = Profiles::new(self, scenario, name, Preferred::Credentials);
                let has = |key| profile.get(key).is_some();
                if self.chain > Chain::Roles && has("role_arn") && has("web_identity_token_file") {
                    Ok(Operation::AssumeRoleWithWebIdentity)
                } else {
                    Err(self.unusable_profile(scenario, name))
                }
            }
            Entry::WebIdentityEnv if self.chain < Chain::TokenFile => Err(self.chain_failure(scenario, name)),
            _ => Ok(scenario.wire_operation()),
        }
    }

    /// The first call of a role profile: its source profiles are followed to one with keys or a token
    /// (credential-provider-ini `resolveProfileData`).
    fn call_of_roles<'a>(&self, scenario: &'a Scenario, first: &'a str) -> Result<Operation, Failure<'a>> {
        // The source profiles passed, the last one apart: most chains have one, and need no list.
        let (mut visited, mut last): (Vec<&str>, Option<&str>) = (Vec::new(), None);
        let mut name = first;
        loop {
            let profile = Profiles::new(self, scenario, name, Preferred::Credentials);
            let has = |key| profile.get(key).is_some();
            let is_source = last.is_some();
            if is_source && has("aws_access_key_id") && has("aws_secret_access_key") {
                return Ok(Operation::AssumeRole);
            }
            let source = profile.get("source_profile");
            // Keys that credential_source names are taken to be there, but for the environment's, which a scenario can lack.
            let named = profile.get("credential_source").filter(|_| self.chain > Chain::First);
            let supplied = named.is_some_and(|named| named.text != "Environment" || !scenario.no_static);
            match (has("role_arn"), source, named) {
                (true, Some(_), None) if self.chain == Chain::First => return Err(no_role_assumer(name)),
                (true, Some(source), None) => {
                    if last == Some(source.text) || visited.contains(&source.text) {
                        visited.extend(last);
                        return Err(self.cycle(scenario, first, &visited));
                    }
                    visited.extend(last.replace(source.text));
                    name = source.text;
                }
                (true, None, Some(_)) if supplied => return Ok(Operation::AssumeRole),
                (false, None, Some(_)) if supplied && is_source && self.sources_without_role => {
                    return Ok(Operation::AssumeRole);
                }
                (true, ..) if has("web_identity_token_file") && self.chain > Chain::Roles => {
                    return Ok(Operation::AssumeRoleWithWebIdentity);
                }
                _ => return Err(self.unusable_profile(scenario, name)),
            }
        }
    }

    /// Role profiles that name each other. Before 3.587.0 the chain stopped there; since then it goes on.
    fn cycle<'a>(&self, scenario: &'a Scenario, first: &str, visited: &[&str]) -> Failure<'a> {
        if !scenario.alone && self.chain_passes_cycles {
            return self.chain_failure(scenario, first);
        }
        Failure::new(
            FailureCategory::MissingCredentials,
            if self.chain == Chain::TokenFile { "CredentialsProviderError" } else { "Error" },
            format!(
                "Detected a cycle attempting to resolve credentials for profile {first}. Profiles visited: {}",
                visited.join(", ")
            ),
        )
    }

    /// A profile that holds nothing to get keys by: the chain goes on and comes to its end; a provider alone says which.
    fn unusable_profile<'a>(&self, scenario: &'a Scenario, name: &str) -> Failure<'a> {
        if !scenario.alone {
            return self.chain_failure(scenario, name);
        }
        let (category, message) = match self.chain_passes_cycles {
            true => (
                FailureCategory::MissingCredentials,
                format!(
                    "Could not resolve credentials using profile: [{name}] in configuration/credentials file(s)."
                ),
            ),
            false => (
                FailureCategory::ProfileNotFound,
                format!("Profile {name} could not be found or parsed in shared credentials file."),
            ),
        };
        Failure::new(category, "CredentialsProviderError", message)
    }

    /// The region of the client inside a provider.
    ///
    /// # Errors
    ///
    /// Where the client's region is wanted, and there is none.
    pub(crate) fn provider_region<'a>(
        &self,
        call: Operation,
        look: &mut Look<'a, '_>,
    ) -> Result<Sourced<'a>, Failure<'a>> {
        let scenario = look.scenario;
        // One client serves all the roles of a chain, with the region of the profile that the chain begins with.
        let role = call == Operation::AssumeRole;
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

    /// The region of the client inside `fromTemporaryCredentials` (credential-providers, `fromTemporaryCredentials`). `None`: it is
    /// missing.
    pub(crate) fn temporary_region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        let alone = look.scenario.alone;
        let found = match self.temporary_region {
            // A client of `clientConfig`, which a client around the provider does not reach.
            TemporaryRegion::OfOrdinaryClient if alone => return self.client_region(look),
            TemporaryRegion::OfOrdinaryClient => return self.region(look, false),
            TemporaryRegion::InCode if alone => {
                let code = look.scenario.code.region.as_deref().filter(|region| !region.is_empty());
                code.and_then(|_| self.client_region(look))
            }
            TemporaryRegion::InCode | TemporaryRegion::LookedFor => self.client_region(look),
        };
        match found {
            // An empty AWS_REGION is found, and is no region.
            Some(region) if alone && region.text.is_empty() => None,
            None if alone => {
                look.note("fromTemporaryCredentials without a client around it falls back to us-east-1");
                Some(US_EAST_1)
            }
            region => region,
        }
    }

    /// Without a client around it: `clientConfig.region`, the profile's region for a role, us-east-1; since 3.920.0 AWS_REGION and
    /// the profile too (nested-clients, client-sts defaultStsRoleAssumers `resolveRegion`: region ?? parentRegion ?? default).
    fn region_alone<'a>(&self, look: &mut Look<'a, '_>, role: bool) -> Sourced<'a> {
        const CODE: Source = Source::Code("clientConfig.region");
        const VARIABLE: Source = Source::Variable("AWS_REGION");
        const PROFILE: Source = Source::Profile("region");
        let sources: &[Source] = match (self.alone_reads_region, role) {
            (true, true) => &[CODE, PROFILE, VARIABLE],
            (true, false) => &[CODE, VARIABLE, PROFILE],
            (false, true) if self.provider_region == ProviderRegion::ProfileThenClient => &[CODE, PROFILE],
            (false, _) => &[CODE],
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
