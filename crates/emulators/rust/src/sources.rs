//! Where each value is looked for.

use crate::profile::{SERVICE_ENDPOINT_URL, joined};
use crate::{Overrides, RustSdk, uri};
use sts_endpoint_core::{Accept, Chain, Look, NoProfile, Scenario, Source, Sourced, Trace, Value, Verdict};

/// aws-runtime `src/env_config/source.rs` `load`: present counts, even empty. `AWS_DEFAULT_PROFILE` is not read.
const PROFILE: Chain = Chain::new(Value::Profile, &[Source::Variable("AWS_PROFILE")]);

/// aws-config `src/default_provider/region.rs`, `src/environment/region.rs` (`std::env::var`: an empty variable counts).
const REGION: Chain = Chain::new(
    Value::Region,
    &[
        Source::Code("ConfigLoader::region"),
        Source::Variable("AWS_REGION"),
        Source::Variable("AWS_DEFAULT_REGION"),
        Source::Profile("region"),
        Source::Metadata,
    ],
);

/// The same without a loader around it: `DefaultCredentialsChain::builder().build()`.
const REGION_ALONE: Chain = Chain::new(
    Value::Region,
    &[
        Source::Variable("AWS_REGION"),
        Source::Variable("AWS_DEFAULT_REGION"),
        Source::Profile("region"),
        Source::Metadata,
    ],
);

/// aws-config `src/default_provider/use_fips.rs`, since 0.53.0.
const FIPS: Chain = Chain::new(
    Value::Fips,
    &[
        Source::Code("ConfigLoader::use_fips"),
        Source::Variable("AWS_USE_FIPS_ENDPOINT"),
        Source::Profile("use_fips_endpoint"),
    ],
);

/// aws-config `src/default_provider/use_dual_stack.rs`, since 0.53.0.
const DUAL_STACK: Chain = Chain::new(
    Value::DualStack,
    &[
        Source::Code("ConfigLoader::use_dual_stack"),
        Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"),
        Source::Profile("use_dualstack_endpoint"),
    ],
);

/// aws-config `src/default_provider/ignore_configured_endpoint_urls.rs`, since 1.1.9.
const IGNORE_URLS: Chain = Chain::new(
    Value::IgnoreEndpointUrls,
    &[
        Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
        Source::Profile("ignore_configured_endpoint_urls"),
    ],
);

const CODE_URL: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("ConfigLoader::endpoint_url")]);

/// aws-config `src/default_provider/endpoint_url.rs`, 1.1.9.
const GLOBAL_URL: Chain =
    Chain::new(Value::EndpointUrl, &[Source::Variable("AWS_ENDPOINT_URL"), Source::Profile("endpoint_url")]);

/// aws-runtime `src/env_config.rs` `EnvConfigValue::load`: both variables before both places of the file, so that the
/// global variable beats the file's entry for the service.
const SERVICE_URL: Chain = Chain::new(
    Value::EndpointUrl,
    &[
        Source::Variable("AWS_ENDPOINT_URL_STS"),
        Source::Variable("AWS_ENDPOINT_URL"),
        Source::Profile(SERVICE_ENDPOINT_URL),
        Source::Profile("endpoint_url"),
    ],
);

const FIPS_ALONE: Chain = Chain::new(
    Value::Fips,
    &[Source::Variable("AWS_USE_FIPS_ENDPOINT"), Source::Profile("use_fips_endpoint")],
);

const DUAL_STACK_ALONE: Chain = Chain::new(
    Value::DualStack,
    &[Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"), Source::Profile("use_dualstack_endpoint")],
);

/// What is left of [`SERVICE_URL`] for a client that is built before anybody parsed the profile.
const VARIABLES_URL: Chain = Chain::new(
    Value::EndpointUrl,
    &[Source::Variable("AWS_ENDPOINT_URL_STS"), Source::Variable("AWS_ENDPOINT_URL")],
);

/// The setting, which no release reads.
const SETTING_PLACES: [Source; 2] =
    [Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"), Source::Profile("sts_regional_endpoints")];

/// The name of the profile in use.
pub(crate) fn profile<'a>(scenario: &'a Scenario, trace: &mut dyn Trace) -> Sourced<'a> {
    let found = PROFILE.first(&mut Look::new(scenario, &NoProfile, trace), Accept::Present);
    found.unwrap_or(Sourced::default("default", "the default profile"))
}

/// Tells of the setting where somebody set it: nothing reads it.
pub(crate) fn setting(look: &mut Look<'_, '_>) {
    if !look.listens() {
        return;
    }
    for source in SETTING_PLACES {
        let found = look.at(Value::Setting, source);
        if found.is_some() {
            look.tell(Value::Setting, source, found, Verdict::Ignored("this SDK does not know the setting"));
        }
    }
}

/// The region that a loader finds, or a credential provider without one.
pub(crate) fn region<'a>(look: &mut Look<'a, '_>, alone: bool) -> Option<Sourced<'a>> {
    let chain = if alone { &REGION_ALONE } else { &REGION };
    chain.first(look, Accept::Present)
}

/// A switch: `true` or `false` in any case. Anything else is logged and counts as not set, but has ended the search.
#[inline(always)]
fn switch<'a>(chain: &'static Chain, look: &mut Look<'a, '_>) -> (Option<Sourced<'a>>, bool) {
    let found = chain.first(look, Accept::Present);
    let on = found.is_some_and(|found| found.text.eq_ignore_ascii_case("true"));
    if found.is_some_and(|found| !on && !found.text.eq_ignore_ascii_case("false")) {
        look.note("neither true nor false: counts as not set, and what stands behind it is not asked");
    }
    (found, on)
}

/// Whether FIPS endpoints are asked for.
pub(crate) fn fips<'a>(look: &mut Look<'a, '_>, alone: bool) -> (Option<Sourced<'a>>, bool) {
    if alone { switch(&FIPS_ALONE, look) } else { switch(&FIPS, look) }
}

/// Whether dual-stack endpoints are asked for.
pub(crate) fn dual_stack<'a>(look: &mut Look<'a, '_>, alone: bool) -> (Option<Sourced<'a>>, bool) {
    if alone { switch(&DUAL_STACK_ALONE, look) } else { switch(&DUAL_STACK, look) }
}

impl RustSdk {
    /// The endpoint override of a client that the user built. aws-config `src/lib.rs` `ConfigLoader::load`, aws-sdk-sts
    /// `src/config.rs` `From<&SdkConfig> for Builder`.
    pub(crate) fn endpoint_url<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        if let Some(url) = CODE_URL.first(look, Accept::Present) {
            return Some(url);
        }
        match self.overrides {
            Overrides::Code => None,
            Overrides::Global => {
                if switch(&IGNORE_URLS, look).1 {
                    look.note("configured endpoint URLs are ignored");
                    return None;
                }
                let url = GLOBAL_URL.first(look, Accept::Present)?;
                // continued values are held with their lines trimmed
                let checked = if url.text.contains('\n') {
                    uri::is_url(&joined(url.text))
                } else {
                    uri::is_url(url.text)
                };
                if checked {
                    return Some(url);
                }
                look.note("no URL: logged and ignored");
                None
            }
            Overrides::Service { ignore_switch } => {
                let ignore = switch(&IGNORE_URLS, look).1;
                if ignore && ignore_switch {
                    look.note("configured endpoint URLs are ignored");
                    return None;
                }
                if ignore {
                    look.note("the ignore switch is read, but the client's own look-up does not heed it");
                }
                SERVICE_URL.first(look, Accept::Present)
            }
        }
    }

    /// The endpoint override of a credential provider's own client: options in code and the ignore switch do not reach it.
    /// aws-config `src/provider_config.rs` `client_config`.
    pub(crate) fn provider_endpoint_url<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profile_parsed: bool,
    ) -> Option<Sourced<'a>> {
        if !self.provider_overrides {
            return None;
        }
        let chain = if profile_parsed { &SERVICE_URL } else { &VARIABLES_URL };
        chain.first(look, Accept::Present)
    }
}
