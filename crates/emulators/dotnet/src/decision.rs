//! From the settings to the endpoint.
//!
//! Sources: aws/aws-sdk-net `Services/SecurityToken/Custom/AmazonSecurityTokenServiceConfig.Extension.cs` (up to 3.7.10),
//! `Services/SecurityToken/Generated/Internal/AmazonSecurityTokenServiceEndpointResolver.cs` (from 3.7.100),
//! `Core/Amazon.Runtime/ClientConfig.cs`, `Core/Amazon.Runtime/Internal/Auth/AWS4Signer.cs` DetermineSigningRegion.

use crate::profile::{DotnetProfile, Fatal, Files, parse_bool};
use crate::region::{self, Region};
use crate::settings::{self, Caller, Reader, is_on, us_east_1};
use crate::uri::{self, UriError};
use crate::{
    Dotnet, Generation, Hosts, LegacyReach, Mode, ProviderRegion, Setting, WithoutRegion, providers,
    region_finder,
};
use alloc::borrow::Cow;
use alloc::format;
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Decision, Endpoint, Entry, Failure, FailureCategory, Look, Outcome, Resolution, Scenario, Settings,
    Sourced, Trace,
};

/// Where a client fails: a credential provider reports the two in different words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// While it is made.
    Construction,
    /// When it is used.
    Request,
}

/// A client's failure, and where it happens.
pub(crate) type Failed<'a> = (Stage, Failure<'a>);

/// `handed` is the region that a cmdlet found and makes its client with, instead of one in code.
pub(crate) fn resolve<'a>(
    dotnet: &'a Dotnet,
    scenario: &'a Scenario,
    handed: Option<Sourced<'a>>,
    trace: &mut dyn Trace,
) -> Outcome<'a> {
    if scenario.entry == Entry::Client {
        if scenario.code.sts_regional_endpoints.is_some() && dotnet.setting == Setting::Absent {
            return Outcome::NotApplicable("no such option in code: StsRegionalEndpoints".into());
        }
        if scenario.code.use_fips.is_some() && !dotnet.hosts.knows_variants() {
            return Outcome::NotApplicable("no such option in code: UseFIPSEndpoint".into());
        }
    }
    let files = Files::of(scenario, dotnet);
    let name = settings::profile_name(dotnet, scenario, trace);
    // a file that cannot be read has no profiles
    let profile = if files.first_malformed().is_some() { DotnetProfile::ABSENT } else { files.profile(name) };
    if scenario.entry != Entry::Client {
        return providers::resolve(dotnet, scenario, files, profile, name, trace);
    }
    let look = Look::new(scenario, &profile, trace);
    let reader = Reader { dotnet, files, profile, profile_name: name, caller: Caller::Client, handed, look };
    match call(reader, ProviderRegion::Chain, true) {
        Ok(resolution) => resolution.into(),
        Err((_, failure)) => failure.into(),
    }
}

/// The request of an STS client. `provider_region` matters to credential providers alone.
pub(crate) fn call<'a>(
    mut reader: Reader<'a, '_>,
    provider_region: ProviderRegion,
    signed: bool,
) -> Result<Resolution<'a>, Failed<'a>> {
    let dotnet = reader.dotnet;
    let mut settings = Settings::default();
    let construction = |settings: &Settings<'a>, failure: Failure<'a>| {
        (Stage::Construction, failure.with_settings(*settings))
    };
    settings::tell_spoilt(&mut reader);

    // read when the configuration is made, 3.3.103.51 to 3.3.104.23
    let mut setting = None;
    if dotnet.setting == Setting::ReadAtConstruction {
        setting = reader.setting(None).map_err(|failure| construction(&settings, failure))?;
        settings.setting = setting.map(|(_, found)| found);
    }

    // the region
    let in_code = reader.region_in_code().map_err(|failure| construction(&settings, failure))?;
    let url_in_code = reader.url_in_code();
    if let Some(url) = url_in_code {
        settings.endpoint_url = Some(url);
        refuse_bad_url(dotnet, url).map_err(|failure| construction(&settings, failure))?;
    }
    let environment = match (dotnet.generation, reader.caller) {
        // the configuration's constructor looks, whatever code says later
        (Generation::V3, Caller::Client)
            if in_code.is_none() && url_in_code.is_none() || dotnet.hosts.knows_variants() =>
        {
            reader.region_of_the_environment(false)
        }
        (Generation::V4, Caller::Client) if in_code.is_none() && url_in_code.is_none() => {
            reader.region_of_the_environment(true)
        }
        (_, Caller::Client) => Ok(None),
        (_, Caller::Provider)
            if provider_region == ProviderRegion::Chain || dotnet.hosts.knows_variants() =>
        {
            reader.region_of_the_environment(true)
        }
        (_, Caller::Provider) => Ok(None),
    }
    .map_err(|failure| construction(&settings, failure))?;
    // a pseudo-region that v3's constructor met leaves FIPS switched on
    let left_behind =
        environment.as_ref().filter(|region| region.implies_fips && dotnet.generation == Generation::V3);
    let left_behind = left_behind.map(|region| region.found);
    let region = match reader.caller {
        _ if url_in_code.is_some() => {
            if in_code.is_some() {
                reader.look.note("ServiceURL in code throws the region away");
            }
            None
        }
        Caller::Provider if provider_region == ProviderRegion::UsEast1 => {
            reader.look.note("a credential provider's client of this release is always one of us-east-1");
            Some(named(us_east_1("a provider's client is one of us-east-1")))
        }
        Caller::Provider => {
            environment.or_else(|| Some(named(us_east_1("a provider's client without a region"))))
        }
        Caller::Client => in_code.or(environment),
    };
    let region = match region {
        None if url_in_code.is_none() && dotnet.without_region == WithoutRegion::UsEast1 => {
            reader.look.note("no region: us-east-1");
            Some(named(us_east_1("a client without a region")))
        }
        region => region,
    };
    settings.region = region.as_ref().map(|region| region.found);
    let implied_fips = region.as_ref().filter(|region| region.implies_fips).map(|region| region.found);

    // the files, read once for the whole process
    if let Some(failure) = unreadable(&reader) {
        reader.look.note("a file or value that the SDK's configuration cannot read fails every client");
        return Err(construction(&settings, failure));
    }

    // the endpoint override
    let url = match url_in_code {
        None if dotnet.configured_urls => {
            let url = reader.configured_url();
            if let Some(url) = url {
                settings.endpoint_url = Some(url);
                refuse_bad_url(dotnet, url).map_err(|failure| construction(&settings, failure))?;
            }
            url
        }
        url => url,
    };
    let table_fallback = dotnet.without_region == WithoutRegion::Global && url_in_code.is_none();
    if region.is_none() && url.is_none_or(|url| url.text.is_empty()) && !table_fallback {
        return Err(construction(
            &settings,
            Failure::new(
                FailureCategory::MissingRegion,
                "AmazonClientException",
                "No RegionEndpoint or ServiceURL configured",
            ),
        ));
    }

    let defaults_mode = reader.defaults_mode().map_err(|failure| construction(&settings, failure))?;
    // up to 3.7.10 an override leaves the setting unread
    let reads_setting = setting.is_none() && (dotnet.hosts.are_rules() || url.is_none());
    if reads_setting {
        let stage = if dotnet.hosts.are_rules() { Stage::Request } else { Stage::Construction };
        setting =
            reader.setting(defaults_mode).map_err(|failure| (stage, failure.with_settings(settings)))?;
        settings.setting = setting.map(|(_, found)| found);
    }
    (settings.fips, settings.dualstack) = reader.variants(implied_fips.or(left_behind));
    let (fips, dual_stack) = (is_on(settings.fips), is_on(settings.dualstack));

    let decided = if let Some(url) = url {
        reader
            .look
            .note("an endpoint override: signed for the region that can be read out of it, else us-east-1");
        let overridden = overridden(dotnet, url, fips, dual_stack);
        match reader.handed.filter(|_| url_in_code.is_some()) {
            Some(region) => {
                reader
                    .look
                    .note("a cmdlet sets AuthenticationRegion before ServiceURL: signed for its region");
                overridden.map(|(endpoint, _, by)| (endpoint, Cow::Borrowed(region.text), by))
            }
            None => overridden,
        }
    } else {
        let legacy = setting.filter(|(mode, _)| *mode == Mode::Legacy).map(|(_, found)| found);
        let region = match region {
            None if !fips && !dual_stack => {
                reader.look.note("no region: the global endpoint, as the documented table has it");
                let rule = us_east_1("a client without a region");
                let resolution = Resolution::new(Endpoint::Global, "us-east-1");
                return Ok(resolution.with_settings(settings).decided_by(rule).unsigned_if(!signed));
            }
            None => named(us_east_1("a client without a region")),
            Some(region) => region,
        };
        hosted(&mut reader, region, legacy, fips, dual_stack, signed)
    };
    match decided {
        Ok((endpoint, signing_region, decided_by)) => {
            let signing_region = signed.then_some(signing_region);
            let decision = Decision { endpoint, signing_region, decided_by: Some(decided_by) };
            Ok(Resolution::of(decision, settings))
        }
        Err(failure) => Err((Stage::Request, failure.with_settings(settings))),
    }
}

fn named(found: Sourced<'_>) -> Region<'_> {
    Region { name: Cow::Borrowed(found.text), found, implies_fips: false }
}

/// An endpoint, the region it is signed for, and what decided about it.
type Decided<'a> = (Endpoint<'a>, Cow<'a, str>, Sourced<'a>);

/// `FallbackInternalConfigurationFactory`'s type initializer reads variables and profile once, and what it cannot read
/// fails every client of the process (Core 3.3.106.0, aws/aws-sdk-net f9e5d8a559).
fn unreadable<'a>(reader: &Reader<'a, '_>) -> Option<Failure<'a>> {
    let dotnet = reader.dotnet;
    if !dotnet.strict_files {
        return None;
    }
    let switch = reader.look.scenario.non_empty_variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    let category = if reader.files.first_malformed().is_some() {
        FailureCategory::ConfigParse
    } else if dotnet.configured_urls && switch.is_some_and(|text| parse_bool(text).is_none()) {
        FailureCategory::InvalidSetting
    } else {
        match reader.profile.fatal(reader.files)? {
            Fatal::Region => FailureCategory::InvalidRegion,
            Fatal::MetadataEndpoint | Fatal::SsoSession => FailureCategory::InvalidSetting,
        }
    };
    Some(Failure::new(
        category,
        "TypeInitializationException",
        "The type initializer for 'Amazon.Runtime.Internal.FallbackInternalConfigurationFactory' threw an exception.",
    ))
}

/// The setter of `ClientConfig.ServiceURL` since the endpoint rules.
fn refuse_bad_url<'a>(dotnet: &Dotnet, url: Sourced<'a>) -> Result<(), Failure<'a>> {
    if dotnet.hosts.are_rules() && !url.text.is_empty() && uri::check(url.text).is_err() {
        return Err(Failure::new(
            FailureCategory::InvalidEndpoint,
            "AmazonClientException",
            format!("Value for ServiceURL is not a valid URL: {}", url.text),
        ));
    }
    Ok(())
}

fn overridden<'a>(
    dotnet: &Dotnet,
    url: Sourced<'a>,
    fips: bool,
    dual_stack: bool,
) -> Result<Decided<'a>, Failure<'a>> {
    if dotnet.hosts.are_rules() {
        if fips {
            return Err(rule_failure(RuleError::FipsWithEndpoint));
        }
        if dual_stack {
            return Err(rule_failure(RuleError::DualStackWithEndpoint));
        }
    }
    if url.text.is_empty() {
        return Err(Failure::new(
            FailureCategory::InvalidEndpoint,
            "ArgumentNullException",
            "Value cannot be null. (Parameter 'url')",
        ));
    }
    if let Some(scheme) = uri::refused_scheme(url.text) {
        if dotnet.hosts == Hosts::FirstRules {
            let name = region_finder::find(url.text, dotnet.url_region);
            let suffix = region::partition(&name, dotnet).dns_suffix;
            let endpoint = uri::host("sts", name.clone(), suffix).map_err(bad_host)?;
            return Ok((endpoint, name, url));
        }
        return Err(Failure::new(
            FailureCategory::InvalidEndpoint,
            "NotSupportedException",
            format!("The '{scheme}' scheme is not supported."),
        ));
    }
    let endpoint = uri::given(url.text).map_err(|error| {
        Failure::new(FailureCategory::InvalidEndpoint, "UriFormatException", error.message())
    })?;
    Ok((endpoint, region_finder::find(url.text, dotnet.url_region), url))
}

/// What the rules refuse is a variant: they are never asked without a region.
fn rule_failure<'a>(error: RuleError) -> Failure<'a> {
    Failure::new(FailureCategory::UnsupportedVariant, "AmazonClientException", error.message())
}

fn bad_host<'a>(error: UriError) -> Failure<'a> {
    Failure::new(FailureCategory::InvalidRegion, "UriFormatException", error.message())
}

/// `RegionEndpointV3.GetEndpointForService`: the partition's data has no such variant.
fn no_such_variant<'a>(fips: bool, dual_stack: bool) -> Failure<'a> {
    let variants = match (dual_stack, fips) {
        (true, true) => "dualstack, fips",
        (true, false) => "dualstack",
        _ => "fips",
    };
    Failure::new(
        FailureCategory::UnsupportedVariant,
        "AmazonClientException",
        format!("Requested endpoint for sts with variants [{variants}] could not be found."),
    )
}

/// The host of a region.
fn hosted<'a>(
    reader: &mut Reader<'a, '_>,
    region: Region<'a>,
    legacy: Option<Sourced<'a>>,
    fips: bool,
    dual_stack: bool,
    signed: bool,
) -> Result<Decided<'a>, Failure<'a>> {
    let dotnet = reader.dotnet;
    match dotnet.hosts {
        Hosts::FirstRules | Hosts::Rules => by_rules(reader, region, legacy, fips, dual_stack, signed),
        // AmazonSecurityTokenServiceConfig.DetermineServiceURL: legacy comes before the variants
        Hosts::Data { .. } | Hosts::Variants if legacy.is_some() && region.is_on_the_list() => {
            reader.look.note("legacy and a region of the list of 15: global endpoint");
            Ok((Endpoint::Global, "us-east-1".into(), legacy.unwrap_or(region.found)))
        }
        Hosts::Variants if fips || dual_stack => by_variant(dotnet, region, fips, dual_stack),
        Hosts::Data { global_by_data } => by_data(reader, region, dual_stack, global_by_data),
        Hosts::Variants => by_data(reader, region, false, false),
    }
}

/// The signing region by `endpoints.json`: its own for `aws-global`, and for v3's `us-east-1-regional`.
fn signing_region_by_data<'a>(name: &Cow<'a, str>, dotnet: &Dotnet) -> Cow<'a, str> {
    match &**name {
        "aws-global" => "us-east-1".into(),
        // RegionEndpoint.GetRegionEndpointOverride, Core 3.3.104.5
        "us-east-1-regional" if dotnet.keys >= crate::ProfileKeys::S3Regional => "us-east-1".into(),
        _ => name.clone(),
    }
}

/// `RegionEndpointV3.GetEndpointForService` without variants.
fn by_data<'a>(
    reader: &mut Reader<'a, '_>,
    region: Region<'a>,
    dual_stack: bool,
    global_by_data: bool,
) -> Result<Decided<'a>, Failure<'a>> {
    let dotnet = reader.dotnet;
    let Region { name, found, .. } = region;
    let suffix = region::partition(&name, dotnet).dns_suffix;
    let listed_fips = region::listed_fips(&name, dotnet);
    let in_the_data = global_by_data && !region::has_own_host_in_first_data(&name);
    let signing_region = match listed_fips {
        Some((_, plain)) => plain.into(),
        None if in_the_data => "us-east-1".into(),
        None => signing_region_by_data(&name, dotnet),
    };
    let endpoint = if dual_stack {
        let name = Cow::Owned(format!("dualstack.{name}"));
        uri::host("sts", name, suffix).map_err(bad_host)?
    } else if let Some((service, plain)) = listed_fips {
        Endpoint::Regional { service, region: plain.into(), suffix }
    } else if in_the_data {
        reader.look.note("the endpoint data itself gives this region the global endpoint");
        Endpoint::Global
    } else if name == "aws-global" {
        reader.look.note("aws-global: global endpoint");
        Endpoint::Global
    } else {
        uri::host("sts", name, suffix).map_err(bad_host)?
    };
    Ok((endpoint, signing_region, found))
}

/// `RegionEndpointV3.GetEndpointForService` with variants.
fn by_variant<'a>(
    dotnet: &Dotnet,
    region: Region<'a>,
    fips: bool,
    dual_stack: bool,
) -> Result<Decided<'a>, Failure<'a>> {
    let Region { name, found, .. } = region;
    let partition = region::partition(&name, dotnet);
    let (service, suffix) = match (fips, dual_stack) {
        (_, true) if partition.id.starts_with("aws-iso") => return Err(no_such_variant(fips, true)),
        (true, true) => ("sts-fips", partition.dual_stack_dns_suffix),
        (false, true) => ("sts", partition.dual_stack_dns_suffix),
        _ if partition.id == "aws-us-gov" => ("sts", partition.dns_suffix),
        _ => ("sts-fips", partition.dns_suffix),
    };
    let signing_region = signing_region_by_data(&name, dotnet);
    Ok((uri::host(service, name, suffix).map_err(bad_host)?, signing_region, found))
}

/// The STS endpoint rule set (Core 3.7.100).
fn by_rules<'a>(
    reader: &mut Reader<'a, '_>,
    region: Region<'a>,
    legacy: Option<Sourced<'a>>,
    fips: bool,
    dual_stack: bool,
    signed: bool,
) -> Result<Decided<'a>, Failure<'a>> {
    let dotnet = reader.dotnet;
    let Region { name, found, .. } = region;
    let commercial = dotnet.legacy_reach == LegacyReach::Commercial;
    if let Some(legacy) = legacy.filter(|_| commercial && !fips && !dual_stack)
        && region::partition(&name, dotnet).id == "aws"
    {
        reader.look.note("legacy and a region of the commercial partition: global endpoint");
        return Ok((Endpoint::Global, "us-east-1".into(), legacy));
    }
    let host_region = if name == "us-east-1-regional" { Cow::Borrowed("us-east-1") } else { name.clone() };
    let parameters = Parameters {
        region: Some(&host_region),
        use_fips: fips,
        use_dual_stack: dual_stack,
        endpoint: None,
        use_global_endpoint: legacy.is_some() && !commercial,
        vintage: region::vintage(&name, dotnet),
    };
    let answer = rules::resolve(&parameters).map_err(rule_failure)?;
    let by_rule = answer.signing_region.is_some();
    let signing_region = match answer.signing_region {
        Some("us-east-1") => "us-east-1".into(),
        // the signer lower-cases what the rules say
        Some(_) => region::lower_case(name.clone()),
        // v3 still asks endpoints.json
        None if dotnet.generation == Generation::V3 && name == "aws-global" => "us-east-1".into(),
        None => name.clone(),
    };
    let hollow = dotnet.data.hollow.contains(&region::partition(&name, dotnet).id);
    let endpoint = match answer.endpoint {
        Endpoint::Global => Endpoint::Global,
        Endpoint::Regional { service, suffix, .. } => {
            uri::host(service, host_region, suffix).map_err(bad_host)?
        }
        Endpoint::Given(_) => Endpoint::Global, // the rules were given no override
    };
    if dotnet.generation == Generation::V3 && signed && (fips || dual_stack) && hollow && !by_rule {
        reader.look.note("the signer asks endpoints.json, which lists no STS in this partition");
        return Err(no_such_variant(fips, dual_stack));
    }
    if endpoint == Endpoint::Global {
        let global = name == "aws-global";
        reader.look.note(if global {
            "aws-global: global endpoint"
        } else {
            "legacy and a region of the list of 16: global endpoint"
        });
        return Ok((endpoint, signing_region, legacy.filter(|_| !global).unwrap_or(found)));
    }
    Ok((endpoint, signing_region, found))
}
