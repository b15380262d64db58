//! Where a cmdlet and the SDK inside look, and how profile files are read.

use crate::PowerShell;
use alloc::format;
use sts_endpoint_core::profile::{Dialect, FileValue, Section};
use sts_endpoint_core::{
    Accept, Chain, Entry, Failure, FailureCategory, FileKind, Look, Profile, Scenario, Source, Sourced,
    Value, Verdict,
};

/// `ProfileIniFile.cs`: whole-line comments alone.
static DIALECT: Dialect = Dialect::PLAIN;

/// A profile: the credentials file's section over the config file's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profiles<'a> {
    scenario: &'a Scenario,
    name: &'a str,
}

impl<'a> Profiles<'a> {
    pub(crate) fn named(scenario: &'a Scenario, name: &'a str) -> Self {
        Self { scenario, name }
    }

    /// AWS_PROFILE, else `default`: what the SDK inside takes.
    pub(crate) fn active(scenario: &'a Scenario) -> Self {
        Self::named(scenario, scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default"))
    }

    pub(crate) fn service_endpoint(&self) -> Option<FileValue<'a>> {
        let services = self.get("services")?;
        let file = self.scenario.file(FileKind::Config)?;
        Section::of_kind(file, &DIALECT, "services", services.text).nested("sts", "endpoint_url")
    }
}

impl<'a> Profile<'a> for Profiles<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        let credentials = self.scenario.file(FileKind::Credentials);
        let in_credentials = |file| Section::named(file, &DIALECT, self.name).get(key);
        credentials.and_then(in_credentials).or_else(|| {
            let file = self.scenario.file(FileKind::Config)?;
            if self.name == "default" {
                return Section::named(file, &DIALECT, "default").get(key);
            }
            Section::of_kind(file, &DIALECT, "profile", self.name).get(key)
        })
    }
}

/// The region of a cmdlet (`BaseCmdlets.cs` `TryGetRegion`): -Region, the profile `default` (AWS_PROFILE has no part in it),
/// AWS_REGION, instance metadata.
pub(crate) fn cmdlet_region<'a>(look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
    const CHAIN: Chain = Chain::new(
        Value::Region,
        &[
            Source::Code("-Region"),
            Source::Profile("region"),
            Source::Variable("AWS_REGION"),
            Source::Metadata,
        ],
    );
    CHAIN.first(look, Accept::NonEmpty)
}

/// The region of the client inside a credential provider: the SDK's own chain, never -Region.
pub(crate) fn provider_region<'a>(look: &mut Look<'a, '_>) -> Sourced<'a> {
    const CHAIN: Chain = Chain::new(
        Value::Region,
        &[Source::Variable("AWS_REGION"), Source::Profile("region"), Source::Metadata],
    );
    CHAIN.first(look, Accept::NonEmpty).unwrap_or_else(|| {
        look.note("the client inside the provider falls back to us-east-1");
        Sourced::rule("us-east-1", "us-east-1 of the credential provider")
    })
}

impl PowerShell {
    /// The setting of the SDK inside: variable, profile, default.
    ///
    /// # Errors
    ///
    /// Where the variable is neither legacy nor regional, in any case.
    pub(crate) fn setting<'a>(&self, look: &mut Look<'a, '_>) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        const CHAIN: Chain = Chain::new(
            Value::Setting,
            &[Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"), Source::Profile("sts_regional_endpoints")],
        );
        if !self.setting {
            return Ok(None);
        }
        let known = |text: &str| text.eq_ignore_ascii_case("legacy") || text.eq_ignore_ascii_case("regional");
        let found = CHAIN.first(look, Accept::NonEmpty);
        match found {
            Some(found) if known(found.text) => Ok(Some(found)),
            Some(found) => {
                let source = Source::Variable("AWS_STS_REGIONAL_ENDPOINTS");
                look.tell(
                    Value::Setting,
                    source,
                    Some(found),
                    Verdict::Refused("neither legacy nor regional"),
                );
                Err(Failure::new(
                    FailureCategory::InvalidSetting,
                    "InvalidOperationException",
                    format!(
                        "Invalid value for AWS_STS_REGIONAL_ENDPOINTS or sts_regional_endpoints: {}",
                        found.text
                    ),
                ))
            }
            None if self.default_legacy => Ok(Some(Sourced::default("legacy", "default legacy"))),
            None => Ok(Some(Sourced::default("regional", "default regional"))),
        }
    }

    /// FIPS or dual-stack: the client configuration, variable, profile.
    pub(crate) fn variant<'a>(&self, look: &mut Look<'a, '_>, value: Value) -> Option<Sourced<'a>> {
        const FIPS: Chain = Chain::new(
            Value::Fips,
            &[
                Source::Code("-ClientConfig UseFIPSEndpoint"),
                Source::Variable("AWS_USE_FIPS_ENDPOINT"),
                Source::Profile("use_fips_endpoint"),
            ],
        );
        const DUAL_STACK: Chain = Chain::new(
            Value::DualStack,
            &[
                Source::Code("-ClientConfig UseDualstackEndpoint"),
                Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"),
                Source::Profile("use_dualstack_endpoint"),
            ],
        );
        if !self.variants {
            return None;
        }
        let chain = if value == Value::Fips { FIPS } else { DUAL_STACK };
        let found = chain.first(look, Accept::NonEmpty)?;
        // The client of a provider does not see what a cmdlet was given.
        let given = matches!(found.origin, sts_endpoint_core::Origin::Code(_));
        (!given || look.scenario.entry == Entry::Client).then_some(found)
    }

    /// The endpoint override: -EndpointUrl, and what the SDK inside reads.
    pub(crate) fn endpoint<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profiles: &Profiles<'a>,
    ) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("-EndpointUrl")]);
        const VARIABLES: Chain = Chain::new(
            Value::EndpointUrl,
            &[Source::Variable("AWS_ENDPOINT_URL_STS"), Source::Variable("AWS_ENDPOINT_URL")],
        );
        const IGNORE: Chain = Chain::new(
            Value::IgnoreEndpointUrls,
            &[
                Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
                Source::Profile("ignore_configured_endpoint_urls"),
            ],
        );
        let in_code = look.scenario.entry == Entry::Client;
        if let Some(code) = in_code.then(|| CODE.first(look, Accept::NonEmpty)).flatten() {
            return Some(code);
        }
        if !self.configured_endpoints {
            return None;
        }
        let ignore = IGNORE.first(look, Accept::NonEmpty);
        if ignore.is_some_and(|ignore| ignore.text.eq_ignore_ascii_case("true")) {
            return None;
        }
        VARIABLES.first(look, Accept::NonEmpty).or_else(|| {
            let found =
                profiles.service_endpoint().or_else(|| profiles.get("endpoint_url")).map(Sourced::file);
            let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
            look.tell(Value::EndpointUrl, Source::Profile("endpoint_url"), found, verdict);
            found
        })
    }
}
