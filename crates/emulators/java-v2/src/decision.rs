//! From settings to a request: what `build()` checks, and what a call then does.
//!
//! Two layers decide. `build()` makes a host from the generated service metadata, and can fail there; since 2.18.0 the
//! endpoint rules give the request its real endpoint. Before, the metadata's host was it.

use crate::credentials::unreadable;
use crate::profile::Active;
use crate::sources::{self, BLANK_REGION, DUAL_STACK, FIPS, Flag, Override, REGION_IN_CODE, Region};
use crate::{HostData, InvalidHost, JavaV2, PathOfOverride};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::fmt::Write;
use sts_endpoint_core::java_uri::JavaUri;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::partition::Partition;
use sts_endpoint_core::rules::{self, Parameters, Vintage};
use sts_endpoint_core::{Accept, Endpoint, Failure, FailureCategory, Look, Resolution, Settings, Sourced};

/// Options given to `StsClient.builder()`.
#[derive(Debug, Default)]
pub(crate) struct Options<'a> {
    pub(crate) region: Option<Region<'a>>,
    pub(crate) endpoint: Option<Override<'a>>,
    /// Whether FIPS and dual-stack are looked for in code.
    pub(crate) switches: bool,
    /// FIPS, switched on by the region's name.
    pub(crate) fips: bool,
}

/// A client that was built.
#[derive(Debug)]
pub(crate) struct Client<'a> {
    region: Cow<'a, str>,
    endpoint: Option<Override<'a>>,
    fips: bool,
    dual_stack: bool,
    settings: Settings<'a>,
}

/// The pseudo-regions of the endpoints data, which stand for a region and FIPS.
const FIPS_REGIONS: [(&str, &str); 6] = [
    ("us-east-1-fips", "us-east-1"),
    ("us-east-2-fips", "us-east-2"),
    ("us-west-1-fips", "us-west-1"),
    ("us-west-2-fips", "us-west-2"),
    ("us-gov-east-1-fips", "us-gov-east-1"),
    ("us-gov-west-1-fips", "us-gov-west-1"),
];

/// The regions that the endpoints data knew until 2.10.46; every other one was taken for unknown, ap-east-1 and
/// me-south-1 among them. Source: `core/regions/.../endpoints.json` before e8472b0fc2d.
const EARLY_REGIONS: [&str; 20] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "cn-north-1",
    "cn-northwest-1",
    "us-gov-east-1",
    "us-gov-west-1",
];

/// The regions of STS in the service metadata, in its order, and the refresh of the data that brought each.
const STS_REGIONS: [(&str, u8); 54] = [
    ("af-south-1", 0),
    ("ap-east-1", 0),
    ("ap-east-2", 3),
    ("ap-northeast-1", 0),
    ("ap-northeast-2", 0),
    ("ap-northeast-3", 0),
    ("ap-south-1", 0),
    ("ap-south-2", 0),
    ("ap-southeast-1", 0),
    ("ap-southeast-2", 0),
    ("ap-southeast-3", 0),
    ("ap-southeast-4", 1),
    ("ap-southeast-5", 2),
    ("ap-southeast-6", 3),
    ("ap-southeast-7", 2),
    ("aws-global", 0),
    ("ca-central-1", 0),
    ("ca-west-1", 1),
    ("eu-central-1", 0),
    ("eu-central-2", 0),
    ("eu-north-1", 0),
    ("eu-south-1", 0),
    ("eu-south-2", 0),
    ("eu-west-1", 0),
    ("eu-west-2", 0),
    ("eu-west-3", 0),
    ("il-central-1", 1),
    ("me-central-1", 0),
    ("me-south-1", 0),
    ("mx-central-1", 2),
    ("sa-east-1", 0),
    ("us-east-1", 0),
    ("us-east-1-fips", 0),
    ("us-east-2", 0),
    ("us-east-2-fips", 0),
    ("us-west-1", 0),
    ("us-west-1-fips", 0),
    ("us-west-2", 0),
    ("us-west-2-fips", 0),
    ("cn-north-1", 0),
    ("cn-northwest-1", 0),
    ("us-gov-east-1", 0),
    ("us-gov-east-1-fips", 0),
    ("us-gov-west-1", 0),
    ("us-gov-west-1-fips", 0),
    ("us-iso-east-1", 0),
    ("us-iso-west-1", 0),
    ("us-isob-east-1", 0),
    ("us-isob-west-1", 4),
    ("eu-isoe-west-1", 3),
    ("us-isof-east-1", 3),
    ("us-isof-south-1", 3),
    ("eusc-de-east-1", 4),
    ("", u8::MAX),
];

/// Takes `fips-` and `-fips` out of a region's name, wherever they stand (`StringUtils.replaceEach`).
fn without_fips(id: &str) -> Option<Cow<'_, str>> {
    let next = |text: &str| [text.find("fips-"), text.find("-fips")].into_iter().flatten().min();
    let (before, behind) = next(id).and_then(|at| Some((id.get(..at)?, id.get(at + 5..)?)))?;
    let more = next(behind).is_some();
    if !more && (before.is_empty() || behind.is_empty()) {
        return Some(Cow::Borrowed(if before.is_empty() { behind } else { before }));
    }
    let mut kept = String::from(before);
    kept.push_str(&without_fips(behind).unwrap_or(Cow::Borrowed(behind)));
    Some(Cow::Owned(kept))
}

fn error<'a>(
    category: FailureCategory,
    error_type: &'static str,
    message: impl Into<Cow<'a, str>>,
) -> Failure<'a> {
    Failure::new(category, error_type, message)
}

/// The error of `Region.of` for a blank text.
pub(crate) fn blank_region<'a>() -> Failure<'a> {
    error(FailureCategory::InvalidRegion, "IllegalArgumentException", BLANK_REGION)
}

impl JavaV2 {
    /// The options given in code.
    pub(crate) fn options_in_code<'a>(&self, look: &mut Look<'a, '_>) -> Result<Options<'a>, Failure<'a>> {
        let mut options = Options { switches: true, ..Options::default() };
        if let Some(found) = REGION_IN_CODE.first(look, Accept::Present) {
            let id = sources::region_of(found.text, self.encodes_regions).ok_or_else(blank_region)?;
            options = self.with_region(look, options, Region { id, found })?;
        }
        options.endpoint = sources::endpoint_in_code(look)?;
        Ok(options)
    }

    /// `builder.region(…)`: since 2.17.289 a FIPS pseudo-region is taken apart here, and only here. A region that the
    /// default chain finds keeps its name. Source: `AwsDefaultClientBuilder.transformFipsPseudoRegionIfNecessary`.
    pub(crate) fn with_region<'a>(
        &self,
        look: &mut Look<'a, '_>,
        options: Options<'a>,
        mut region: Region<'a>,
    ) -> Result<Options<'a>, Failure<'a>> {
        let mut fips = options.fips;
        let plain = match &region.id {
            _ if !self.fips_regions => None,
            Cow::Borrowed(id) => without_fips(id),
            Cow::Owned(id) => without_fips(id).map(|plain| Cow::Owned(plain.into_owned())),
        };
        if let Some(plain) = plain {
            look.note(
                "a region with fips- or -fips in its name, given to the builder: the rest of it, and FIPS on",
            );
            let again = match &plain {
                Cow::Borrowed(id) => sources::region_of(id, self.encodes_regions),
                Cow::Owned(id) => {
                    sources::region_of(id, self.encodes_regions).map(|id| Cow::Owned(id.into_owned()))
                }
            };
            region.id = again.ok_or_else(blank_region)?;
            fips = true;
        }
        Ok(Options { region: Some(region), fips, ..options })
    }

    /// `builder.build()`.
    pub(crate) fn build<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        options: Options<'a>,
    ) -> Result<Client<'a>, Failure<'a>> {
        let mut settings = Settings {
            region: options.region.as_ref().map(|region| region.found),
            endpoint_url: options.endpoint.map(|endpoint| endpoint.found),
            ..Settings::default()
        };
        self.build_telling(look, active, options, &mut settings)
            .map_err(|failure| failure.with_settings(settings))
    }

    fn build_telling<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        options: Options<'a>,
        settings: &mut Settings<'a>,
    ) -> Result<Client<'a>, Failure<'a>> {
        // Retry mode, defaults mode and other values are read from the files too: an unreadable file fails the builder.
        active.files.check().map_err(unreadable)?;
        if self.checks_defaults_mode {
            sources::check_defaults_mode(look)?;
        }
        let mut endpoint = options.endpoint;
        if self.endpoint_before_region {
            endpoint = self.configured(look, active, endpoint)?;
        }
        let region = match options.region {
            Some(region) => region,
            None => sources::default_region(look, active, self.encodes_regions)
                .ok_or_else(|| sources::missing_region(look, active))?,
        };
        settings.region = Some(region.found);
        if self.endpoint_before_region {
            settings.endpoint_url = endpoint.map(|endpoint| endpoint.found);
            if endpoint.is_none() {
                // Of FIPS and dual-stack only what the builder was told counts here.
                let code = &look.scenario.code;
                let told = |flag: Option<bool>| flag.filter(|_| options.switches);
                let fips = told(code.use_fips).unwrap_or(options.fips);
                self.check_host(&region.id, fips, told(code.use_dualstack) == Some(true))?;
            }
        }
        let (mut fips, mut dual_stack): (Flag<'a>, Flag<'a>) = ((false, None), (false, None));
        if self.variants {
            dual_stack = sources::switch(look, active, &DUAL_STACK, options.switches)?;
            settings.dualstack = dual_stack.1;
            let said = options.switches && look.scenario.code.use_fips.is_some();
            fips = if options.fips && !said {
                (true, Some(Sourced::rule("true", "the region given to the builder is a FIPS pseudo-region")))
            } else {
                sources::switch(look, active, &FIPS, options.switches)?
            };
            settings.fips = fips.1;
        }
        if !self.endpoint_before_region {
            endpoint = self.configured(look, active, endpoint)?;
            settings.endpoint_url = endpoint.map(|endpoint| endpoint.found);
            if endpoint.is_none() {
                self.check_host(&region.id, fips.0, dual_stack.0)?;
            }
        }
        Ok(Client {
            region: region.id,
            endpoint,
            fips: fips.0,
            dual_stack: dual_stack.0,
            settings: *settings,
        })
    }

    /// The override in code, else (since 2.28.1) the configured one.
    fn configured<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        in_code: Option<Override<'a>>,
    ) -> Result<Option<Override<'a>>, Failure<'a>> {
        if in_code.is_some() || !self.configured_endpoints {
            return Ok(in_code);
        }
        let endpoint =
            sources::configured_endpoint(look, active, self.services_sections, self.can_ignore_endpoints)?;
        match endpoint {
            Some(endpoint) if self.endpoint_before_region && endpoint.uri.scheme.is_none() => {
                Err(sources::no_scheme())
            }
            endpoint => Ok(endpoint),
        }
    }

    /// The partition of the service metadata: by pattern alone, so that `aws-cn-global` counts as `aws` here.
    fn metadata_partition(&self, region: &str) -> &'static Partition {
        Partition::all().iter().find(|partition| partition.matches(region)).map_or_else(
            Partition::commercial,
            |partition| match partition.id {
                "aws-iso-e" if !self.vintage.iso_e => Partition::commercial(),
                "aws-iso-f" if !self.vintage.iso_f => Partition::commercial(),
                "aws-eusc" if !self.vintage.eusc => Partition::commercial(),
                _ => partition,
            },
        )
    }

    /// The check of the first layer: the metadata must have a host, and `java.net.URI` must take it for one.
    fn check_host<'a>(&self, region: &str, fips: bool, dual_stack: bool) -> Result<(), Failure<'a>> {
        let partition = self.metadata_partition(region);
        let tags = match (dual_stack, fips) {
            (false, false) => "[]",
            (true, false) => "[dualstack]",
            (false, true) => "[fips]",
            (true, true) => "[dualstack, fips]",
        };
        if dual_stack && !self.vintage.supports_dual_stack(partition) {
            return Err(error(
                FailureCategory::UnsupportedVariant,
                "NullPointerException",
                format!(
                    "No endpoint known for {tags} in {region} with this service. A newer SDK version may have an endpoint available, or you could configure the endpoint directly after consulting service documentation."
                ),
            ));
        }
        if is_host_label(region) {
            return Ok(());
        }
        let service = if fips && partition.id != "aws-us-gov" { "sts-fips" } else { "sts" };
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let uri = format!("https://{service}.{region}.{suffix}");
        if JavaUri::parse(&uri).is_ok_and(|uri| uri.host.is_some()) {
            return Ok(());
        }
        let mut message = match self.invalid_host {
            InvalidHost::Unchecked => {
                return Err(error(
                    FailureCategory::InvalidRegion,
                    "NullPointerException",
                    "host must not be null.",
                ));
            }
            InvalidHost::Examples => {
                format!("Configured region ({region}) resulted in an invalid URI: {uri}")
            }
            InvalidHost::Tags => format!(
                "Configured region ({region}) and tags ({tags}) resulted in an invalid URI: {uri}. This is usually caused by an invalid region configuration."
            ),
            InvalidHost::Plain => format!(
                "Configured region ({region}) resulted in an invalid URI: {uri}. This is usually caused by an invalid region configuration."
            ),
        };
        let intro = match self.invalid_host {
            InvalidHost::Examples => " Valid region examples: [",
            InvalidHost::Tags => " Valid regions: [",
            _ => return Err(error(FailureCategory::InvalidRegion, "SdkClientException", message)),
        };
        message.push_str(intro);
        let known = STS_REGIONS.iter().filter(|(_, refresh)| *refresh <= self.region_refresh);
        for (at, (known, _)) in known.enumerate() {
            let _ = write!(message, "{}{known}", if at > 0 { ", " } else { "" });
        }
        message.push(']');
        Err(error(FailureCategory::InvalidRegion, "SdkClientException", message))
    }

    /// A call of a client that was built.
    pub(crate) fn call<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: Client<'a>,
        unsigned: bool,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let settings = client.settings;
        self.send(look, client, unsigned)
            .map(|resolution| resolution.with_settings(settings))
            .map_err(|failure| failure.with_settings(settings))
    }

    fn send<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: Client<'a>,
        unsigned: bool,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let Client { region, endpoint, fips, dual_stack, settings } = client;
        let decided_by = settings.endpoint_url.or(settings.fips.filter(|_| fips)).or(settings.region);
        let decided = |resolution: Resolution<'a>| match decided_by {
            Some(value) => resolution.decided_by(value).unsigned_if(unsigned),
            None => resolution.unsigned_if(unsigned),
        };
        if let Some(endpoint) = endpoint {
            self.check_override(&endpoint, fips, dual_stack)?;
            look.note("an endpoint override: its host, the client's own signing region");
            let signing = self.signing_region(region);
            return Ok(decided(Resolution::new(self.wire(&endpoint), signing)));
        }
        if !self.rules {
            let endpoint = self.metadata_endpoint(&region, fips, dual_stack);
            let signing = self.signing_region(region);
            return Ok(decided(Resolution::new(endpoint, signing)));
        }
        let (endpoint, scheme) = match &region {
            Cow::Borrowed(region) => self.rule_endpoint(region, fips, dual_stack)?,
            Cow::Owned(region) => {
                let (endpoint, scheme) = self.rule_endpoint(region, fips, dual_stack)?;
                (owned(endpoint), scheme)
            }
        };
        if endpoint == Endpoint::Global {
            look.note("aws-global: the global endpoint");
        }
        let signing = match scheme {
            Some(region) => Cow::Borrowed(region),
            None => self.signing_region(region),
        };
        Ok(decided(Resolution::new(endpoint, signing)))
    }

    /// The endpoint rules, and the signing region they name.
    fn rule_endpoint<'r, 'e>(
        &self,
        region: &'r str,
        use_fips: bool,
        use_dual_stack: bool,
    ) -> Result<(Endpoint<'r>, Option<&'static str>), Failure<'e>> {
        // The pseudo-regions of the two younger isolated partitions were listed later than the partitions.
        let vintage = match region {
            "aws-iso-e-global" if !self.iso_globals => Vintage { iso_e: false, ..self.vintage },
            "aws-iso-f-global" if !self.iso_globals => Vintage { iso_f: false, ..self.vintage },
            _ => self.vintage,
        };
        let parameters =
            Parameters { region: Some(region), use_fips, use_dual_stack, vintage, ..Parameters::default() };
        let answer = rules::resolve(&parameters).map_err(|rule| {
            error(FailureCategory::UnsupportedVariant, "SdkClientException", rule.message())
        })?;
        let scheme = answer.signing_region.map(|_| "us-east-1");
        Ok((answer.endpoint, scheme))
    }

    /// The metadata's own endpoint: what releases before the rules called.
    fn metadata_endpoint<'r>(&self, region: &Cow<'r, str>, fips: bool, dual_stack: bool) -> Endpoint<'r> {
        let partition = self.metadata_partition(region);
        if !fips && !dual_stack {
            if let Some((_, plain)) = FIPS_REGIONS.iter().find(|(pseudo, _)| region == pseudo) {
                return if plain.starts_with("us-gov-") {
                    Endpoint::regional(plain, "amazonaws.com")
                } else {
                    Endpoint::fips(plain, "amazonaws.com")
                };
            }
            let unknown = !EARLY_REGIONS.contains(&&**region);
            match self.host_data {
                HostData::Regional if region == "aws-global" => return Endpoint::Global,
                HostData::UnknownIsGlobal if unknown && partition.id == "aws" => return Endpoint::Global,
                _ => {}
            }
        }
        let service = if fips && partition.id != "aws-us-gov" { "sts-fips" } else { "sts" };
        let service = if fips && dual_stack { "sts-fips" } else { service };
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        Endpoint::Regional { service, region: region.clone(), suffix }
    }

    /// The signing region where the rules name none: until 2.24.12 that of the metadata, since then the client's own.
    fn signing_region<'a>(&self, region: Cow<'a, str>) -> Cow<'a, str> {
        if self.signs_as_client {
            return region;
        }
        if let Some((_, plain)) = FIPS_REGIONS.iter().find(|(pseudo, _)| region == *pseudo) {
            return Cow::Borrowed(plain);
        }
        if region == "aws-global" && self.host_data == HostData::Regional {
            return Cow::Borrowed("us-east-1");
        }
        region
    }

    /// What a call does with an override before it sends anything.
    fn check_override<'a>(
        &self,
        endpoint: &Override<'a>,
        fips: bool,
        dual_stack: bool,
    ) -> Result<(), Failure<'a>> {
        let uri = &endpoint.uri;
        if self.rules {
            // AwsEndpointProviderUtils.endpointBuiltIn puts the URI together again from its parts.
            if let (Some(scheme), None, "") = (uri.scheme, uri.host, uri.path.unwrap_or("")) {
                let again = match uri.fragment {
                    Some(fragment) => format!("{scheme}:#{fragment}"),
                    None => format!("{scheme}:"),
                };
                if let Err(bad) = JavaUri::parse(&again) {
                    let message = format!("java.net.URISyntaxException: {bad}");
                    return Err(error(FailureCategory::InvalidEndpoint, "RuntimeException", message));
                }
            }
            let variant = match (fips, dual_stack) {
                (true, _) => Some(rules::RuleError::FipsWithEndpoint),
                (false, true) => Some(rules::RuleError::DualStackWithEndpoint),
                (false, false) => None,
            };
            if let Some(rule) = variant {
                return Err(error(FailureCategory::UnsupportedVariant, "SdkClientException", rule.message()));
            }
        }
        let marshalling = |reason: Cow<'static, str>| {
            Err(error(
                FailureCategory::InvalidEndpoint,
                "SdkClientException",
                format!("Unable to marshall request to JSON: {reason}"),
            ))
        };
        match (uri.scheme, uri.host) {
            (None, _) => marshalling("protocol must not be null.".into()),
            (Some(scheme), _)
                if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") =>
            {
                let scheme = scheme.to_ascii_lowercase();
                marshalling(format!("Protocol must be 'http' or 'https', but was {scheme}").into())
            }
            (Some(_), None) => marshalling("host must not be null.".into()),
            _ => Ok(()),
        }
    }

    /// An override as it goes on the wire: scheme in lower case, no standard port, no user, no query; and no path.
    fn wire<'a>(&self, endpoint: &Override<'a>) -> Endpoint<'a> {
        let uri = &endpoint.uri;
        let (Some(scheme), Some(host)) = (uri.scheme, uri.host) else {
            return Endpoint::given(endpoint.found.text);
        };
        let https = scheme.eq_ignore_ascii_case("https");
        let scheme = if https { "https" } else { "http" };
        let port = uri.port.filter(|port| *port != if https { 443 } else { 80 });
        if is_as_written(endpoint.found.text, scheme, host, port) {
            return Endpoint::Given(Cow::Borrowed(endpoint.found.text));
        }
        let path = self.path_of(uri.path.unwrap_or(""));
        let mut url = format!("{scheme}://{host}");
        if let Some(port) = port {
            let _ = write!(url, ":{port}");
        }
        if !path.starts_with('/') {
            url.push('/');
        }
        url.push_str(&path);
        Endpoint::Given(Cow::Owned(url))
    }

    /// What is left of an override's path. The marshaller for the Query protocol leaves every path out
    /// (`QueryProtocolMarshaller.fillBasicRequestParams`), and `AwsEndpointProviderUtils.setUri` only puts it back where
    /// the rules' URL has another path than the client's: until 2.20.67 always, since then where taking the URI apart and
    /// putting it together again changed an escape.
    fn path_of<'a>(&self, path: &'a str) -> Cow<'a, str> {
        let again = || if path.contains('%') { requoted(path) } else { Cow::Borrowed(path) };
        match self.path {
            PathOfOverride::Dropped => Cow::Borrowed(""),
            PathOfOverride::Kept => again(),
            PathOfOverride::KeptWhereRequoted => match again() {
                same if same == path => Cow::Borrowed(""),
                other => other,
            },
        }
    }
}

/// Whether a text is `scheme://host[:port]/` to the letter.
fn is_as_written(text: &str, scheme: &str, host: &str, port: Option<u32>) -> bool {
    let rest = text.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://")?.strip_prefix(host));
    let rest = rest.and_then(|rest| rest.strip_suffix('/'));
    let written = rest.and_then(|rest| rest.strip_prefix(':')).filter(|digits| !digits.starts_with('0'));
    match port {
        None => rest == Some(""),
        Some(port) => written.is_some_and(|digits| digits.parse() == Ok(port)),
    }
}

/// Whether a region is one plain label or several, so that any host made of it is one.
fn is_host_label(region: &str) -> bool {
    region.split('.').all(|label| {
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && has_label_letters_only(label)
    })
}

/// `getPath` decodes the escapes, the constructor of URI quotes what needs it.
fn requoted(path: &str) -> Cow<'_, str> {
    let mut bytes = alloc::vec::Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let pair = core::str::from_utf8(behind.get(..2).unwrap_or(&[])).ok();
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = behind.get(2..).unwrap_or(&[]);
            }
            None => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    let mut quoted = String::new();
    for c in String::from_utf8_lossy(&bytes).chars() {
        if c.is_ascii_alphanumeric() || "-_.!~*'():@&=+$,;/".contains(c) || (!c.is_ascii() && !c.is_control())
        {
            quoted.push(c);
        } else {
            let mut utf8 = [0; 4];
            for byte in c.encode_utf8(&mut utf8).bytes() {
                let _ = write!(quoted, "%{byte:02X}");
            }
        }
    }
    Cow::Owned(quoted)
}

fn owned(endpoint: Endpoint<'_>) -> Endpoint<'static> {
    match endpoint {
        Endpoint::Global => Endpoint::Global,
        Endpoint::Regional { service, region, suffix } => {
            Endpoint::Regional { service, region: Cow::Owned(region.into_owned()), suffix }
        }
        Endpoint::Given(url) => Endpoint::Given(Cow::Owned(url.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fips_is_taken_out_of_a_region_wherever_it_stands() {
        assert_eq!(without_fips("us-west-2-fips").as_deref(), Some("us-west-2"));
        assert_eq!(without_fips("fips-us-west-2").as_deref(), Some("us-west-2"));
        assert_eq!(without_fips("us-fips-west-2").as_deref(), Some("us-west-2"));
        assert_eq!(without_fips("fips-us-west-2-fips").as_deref(), Some("us-west-2"));
        assert_eq!(without_fips("fips-").as_deref(), Some(""));
        assert_eq!(without_fips("us-west-2"), None);
    }

    #[test]
    fn fips_at_one_end_of_a_region_is_cut_off_without_a_copy() {
        assert!(matches!(without_fips("us-west-2-fips"), Some(Cow::Borrowed("us-west-2"))));
        assert!(matches!(without_fips("fips-us-west-2"), Some(Cow::Borrowed("us-west-2"))));
    }

    #[test]
    fn escapes_are_requoted() {
        assert_eq!(requoted("/a%20b%7e%2f"), "/a%20b~/");
        assert_eq!(requoted("/%zz\u{fc}"), "/%25zz\u{fc}");
    }

    #[test]
    fn plain_labels_are_told_from_others() {
        for (region, plain) in
            [("us-west-2", true), ("a.b", true), ("a..b", false), ("-a", false), ("a_b", false), ("", false)]
        {
            assert_eq!(is_host_label(region), plain, "{region}");
        }
    }
}

/// `new URI(scheme, null, host, -1, uri.getPath(), null, null).getRawPath()` of OpenJDK 17.
#[cfg(test)]
mod as_the_jdk_does {
    use super::*;

    #[test]
    fn paths_are_decoded_and_quoted_again() {
        for (path, again) in [
            ("/a%20b%7e%2f", "/a%20b~/"),
            ("/%41%2B%3d", "/A+="),
            ("/%25", "/%25"),
            ("/%5B%5d", "/%5B%5D"),
            ("/%c3%bc", "/\u{fc}"),
            ("/%22%3C", "/%22%3C"),
            ("/%00%7F", "/%00%7F"),
            ("/%C2%85", "/%C2%85"),
            ("/%F0%9F%98%80", "/\u{1f600}"),
            ("/%ff", "/\u{fffd}"),
            ("/-_.!~*'():@&=+$,;", "/-_.!~*'():@&=+$,;"),
            ("/%2D%5F%2E%21%7E%2A%27%28%29%3A%40%26%3D%2B%24%2C%3B", "/-_.!~*'():@&=+$,;"),
            ("/\u{e9}%20", "/\u{e9}%20"),
            ("/%5E%60%7C", "/%5E%60%7C"),
        ] {
            assert_eq!(requoted(path), again, "{path}");
        }
    }
}
