//! Where Kotlin looks for region, variants and endpoint override, and how it reads profile files.

use alloc::vec::Vec;
use sts_endpoint_core::profile::{Dialect, FileValue, InlineComments, Section};
use sts_endpoint_core::{Accept, Chain, FileKind, Look, Profile, Scenario, Source, Sourced, Value, Verdict};

/// `AwsConfigParser.kt`: comments behind white space; `[ default ]` is `[default]`.
static DIALECT: Dialect =
    Dialect { inline_comments: InlineComments::AfterSpace("#;"), trim_headers: true, ..Dialect::PLAIN };

/// The active profile: the credentials file's section over the config file's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profiles<'a> {
    scenario: &'a Scenario,
    name: &'a str,
}

/// What a chain of roles begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// Keys, of the profile or of a named source.
    Keys,
    /// A web identity, whose call comes first.
    WebIdentity,
}

impl<'a> Profiles<'a> {
    /// System property `aws.profile`, AWS_PROFILE, else `default`.
    pub(crate) fn active(scenario: &'a Scenario) -> Self {
        let named = scenario.properties.get("aws.profile").or_else(|| scenario.variable("AWS_PROFILE"));
        Self { scenario, name: named.unwrap_or("default") }
    }

    /// `endpoint_url` of `sts` in the services section that the profile names.
    pub(crate) fn service_endpoint(&self) -> Option<FileValue<'a>> {
        let services = self.get("services")?;
        let file = self.scenario.file(FileKind::Config)?;
        Section::of_kind(file, &DIALECT, "services", services.text).nested("sts", "endpoint_url")
    }

    /// What the roles of the active profile begin with; `None` where a profile of the chain is missing or comes back.
    /// Source: `ProfileChain.resolve`.
    pub(crate) fn leaf(&self) -> Option<Leaf> {
        // The profiles passed behind the first: most chains end at the second, and need no list.
        let mut seen: Vec<&str> = Vec::new();
        let mut at = *self;
        loop {
            let web_identity = at.get("web_identity_token_file").is_some();
            match (at.get("role_arn"), at.get("source_profile")) {
                (Some(_), _) if web_identity => return Some(Leaf::WebIdentity),
                (Some(_), Some(source)) if source.text == at.name => {
                    return at.get("aws_access_key_id").map(|_| Leaf::Keys);
                }
                (Some(_), Some(source)) => {
                    if source.text == self.name || seen.contains(&source.text) {
                        return None;
                    }
                    if at.name != self.name {
                        seen.push(at.name);
                    }
                    at.name = source.text;
                }
                (Some(_), None) => return at.get("credential_source").map(|_| Leaf::Keys),
                (None, _) => return at.get("aws_access_key_id").map(|_| Leaf::Keys),
            }
        }
    }

    /// The first line that is neither section nor property, in either file: no client is made then.
    pub(crate) fn malformed(&self) -> Option<u32> {
        [FileKind::Config, FileKind::Credentials]
            .into_iter()
            .find_map(|kind| Some(self.scenario.file(kind)?.first_malformed(&DIALECT)?.0))
    }

    fn in_config(&self, key: &str) -> Option<FileValue<'a>> {
        let file = self.scenario.file(FileKind::Config)?;
        let prefixed = Section::of_kind(file, &DIALECT, "profile", self.name);
        if self.name == "default" && !prefixed.exists() {
            return Section::named(file, &DIALECT, "default").get(key);
        }
        prefixed.get(key)
    }
}

impl<'a> Profile<'a> for Profiles<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        let credentials = self.scenario.file(FileKind::Credentials);
        let in_credentials = |file| Section::named(file, &DIALECT, self.name).get(key);
        credentials.and_then(in_credentials).or_else(|| self.in_config(key))
    }
}

/// `region` in code.
pub(crate) const CODE: Chain = Chain::new(Value::Region, &[Source::Code("region")]);

/// `DefaultRegionProviderChain`: the first value that is there, an empty one too, unless instance metadata says it.
pub(crate) fn default_region<'a>(look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
    CONFIGURED.first(look, Accept::Present).or_else(|| METADATA.first(look, Accept::NonEmpty))
}

const METADATA: Chain = Chain::new(Value::Region, &[Source::Metadata]);

const CONFIGURED: Chain = Chain::new(
    Value::Region,
    &[Source::Property("aws.region"), Source::Variable("AWS_REGION"), Source::Profile("region")],
);

/// What the provider of a web identity asks before the client inside it does.
pub(crate) const WEB_IDENTITY: Chain =
    Chain::new(Value::Region, &[Source::Property("aws.region"), Source::Variable("AWS_REGION")]);

/// FIPS or dual-stack: code, system property, variable, profile; any text but `true` (in any case) is off.
pub(crate) fn variant<'a>(
    look: &mut Look<'a, '_>,
    value: Value,
    in_code: bool,
    from_environment: bool,
) -> bool {
    const FIPS_CODE: Chain = Chain::new(Value::Fips, &[Source::Code("useFips")]);
    const DUAL_STACK_CODE: Chain = Chain::new(Value::DualStack, &[Source::Code("useDualStack")]);
    const FIPS: Chain = Chain::new(
        Value::Fips,
        &[
            Source::Property("aws.useFipsEndpoint"),
            Source::Variable("AWS_USE_FIPS_ENDPOINT"),
            Source::Profile("use_fips_endpoint"),
        ],
    );
    const DUAL_STACK: Chain = Chain::new(
        Value::DualStack,
        &[
            Source::Property("aws.useDualstackEndpoint"),
            Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"),
            Source::Profile("use_dualstack_endpoint"),
        ],
    );
    let (code, configured) =
        if value == Value::Fips { (FIPS_CODE, FIPS) } else { (DUAL_STACK_CODE, DUAL_STACK) };
    let found = if in_code { code.first(look, Accept::Present) } else { None };
    let found =
        found.or_else(|| if from_environment { configured.first(look, Accept::Present) } else { None });
    found.is_some_and(|found| found.text.eq_ignore_ascii_case("true"))
}

/// The endpoint override: code; service and general setting, each as system property before variable; services section; the
/// profile's endpoint_url.
pub(crate) fn endpoint<'a>(
    look: &mut Look<'a, '_>,
    profiles: &Profiles<'a>,
    in_code: bool,
    from_environment: bool,
) -> Option<Sourced<'a>> {
    const CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("endpointUrl")]);
    const IGNORE: Chain = Chain::new(
        Value::IgnoreEndpointUrls,
        &[
            Source::Property("aws.ignoreConfiguredEndpointUrls"),
            Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
            Source::Profile("ignore_configured_endpoint_urls"),
        ],
    );
    const SET: Chain = Chain::new(
        Value::EndpointUrl,
        &[
            Source::Property("aws.endpointUrlSts"),
            Source::Variable("AWS_ENDPOINT_URL_STS"),
            Source::Property("aws.endpointUrl"),
            Source::Variable("AWS_ENDPOINT_URL"),
        ],
    );
    if let Some(code) = in_code.then(|| CODE.first(look, Accept::Present)).flatten() {
        return Some(code);
    }
    if !from_environment {
        return None;
    }
    let ignore = IGNORE.first(look, Accept::Present);
    if ignore.is_some_and(|ignore| ignore.text.eq_ignore_ascii_case("true")) {
        return None;
    }
    if let Some(set) = SET.first(look, Accept::Present) {
        return Some(set);
    }
    for (source, found) in [
        (Source::Profile("services: sts: endpoint_url"), profiles.service_endpoint()),
        (Source::Profile("endpoint_url"), profiles.get("endpoint_url")),
    ] {
        let found = found.map(Sourced::file);
        look.tell(
            Value::EndpointUrl,
            source,
            found,
            if found.is_some() { Verdict::Used } else { Verdict::Absent },
        );
        if found.is_some() {
            return found;
        }
    }
    None
}
