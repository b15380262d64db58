//! Settings -> outcome.

use crate::sources::{Profiles, shared_config};
use crate::url::{has_control, on_the_wire, refused_in_host};
use crate::{GoV1, Legacy};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::rules::LEGACY_GLOBAL_REGIONS;
use sts_endpoint_core::scenario::Construction;
use sts_endpoint_core::{
    Accept, Behaviour, Chain, Endpoint, Entry, Failure, FailureCategory, Look, Operation, Outcome, Partition,
    Resolution, Scenario, Settings, Source, Sourced, Trace, Value,
};

impl Behaviour for GoV1 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        if !self.setting && code.sts_regional_endpoints.is_some() {
            return Outcome::NotApplicable(Cow::Borrowed("no such option in code (STSRegionalEndpoint)"));
        }
        if !self.variants && code.use_fips.is_some() {
            return Outcome::NotApplicable(Cow::Borrowed("no such option in code (UseFIPSEndpoint)"));
        }
        if !self.access_key_info && scenario.wire_operation() == Operation::GetAccessKeyInfo {
            return Outcome::NotApplicable(Cow::Borrowed("no such operation"));
        }
        self.request(scenario, trace).into()
    }
}

const FIPS: (&str, &str, &str) = ("Config.UseFIPSEndpoint", "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
const DUAL_STACK: (&str, &str, &str) =
    ("Config.UseDualStackEndpoint", "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");

impl GoV1 {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let profiles = self.profiles(scenario, trace)?;
        self.check_settings(scenario, &profiles, trace)?;
        self.provider_applies(scenario, &profiles)?;
        let mut look = Look::new(scenario, &profiles, trace);
        let look = &mut look;
        let region = self.region(look).filter(|region| !region.text.is_empty());
        const ENDPOINT: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("Config.Endpoint")]);
        let is_client = scenario.entry == Entry::Client;
        let settings = Settings {
            region,
            setting: self.setting(look),
            fips: self.variant(look, Value::Fips, FIPS),
            dualstack: self.variant(look, Value::DualStack, DUAL_STACK),
            // An endpoint given to the service client does not reach the clients inside providers.
            endpoint_url: is_client.then(|| ENDPOINT.first(look, Accept::NonEmpty)).flatten(),
        };
        let resolution = match settings.endpoint_url {
            Some(url) => self.given(url.text, region.map(|region| region.text)),
            None => self.modeled(&settings, look),
        };
        resolution
            .map(|resolution| {
                resolution.with_settings(settings).unsigned_if(scenario.wire_operation().needs_no_signature())
            })
            .map_err(|failure| wrapped(scenario, failure).with_settings(settings))
    }

    /// Whether the credential chain comes to the provider of the entry at all (aws/session/credentials.go).
    fn provider_applies<'a>(&self, scenario: &Scenario, profiles: &Profiles<'_>) -> Result<(), Failure<'a>> {
        // The static keys of the environment win: the program works, and no role is assumed.
        let no_request = || {
            Failure::new(FailureCategory::Other, "none", "no STS request was made and no error was returned")
        };
        let no_credentials = || {
            Failure::new(
                FailureCategory::MissingCredentials,
                "NoCredentialProviders",
                "NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors",
            )
        };
        let is_new = scenario.construction == Some(Construction::New);
        match scenario.entry {
            Entry::Client => Ok(()),
            Entry::ProfileAssumeRole => {
                let role = profiles.has("role_arn")
                    && (profiles.has("credential_source") || profiles.has("source_profile"));
                if self.web_identity && role && !is_new { Ok(()) } else { Err(no_request()) }
            }
            Entry::WebIdentityEnv => {
                let sees = self.web_identity && (!is_new || shared_config(scenario));
                if sees { Ok(()) } else { Err(no_credentials()) }
            }
            _ => {
                let role = profiles.has("role_arn") && profiles.has("web_identity_token_file");
                if self.web_identity && role { Ok(()) } else { Err(no_credentials()) }
            }
        }
    }

    /// An endpoint in code: `https://` is put in front of one without scheme; the region's text signs, and is wanted.
    fn given<'a>(&self, url: &'a str, region: Option<&'a str>) -> Result<Resolution<'a>, Failure<'a>> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        if let Some(c) = refused_in_host(host) {
            let slash = if self.slash_before_parse { "/" } else { "" };
            return Err(Failure::new(
                FailureCategory::InvalidEndpoint,
                "InvalidEndpointURL",
                format!(
                    "InvalidEndpointURL: invalid endpoint uri\ncaused by: parse \"{scheme}://{rest}{slash}\": invalid character \"{c}\" in host name"
                ),
            ));
        }
        let Some(region) = region else { return Err(missing_region()) };
        let endpoint = match url.contains("://") {
            true if rest.contains('/') && !rest.ends_with('/') => {
                Endpoint::Given(Cow::Owned(format!("{url}/")))
            }
            true => Endpoint::given(url),
            false => Endpoint::Given(Cow::Owned(on_the_wire(url))),
        };
        Ok(Resolution::new(endpoint, region))
    }

    /// aws/endpoints/v3model.go `partition.EndpointFor`, `service.resolveEndpoint`.
    fn modeled<'a>(
        &self,
        settings: &Settings<'a>,
        look: &mut Look<'a, '_>,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let (mut fips, dual_stack) = (is_on(settings.fips), is_on(settings.dualstack));
        let written = match settings.region {
            Some(region) => region.text,
            None if self.needs_region => return Err(missing_region()),
            None => {
                look.note("no region: STS may be called without one, at aws-global (v3model.go)");
                "aws-global"
            }
        };
        let region: Cow<'a, str> =
            if self.variants && (written.contains("fips-") || written.contains("-fips")) {
                look.note("a FIPS pseudo-region: FIPS is on");
                fips = true;
                Cow::Owned(written.replace("-fips-", "-").replace("fips-", "").replace("-fips", ""))
            } else {
                Cow::Borrowed(written)
            };
        if !fips && !dual_stack && self.is_global(&region, settings, look) {
            let global = Resolution::new(Endpoint::Global, "us-east-1");
            return Ok(match settings.region {
                None => global.decided_by(Sourced::rule("aws-global", "no region")),
                Some(_) => {
                    global.decided_by(settings.setting.unwrap_or(Sourced::rule("global", "endpoint data")))
                }
            });
        }
        if let Some(base) =
            region.strip_suffix("-fips").filter(|base| !self.variants && FIPS_ENTRIES.contains(base))
        {
            // The data itself lists these pseudo-regions, with the real region as scope.
            let base = String::from(base);
            return Ok(Resolution::new(
                Endpoint::Regional {
                    service: "sts-fips",
                    region: Cow::Owned(base.clone()),
                    suffix: "amazonaws.com",
                },
                base,
            ));
        }
        let partition = self.partition_of(&region);
        if dual_stack && !matches!(partition.id, "aws" | "aws-cn" | "aws-us-gov") {
            return Err(missing_endpoint(FailureCategory::UnsupportedVariant));
        }
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let plain_is_fips = partition.id == "aws-us-gov" && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        if is_label(&region) {
            let signing = region.clone();
            return Ok(Resolution::new(Endpoint::Regional { service, region, suffix }, signing));
        }
        if self.checks_region {
            look.note(
                "the region is no host label: the resolver's error is hidden behind the missing endpoint",
            );
            return Err(missing_endpoint(FailureCategory::InvalidRegion));
        }
        let host = format!("{service}.{region}.{suffix}");
        let why = match refused_in_host(&region) {
            Some(c) => Some(format!("parse \"https://{host}/\": invalid character \"{c}\" in host name")),
            None if has_control(&region) => Some(format!(
                "parse \"https://{}/\": net/url: invalid control character in URL",
                host.escape_debug()
            )),
            None => None,
        };
        match why {
            Some(why) => Err(Failure::new(
                FailureCategory::InvalidEndpoint,
                "InvalidEndpointURL",
                format!("InvalidEndpointURL: invalid endpoint uri\ncaused by: {why}"),
            )),
            None => Ok(Resolution::new(Endpoint::Given(Cow::Owned(on_the_wire(&host))), region)),
        }
    }

    /// Whether a region without variants goes to the global endpoint.
    fn is_global(&self, region: &str, settings: &Settings<'_>, look: &mut Look<'_, '_>) -> bool {
        let legacy = settings.setting.is_some_and(|setting| setting.text.eq_ignore_ascii_case("legacy"));
        if region == "aws-global" {
            return true;
        }
        match self.legacy {
            Legacy::Data => {
                let own = region == "ap-northeast-2"
                    || (region == "ap-east-1" && self.ap_east_1)
                    || (region == "me-south-1" && self.me_south_1)
                    || region.strip_suffix("-fips").is_some_and(|base| FIPS_ENTRIES.contains(&base));
                let global = self.partition_of(region).id == "aws" && !own;
                if global {
                    look.note("the endpoint data has the global endpoint for every region without an entry of its own");
                }
                global
            }
            Legacy::Listed if legacy && LEGACY_GLOBAL_REGIONS.contains(&region) => {
                look.note(
                    "legacy, and a region of the list (aws/endpoints/legacy_regions.go): global endpoint",
                );
                true
            }
            Legacy::Documented => legacy && self.partition_of(region).id == "aws",
            Legacy::Listed => false,
        }
    }

    /// The partition whose pattern matches, as far as the data of the release goes; pseudo-regions of other partitions are
    /// unknown, and fall to partition aws.
    fn partition_of(&self, region: &str) -> &'static Partition {
        let known = Partition::all().iter().find(|partition| partition.matches(region));
        known
            .filter(|partition| match partition.id {
                "aws-iso" | "aws-iso-b" => self.iso,
                "aws-iso-e" => self.iso_e,
                "aws-iso-f" => self.iso_f,
                "aws-eusc" => self.eusc,
                _ => true,
            })
            .unwrap_or_else(Partition::commercial)
    }
}

/// Pseudo-regions that the endpoint data lists.
const FIPS_ENTRIES: [&str; 4] = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

/// `^[[:alnum:]]([[:alnum:]\-]*[[:alnum:]])?$` (aws/endpoints/v3model.go, 1.32.5).
fn is_label(region: &str) -> bool {
    let alnum = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    alnum(region.bytes().next())
        && alnum(region.bytes().last())
        && region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
}

fn missing_region<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingRegion,
        "MissingRegion",
        "MissingRegion: could not find region configuration",
    )
}

fn missing_endpoint<'a>(category: FailureCategory) -> Failure<'a> {
    Failure::new(
        category,
        "MissingEndpoint",
        "MissingEndpoint: 'Endpoint' configuration is required for this service",
    )
}

/// Inside the provider of a web identity the error is wrapped.
fn wrapped<'a>(scenario: &Scenario, mut failure: Failure<'a>) -> Failure<'a> {
    if scenario.entry.is_web_identity() {
        failure.message = Cow::Owned(format!(
            "WebIdentityErr: failed to retrieve credentials\ncaused by: {}",
            failure.message
        ));
    }
    failure
}
