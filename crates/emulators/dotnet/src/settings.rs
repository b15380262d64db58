//! Where each value is looked for, as data.

use crate::profile::{DotnetProfile, Files, parse_bool, parse_enum};
use crate::region::Region;
use crate::{DefaultsModes, Dotnet, Generation, Mode, RegionNames, Setting};
use alloc::format;
use sts_endpoint_core::{
    Accept, Chain, Failure, FailureCategory, Look, NoProfile, Origin, Profile, Scenario, Source, Sourced,
    Trace, Value, Verdict,
};

/// `FallbackCredentialsFactory.GetProfileName`; `AWS_DEFAULT_PROFILE` is not read.
const PROFILE: Chain = Chain::new(Value::Profile, &[Source::Variable("AWS_PROFILE")]);

/// `ClientConfig.RegionEndpoint`, or the constructor's argument.
const REGION_IN_CODE: Chain = Chain::new(Value::Region, &[Source::Code("RegionEndpoint")]);

/// `FallbackRegionFactory`: an empty variable does not count, an empty line in a file does.
const REGION: Chain =
    Chain::new(Value::Region, &[Source::Variable("AWS_REGION"), Source::Profile("region"), Source::Metadata]);

/// `FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)`.
const REGION_WITHOUT_METADATA: Chain =
    Chain::new(Value::Region, &[Source::Variable("AWS_REGION"), Source::Profile("region")]);

/// `AmazonSecurityTokenServiceConfig.StsRegionalEndpoints`.
const SETTING: Chain = Chain::new(
    Value::Setting,
    &[
        Source::Code("StsRegionalEndpoints"),
        Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"),
        Source::Profile("sts_regional_endpoints"),
    ],
);

/// `DefaultConfigurationProvider`: the variable counts even when it is empty.
const DEFAULTS_MODE: Chain = Chain::new(
    Value::DefaultsMode,
    &[Source::Variable("AWS_DEFAULTS_MODE"), Source::Profile("defaults_mode")],
);

const FIPS: Chain = Chain::new(
    Value::Fips,
    &[
        Source::Code("UseFIPSEndpoint"),
        Source::Variable("AWS_USE_FIPS_ENDPOINT"),
        Source::Profile("use_fips_endpoint"),
    ],
);

const DUAL_STACK: Chain = Chain::new(
    Value::DualStack,
    &[
        Source::Code("UseDualstackEndpoint"),
        Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"),
        Source::Profile("use_dualstack_endpoint"),
    ],
);

const DUAL_STACK_IN_CODE: Chain = Chain::new(Value::DualStack, &[Source::Code("UseDualstackEndpoint")]);

const URL_IN_CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("ServiceURL")]);

/// `ClientConfig.ServiceURL`: the general variable comes before the file's section for STS.
const URL_VARIABLES: Chain = Chain::new(
    Value::EndpointUrl,
    &[Source::Variable("AWS_ENDPOINT_URL_STS"), Source::Variable("AWS_ENDPOINT_URL")],
);

const IGNORE_VARIABLE: Chain =
    Chain::new(Value::IgnoreEndpointUrls, &[Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")]);
const IGNORE_IN_PROFILE: Chain =
    Chain::new(Value::IgnoreEndpointUrls, &[Source::Profile("ignore_configured_endpoint_urls")]);

/// The first place of a chain that a judge takes. The trace is told of each.
fn search<'a>(
    chain: &Chain,
    look: &mut Look<'a, '_>,
    mut judge: impl FnMut(Source, Sourced<'a>) -> Verdict,
) -> Option<Sourced<'a>> {
    let mut hit = None;
    for &source in chain.sources {
        if hit.is_some() && !look.trace.wants_unreached() {
            break;
        }
        let found = look.at(chain.value, source);
        let verdict = match found {
            _ if hit.is_some() => Verdict::NotReached,
            None => Verdict::Absent,
            Some(found) => judge(source, found),
        };
        look.tell(chain.value, source, found, verdict);
        if verdict == Verdict::Used {
            hit = found;
        }
    }
    hit
}

/// Empty variables do not count; everything else does.
fn unless_empty_variable(source: Source, found: Sourced<'_>) -> Verdict {
    match source {
        Source::Variable(_) if found.text.is_empty() => Verdict::Empty,
        _ => Verdict::Used,
    }
}

/// Who makes the call, and so whether the options given in code are seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// A client that the user built.
    Client,
    /// A credential provider.
    Provider,
}

impl Caller {
    fn sees(self, source: Source) -> bool {
        self == Self::Client || !matches!(source, Source::Code(_))
    }
}

/// The name of the profile.
pub(crate) fn profile_name<'a>(dotnet: &Dotnet, scenario: &'a Scenario, trace: &mut dyn Trace) -> &'a str {
    let mut look = Look::new(scenario, &NoProfile, trace);
    let found = search(&PROFILE, &mut look, |_, found| {
        if dotnet.blank_profile_is_default && found.text.trim().is_empty() {
            Verdict::Empty
        } else {
            Verdict::Used
        }
    });
    found.map_or("default", |found| found.text)
}

/// The values that a client is made of.
pub(crate) struct Reader<'a, 't> {
    pub(crate) dotnet: &'a Dotnet,
    pub(crate) files: Files<'a>,
    pub(crate) profile: DotnetProfile<'a>,
    pub(crate) profile_name: &'a str,
    pub(crate) caller: Caller,
    /// The region that a cmdlet makes its client with.
    pub(crate) handed: Option<Sourced<'a>>,
    pub(crate) look: Look<'a, 't>,
}

impl<'a> Reader<'a, '_> {
    /// The region given in code.
    pub(crate) fn region_in_code(&mut self) -> Result<Option<Region<'a>>, Failure<'a>> {
        if self.caller == Caller::Provider {
            return Ok(None);
        }
        if let Some(handed) = self.handed {
            return Region::named(handed, self.dotnet).map(Some);
        }
        let found = REGION_IN_CODE.first(&mut self.look, Accept::Present);
        found.map(|found| Region::named(found, self.dotnet)).transpose()
    }

    /// The region of `FallbackRegionFactory`. A text that 3.7 refuses is passed over without a word.
    pub(crate) fn region_of_the_environment(
        &mut self,
        metadata: bool,
    ) -> Result<Option<Region<'a>>, Failure<'a>> {
        let dotnet = self.dotnet;
        let chain = if metadata { &REGION } else { &REGION_WITHOUT_METADATA };
        let found =
            search(chain, &mut self.look, |source, found| match unless_empty_variable(source, found) {
                Verdict::Used
                    if dotnet.region_names == RegionNames::Label
                        && !crate::region::is_acceptable(found.text, dotnet) =>
                {
                    Verdict::Ignored("not a region name: passed over without a word")
                }
                verdict => verdict,
            });
        found.map(|found| Region::named(found, dotnet)).transpose()
    }

    /// The endpoint override given in code.
    pub(crate) fn url_in_code(&mut self) -> Option<Sourced<'a>> {
        if self.caller == Caller::Provider {
            return None;
        }
        URL_IN_CODE.first(&mut self.look, Accept::Present)
    }

    /// The endpoint override of variables and files (`ClientConfig.ServiceURL`, Core 3.7.300.0).
    pub(crate) fn configured_url(&mut self) -> Option<Sourced<'a>> {
        let switch = search(&IGNORE_VARIABLE, &mut self.look, unless_empty_variable);
        if switch.and_then(|switch| parse_bool(switch.text)) == Some(true) {
            self.look.note("configured endpoint overrides are ignored");
            return None;
        }
        // a variable that is set but empty counts, and fails later
        if let Some(found) = URL_VARIABLES.first(&mut self.look, Accept::Present) {
            return Some(found);
        }
        if !self.profile.exists() {
            return None;
        }
        let switch = IGNORE_IN_PROFILE.first(&mut self.look, Accept::Present);
        if switch.and_then(|switch| parse_bool(switch.text)) == Some(true) {
            self.look
                .note("the profile ignores the endpoint overrides of the files; the variables would count");
            return None;
        }
        let url = Source::Profile("endpoint_url");
        // these two keys are found without case in every release
        if let Some(services) = self.profile.raw("services", true) {
            self.look.note("the profile names a services section: its own endpoint_url does not count");
            let found =
                self.files.services_url(services.text, self.profile_name == "default").map(Sourced::file);
            let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
            self.look.tell(Value::EndpointUrl, url, found, verdict);
            return found;
        }
        let found = self.profile.raw("endpoint_url", true).map(Sourced::file);
        let verdict = match found {
            None => Verdict::Absent,
            Some(found) if found.text.is_empty() => Verdict::Empty,
            Some(_) => Verdict::Used,
        };
        self.look.tell(Value::EndpointUrl, url, found, verdict);
        found.filter(|found| !found.text.is_empty())
    }

    /// The defaults mode, and whether it is `legacy`.
    pub(crate) fn defaults_mode(&mut self) -> Result<Option<(bool, Sourced<'a>)>, Failure<'a>> {
        const NAMES: [&str; 6] = ["standard", "inregion", "crossregion", "mobile", "auto", "legacy"];
        let names = match self.dotnet.defaults_modes {
            DefaultsModes::Absent => return Ok(None),
            DefaultsModes::WithLegacy => &NAMES[..],
            DefaultsModes::WithoutLegacy => &NAMES[..5],
        };
        let found = search(&DEFAULTS_MODE, &mut self.look, |source, found| match source {
            Source::Profile(_) if found.text.is_empty() => Verdict::Empty,
            _ => Verdict::Used,
        });
        let Some(found) = found else { return Ok(None) };
        match parse_enum(found.text, names).and_then(|value| usize::try_from(value).ok()) {
            Some(value) if value < names.len() => Ok(Some((value == 5, found))),
            _ => {
                let legacy = if names.len() == 6 { ",Legacy" } else { "" };
                Err(Failure::new(
                    FailureCategory::InvalidSetting,
                    "AmazonClientException",
                    format!(
                        "Failed to find requested Default Configuration Mode '{}'.  Valid values are \
                         Standard,InRegion,CrossRegion,Mobile,Auto{legacy}",
                        found.text
                    ),
                ))
            }
        }
    }

    /// The setting.
    pub(crate) fn setting(
        &mut self,
        defaults_mode: Option<(bool, Sourced<'a>)>,
    ) -> Result<Option<(Mode, Sourced<'a>)>, Failure<'a>> {
        if self.dotnet.setting == Setting::Absent {
            return Ok(None);
        }
        let caller = self.caller;
        let parse = |text: &str| {
            parse_enum(text, &["legacy", "regional"])
                .map(|value| if value == 0 { Mode::Legacy } else { Mode::Regional })
        };
        let mut unreadable = false;
        let found = search(&SETTING, &mut self.look, |source, found| match source {
            _ if !caller.sees(source) => Verdict::Ignored("a provider's client does not see it"),
            Source::Variable(_) if found.text.is_empty() => Verdict::Empty,
            Source::Variable(_) if parse(found.text).is_none() => {
                unreadable = true;
                Verdict::Refused("neither regional nor legacy")
            }
            _ if unreadable => Verdict::NotReached,
            _ => Verdict::Used,
        });
        // read at construction, the variable fails even where code decides
        let eager = self.dotnet.setting == Setting::ReadAtConstruction
            && self
                .look
                .scenario
                .non_empty_variable("AWS_STS_REGIONAL_ENDPOINTS")
                .is_some_and(|text| parse(text).is_none());
        if eager || (unreadable && found.is_none()) {
            return Err(Failure::new(
                FailureCategory::InvalidSetting,
                "InvalidOperationException",
                "Invalid value for AWS_STS_REGIONAL_ENDPOINTS environment variable. A string regional/legacy is expected.",
            ));
        }
        if let Some(found) = found {
            let mode = parse(found.text).unwrap_or(self.dotnet.default_mode);
            return Ok(Some((mode, found)));
        }
        Ok(Some(match (defaults_mode, self.dotnet.default_mode) {
            (Some((false, mode)), _) => {
                self.look.note("a defaults mode other than legacy: the setting is regional");
                (Mode::Regional, Sourced { text: "regional", origin: mode.origin })
            }
            (_, Mode::Legacy) => (Mode::Legacy, Sourced::default("legacy", "default of the setting")),
            (_, Mode::Regional) => (Mode::Regional, Sourced::default("regional", "default of the setting")),
        }))
    }

    /// FIPS and dual-stack: what switches each on or off. Texts other than `true` and `false` do not count.
    pub(crate) fn variants(
        &mut self,
        implied_fips: Option<Sourced<'a>>,
    ) -> (Option<Sourced<'a>>, Option<Sourced<'a>>) {
        let caller = self.caller;
        let judge = move |source: Source, found: Sourced<'_>| match source {
            _ if !caller.sees(source) => Verdict::Ignored("a provider's client does not see it"),
            _ if parse_bool(found.text).is_some() => Verdict::Used,
            _ if found.text.is_empty() => Verdict::Empty,
            _ => Verdict::Ignored("neither true nor false"),
        };
        if !self.dotnet.hosts.knows_variants() {
            let dual_stack = match caller {
                Caller::Client => DUAL_STACK_IN_CODE.first(&mut self.look, Accept::Present),
                Caller::Provider => None,
            };
            return (None, dual_stack);
        }
        let fips = match implied_fips {
            // the pseudo-region sets the option as if in code, and code may take it back; v4 looks for a region of the
            // environment after that
            Some(region) => {
                let late =
                    self.dotnet.generation == Generation::V4 && !matches!(region.origin, Origin::Code(_));
                let in_code = self.look.at(Value::Fips, Source::Code("UseFIPSEndpoint"));
                let in_code = in_code.filter(|_| caller == Caller::Client && !late);
                self.look.note("a pseudo-region with fips in its name: the plain region, and FIPS");
                Some(in_code.unwrap_or(Sourced { text: "true", origin: region.origin }))
            }
            None => search(&FIPS, &mut self.look, judge),
        };
        (fips, search(&DUAL_STACK, &mut self.look, judge))
    }
}

/// Whether a switch is on.
pub(crate) fn is_on(switch: Option<Sourced<'_>>) -> bool {
    switch.and_then(|switch| parse_bool(switch.text)) == Some(true)
}

/// us-east-1, where nothing says otherwise.
pub(crate) const fn us_east_1(why: &'static str) -> Sourced<'static> {
    Sourced { text: "us-east-1", origin: Origin::Rule(why) }
}

/// Tells the trace of a profile that counts as absent.
pub(crate) fn tell_spoilt(reader: &mut Reader<'_, '_>) {
    if reader.profile.spoilt_by().is_some() {
        reader.look.note("a key of the profile cannot be read: the whole profile counts as absent");
    } else if reader.dotnet.generation == Generation::V4
        && reader.profile.get("sts_regional_endpoints").is_some()
    {
        reader.look.note("sts_regional_endpoints does not exist in this SDK");
    }
}
