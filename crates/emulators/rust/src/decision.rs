//! From settings to a request or an error.

use crate::credentials::{Credentials, NoCredentials};
use crate::profile::{Files, Selected, joined};
use crate::uri::{self, Unusable};
use crate::{Hosts, LabelCheck, Pipeline, RustSdk, UriLibrary, sources};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::partition;
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Behaviour, Decision, Endpoint, Entry, Failure, FailureCategory, Look, Operation, Outcome, Resolution,
    Scenario, Settings, Sourced, Trace,
};

/// The settings of one STS client.
struct Client<'a> {
    region: Option<&'a str>,
    fips: bool,
    dual_stack: bool,
    endpoint_url: Option<&'a str>,
    settings: Settings<'a>,
}

impl<'a> Client<'a> {
    fn new(
        region: Option<Sourced<'a>>,
        (fips, use_fips): (Option<Sourced<'a>>, bool),
        (dualstack, use_dual_stack): (Option<Sourced<'a>>, bool),
        endpoint_url: Option<Sourced<'a>>,
    ) -> Self {
        Self {
            region: region.map(|region| region.text),
            fips: use_fips,
            dual_stack: use_dual_stack,
            endpoint_url: endpoint_url.map(|url| url.text),
            settings: Settings { region, setting: None, fips, dualstack, endpoint_url },
        }
    }
}

/// What a call comes to: a request, or the error that its caller sees.
type Called<'a> = Result<Decision<'a>, Failure<'a>>;

/// What a call comes to before anything is sent: an `SdkError`.
struct Fault {
    category: FailureCategory,
    stage: Stage,
    message: Cow<'static, str>,
}

/// Where the call fails. The names are those of `SdkError`'s variants.
enum Stage {
    Construction,
    Dispatch,
    /// The process panics.
    Panic,
}

impl Fault {
    fn construction(category: FailureCategory, message: impl Into<Cow<'static, str>>) -> Self {
        Self { category, stage: Stage::Construction, message: message.into() }
    }

    fn panic(category: FailureCategory, message: &'static str) -> Self {
        Self { category, stage: Stage::Panic, message: message.into() }
    }

    /// As the caller of a client sees it.
    fn of_client<'a>(self) -> Failure<'a> {
        match self.stage {
            Stage::Panic => Failure::new(self.category, "panic", self.message),
            Stage::Construction => Failure::new(self.category, "ConstructionFailure", self.text()),
            Stage::Dispatch => Failure::new(self.category, "DispatchFailure", self.text()),
        }
    }

    /// As the caller of a credential provider sees it. A profile's provider wraps errors of its base and of its roles once
    /// more (aws-config `src/profile/credentials.rs`).
    fn of_provider<'a>(self, in_profile: bool) -> Failure<'a> {
        const LOADING: &str = "an error occurred while loading credentials: ";
        if let Stage::Panic = self.stage {
            return self.of_client();
        }
        let again = if in_profile { LOADING } else { "" };
        let message = format!("{again}{LOADING}{}", self.text());
        Failure::new(self.category, "CredentialsError::ProviderError", message)
    }

    fn text(&self) -> String {
        match self.stage {
            Stage::Construction => format!("failed to construct request: {}", self.message),
            Stage::Dispatch => format!("dispatch failure: other: {}", self.message),
            Stage::Panic => self.message.clone().into_owned(),
        }
    }
}

/// One that cannot occur (an assertion of `Endpoint::builder().url(..)`, aws-smithy-types `src/endpoint.rs`) but does.
const URL_WAS_UNSET: &str = "assertion `left != right` failed: URL was unset   left: \"\"  right: \"\"";

/// No scenario holds other files than the two: every path named is one that cannot be read.
const NO_CUSTOM_PARTITIONS: &str = "should be able to read a custom partition JSON: Os { code: 2, kind: NotFound, message: \"No such file or directory\" }";

impl Behaviour for RustSdk {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        let variant_in_code = code.use_fips.is_some() || code.use_dualstack.is_some();
        let setting_in_code = code.sts_regional_endpoints.is_some() || code.use_global_endpoint.is_some();
        if setting_in_code || (variant_in_code && !self.variants) {
            return Outcome::NotApplicable("no such option in code".into());
        }
        if scenario.presign {
            // aws-sdk-sts has no `presigned()` for any of its operations.
            return Outcome::NotApplicable("no presigner for this operation".into());
        }
        if let (Hosts::EndpointData, Some(Err(unusable))) =
            (self.hosts, code.endpoint.as_deref().map(|url| uri::on_the_wire(url, self.uri_library)))
        {
            return immutable_endpoint(unusable).into();
        }
        let name = sources::profile(scenario, trace);
        let files = Files::read(scenario, self.folds_keys);
        let profile = Selected { files: files.unwrap_or(Files::NONE), name: name.text };
        let mut look = Look::new(scenario, &profile, trace);
        if files.is_err() {
            look.note("a line of a profile file cannot be read: both files count as absent");
        }
        sources::setting(&mut look);
        let (client, called);
        if scenario.entry == Entry::Client {
            client = self.client_of_user(&mut look);
            called = if scenario.no_static {
                self.call_without_keys(&mut look, &client, profile, files)
            } else {
                self.call_of_client(&mut look, &client)
            };
        } else {
            let credentials = self.credentials(&mut look, profile, files);
            client = self.client_of_provider(&mut look, &credentials);
            called = self.call_of_provider(&mut look, &client, credentials);
        }
        settle(called, &client)
    }
}

impl RustSdk {
    /// What the loader finds for a client that the user built.
    fn client_of_user<'a>(&self, look: &mut Look<'a, '_>) -> Client<'a> {
        let region = sources::region(look, false);
        let (mut fips, mut dual_stack) = ((None, false), (None, false));
        if self.variants {
            fips = sources::fips(look, false);
            dual_stack = sources::dual_stack(look, false);
        }
        Client::new(region, fips, dual_stack, self.endpoint_url(look))
    }

    /// What a credential provider's own client is built with: aws-config `src/provider_config.rs` `client_config`. A
    /// provider that stands alone has no loader to ask for variants, and builds its web identity client before it parses
    /// the profile.
    fn client_of_provider<'a>(&self, look: &mut Look<'a, '_>, credentials: &Credentials) -> Client<'a> {
        let alone = look.scenario.alone;
        let region = sources::region(look, alone);
        let (mut fips, mut dual_stack) = ((None, false), (None, false));
        let assumes_role = matches!(credentials, Credentials::AssumeRole);
        if if alone { self.lone_provider_variants && assumes_role } else { self.provider_variants } {
            fips = sources::fips(look, alone);
            dual_stack = sources::dual_stack(look, alone);
        }
        let unparsed = alone && matches!(credentials, Credentials::WebIdentity { in_profile: false });
        Client::new(region, fips, dual_stack, self.provider_endpoint_url(look, !unparsed))
    }

    /// An ordinary client that has credentials.
    fn call_of_client<'a>(&self, look: &mut Look<'a, '_>, client: &Client<'a>) -> Called<'a> {
        let operation = look.scenario.operation;
        of_client(self.call(look, client, operation, self.signs(operation)))
    }

    /// Whether an ordinary client that has credentials signs the operation. The model lets two operations go unsigned; the
    /// orchestrator of 0.56 took that for leave to sign them too, until the model took the choice away.
    fn signs(&self, operation: Operation) -> bool {
        !operation.needs_no_signature() || self.signs_web_identity
    }

    /// An ordinary client without keys in the environment: the chain may call STS first.
    fn call_without_keys<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
        profile: Selected<'a>,
        files: Result<Files<'a>, crate::profile::SyntaxError<'a>>,
    ) -> Called<'a> {
        let operation = look.scenario.operation;
        if !self.signs(operation) {
            let call = self.call(look, client, operation, false);
            // the middleware loads credentials all the same, and only forgives the lack of any
            if let (Pipeline::Middleware { .. }, Ok(_)) = (self.pipeline, &call)
                && let Credentials::None(error) = self.credentials(look, profile, files)
                && error.variant != "CredentialsNotLoaded"
            {
                return Err(self.unsigned_call(error));
            }
            return of_client(call);
        }
        let own = self.call(look, client, operation, true);
        // the region's check comes first of all, the rules after the identity since 1.6
        match own {
            Err(fault) if !self.identity_first || matches!(fault.stage, Stage::Construction) => {
                return Err(fault.of_client());
            }
            _ => {}
        }
        match self.credentials(look, profile, files) {
            Credentials::AtHand => of_client(own),
            Credentials::None(error) => Err(self.unsigned_call(error)),
            provider => {
                look.note("the credential chain calls STS first");
                let inner = self.client_of_provider(look, &provider);
                self.call_of_provider(look, &inner, provider)
            }
        }
    }

    /// A client's error for want of credentials.
    fn unsigned_call<'a>(&self, error: NoCredentials) -> Failure<'a> {
        let loaded = error.variant != "CredentialsNotLoaded";
        match self.pipeline {
            Pipeline::Middleware { credentials_from } => {
                let message = if loaded {
                    format!(
                        "failed to load credentials from the credentials {credentials_from}: {}",
                        error.message
                    )
                } else {
                    "no credentials in the property bag".into()
                };
                Fault::construction(error.category, message).of_client()
            }
            _ => Fault { category: error.category, stage: Stage::Dispatch, message: error.message.into() }
                .of_client(),
        }
    }

    /// The call that a credential provider makes, if it makes one.
    fn call_of_provider<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
        credentials: Credentials,
    ) -> Called<'a> {
        let custom_partitions = look.scenario.variable("SMITHY_CLIENT_SDK_CUSTOM_PARTITION").is_some();
        if self.custom_partitions && custom_partitions {
            return Err(Fault::panic(FailureCategory::Other, NO_CUSTOM_PARTITIONS).of_client());
        }
        match credentials {
            Credentials::AtHand => {
                Err(Failure::new(FailureCategory::Other, "none", "call returned without a request"))
            }
            Credentials::None(error) => {
                let error_type = format!("CredentialsError::{}", error.variant);
                Err(Failure::new(error.category, error_type, error.message))
            }
            Credentials::AssumeRole => {
                self.call(look, client, Operation::AssumeRole, true).map_err(|fault| fault.of_provider(true))
            }
            Credentials::WebIdentity { in_profile } => {
                // web_identity_token.rs up to 0.55: asked before the client is
                if client.region.is_none() && matches!(self.pipeline, Pipeline::Middleware { .. }) {
                    return Err(region_is_required(in_profile));
                }
                self.call(look, client, Operation::AssumeRoleWithWebIdentity, false)
                    .map_err(|fault| fault.of_provider(in_profile))
            }
        }
    }

    /// One call of one client, up to the point where it would be sent.
    fn call<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
        operation: Operation,
        signed: bool,
    ) -> Result<Decision<'a>, Fault> {
        // generated `endpoint_lib.rs` of aws-sdk-sts: read when the first client is built
        if self.custom_partitions && look.scenario.variable("SMITHY_CLIENT_SDK_CUSTOM_PARTITION").is_some() {
            look.note("partitions of the user's own: the file cannot be read");
            return Err(Fault::panic(FailureCategory::Other, NO_CUSTOM_PARTITIONS));
        }
        let (endpoint, signing_region) = match self.hosts {
            Hosts::EndpointData => self.by_endpoint_data(look, client)?,
            Hosts::Rules { region_required, vintage } => {
                self.check_parameters(client, operation, region_required)?;
                self.by_rules(look, client, operation, region_required, vintage)?
            }
        };
        if !signed {
            look.note("the operation is not signed");
            return Ok(Decision::unsigned(endpoint));
        }
        match signing_region.or(client.region) {
            Some(region) => Ok(Decision::new(endpoint, region)),
            None => Err(self.fault(
                FailureCategory::MissingRegion,
                match self.pipeline {
                    Pipeline::Middleware { .. } => "no signing region in the property bag",
                    Pipeline::FirstOrchestrator => "missing signing region for SigV4 signing",
                    Pipeline::Orchestrator => "missing signing region",
                },
            )),
        }
    }

    /// A fault of endpoint resolution or signing: construction of the request for the middleware of 0.55 and before, part
    /// of its dispatch for the orchestrator.
    fn fault(&self, category: FailureCategory, message: impl Into<Cow<'static, str>>) -> Fault {
        let stage = match self.pipeline {
            Pipeline::Middleware { .. } => Stage::Construction,
            _ => Stage::Dispatch,
        };
        Fault { category, stage, message: message.into() }
    }

    /// The rule set's parameters are built, and checked, before any rule runs.
    fn check_parameters(
        &self,
        client: &Client<'_>,
        operation: Operation,
        required: bool,
    ) -> Result<(), Fault> {
        let Some(region) = client.region else {
            return if required {
                let message =
                    "could not construct endpoint parameters: a required field was missing: `region`";
                Err(Fault::construction(FailureCategory::MissingRegion, message))
            } else {
                Ok(())
            };
        };
        if self.label_check.allows(region) {
            return Ok(());
        }
        let message = format!(
            "{operation}EndpointParamsInterceptor read_before_execution interceptor encountered an error: endpoint params \
             could not be built: invalid value for field: `region` - must be a valid host label"
        );
        Err(Fault::construction(FailureCategory::InvalidRegion, message))
    }

    /// aws-sdk-sts `src/config/endpoint.rs`, since 0.23.0.
    fn by_rules<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
        operation: Operation,
        of_2022: bool,
        vintage: rules::Vintage,
    ) -> Result<(Endpoint<'a>, Option<&'a str>), Fault> {
        let variant = |error: RuleError| {
            let category = match error {
                RuleError::MissingRegion => FailureCategory::MissingRegion,
                _ => FailureCategory::UnsupportedVariant,
            };
            self.fault(category, error.message())
        };
        if let Some(url) = client.endpoint_url {
            if of_2022 && !is_url_of_rules(url) {
                look.note("the rules of 2022 pass over an override that they cannot parse");
            } else if client.fips {
                return Err(variant(RuleError::FipsWithEndpoint));
            } else if client.dual_stack {
                return Err(variant(RuleError::DualStackWithEndpoint));
            } else if url.is_empty() {
                return Err(Fault::panic(FailureCategory::InvalidEndpoint, URL_WAS_UNSET));
            } else {
                return self.apply(url, operation).map(|url| (Endpoint::Given(url), None));
            }
        }
        let answer = rules::resolve(&Parameters {
            region: client.region,
            use_fips: client.fips,
            use_dual_stack: client.dual_stack,
            vintage,
            ..Parameters::default()
        })
        .map_err(variant)?;
        if answer.endpoint == Endpoint::Global {
            look.note("the region is aws-global: global endpoint");
        }
        Ok((self.host(client, answer.endpoint, operation)?, answer.signing_region))
    }

    /// aws-sdk-sts 0.22.0 `src/aws_endpoint.rs`, aws-endpoint 0.52.0 `src/partition/mod.rs`: the endpoint data of before the
    /// rule sets. It has no variants, but pseudo-regions for the FIPS hosts of four regions.
    fn by_endpoint_data<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
    ) -> Result<(Endpoint<'a>, Option<&'a str>), Fault> {
        let Some(region) = client.region else {
            return Err(self.fault(FailureCategory::MissingRegion, "no region in params"));
        };
        if let Some(url) = client.endpoint_url.and_then(|url| uri::on_the_wire(url, self.uri_library).ok()) {
            return Ok((Endpoint::Given(url), None));
        }
        if region == "aws-global" {
            look.note("the region is aws-global: global endpoint");
            return Ok((Endpoint::Global, Some("us-east-1")));
        }
        let real = region.strip_suffix("-fips");
        if let Some(real) =
            real.filter(|real| ["us-east-1", "us-east-2", "us-west-1", "us-west-2"].contains(real))
        {
            look.note("a pseudo-region of the endpoint data: the FIPS host of the region in its name");
            return Ok((Endpoint::fips(real, "amazonaws.com"), Some(real)));
        }
        let suffixes = [("cn", "amazonaws.com.cn"), ("us-iso", "c2s.ic.gov"), ("us-isob", "sc2s.sgov.gov")];
        let suffix = suffixes.into_iter().find(|(prefix, _)| partition::prefix(region) == Some(prefix));
        let endpoint = Endpoint::regional(region, suffix.map_or("amazonaws.com", |(_, suffix)| suffix));
        Ok((self.host(client, endpoint, Operation::default())?, None))
    }

    /// A host made from a region. A region that is no part of a host steers it, or makes no URL at all.
    fn host<'a>(
        &self,
        client: &Client<'a>,
        endpoint: Endpoint<'a>,
        operation: Operation,
    ) -> Result<Endpoint<'a>, Fault> {
        if uri::is_plain(client.region.unwrap_or_default()) {
            return Ok(endpoint);
        }
        let url = format!("{endpoint}");
        let url = url.strip_suffix('/').unwrap_or(&url);
        Ok(Endpoint::Given(Cow::Owned(self.apply(url, operation)?.into_owned())))
    }

    /// The endpoint's text becomes the request's URL.
    fn apply<'u>(&self, url: &'u str, operation: Operation) -> Result<Cow<'u, str>, Fault> {
        uri::on_the_wire(url, self.uri_library).map_err(|unusable| {
            let url = joined(url);
            let message = match (self.hosts, self.pipeline, unusable) {
                (Hosts::EndpointData, _, Unusable::Uri(error)) => {
                    format!("failure resolving endpoint: failed to construct URI: {}", error.text())
                }
                (_, Pipeline::Orchestrator, _) => {
                    format!("failed to apply endpoint `{url}` to request `{}", request_in_words(operation))
                }
                (_, _, Unusable::Uri(error)) => {
                    format!("endpoint did not have a valid uri: {}", error.text())
                }
                (_, _, Unusable::Incomplete) => format!(
                    "failed to apply endpoint `{}` to request `Request {{ method: POST, uri: /, version: HTTP/1.1, headers: \
                     {{\"content-type\": \"application/x-www-form-urlencoded\"}}, body: SdkBody {{ inner: Once(Some(b\"Action=\
                     {operation}&Version=2011-06-15",
                    uri::shown(&url)
                ),
            };
            self.fault(FailureCategory::InvalidEndpoint, message)
        })
    }
}

fn of_client<'a>(call: Result<Decision<'a>, Fault>) -> Called<'a> {
    call.map_err(Fault::of_client)
}

/// What comes of a call, with the settings of the client that the user built.
fn settle<'a>(called: Called<'a>, client: &Client<'a>) -> Outcome<'a> {
    let settings = client.settings;
    match called {
        Ok(decision) => {
            let decided_by = settings.endpoint_url.or(settings.region);
            Resolution::of(Decision { decided_by, ..decision }, settings).into()
        }
        Err(failure) => failure.with_settings(settings).into(),
    }
}

/// The web identity provider's own check, up to 0.55.
fn region_is_required<'a>(in_profile: bool) -> Failure<'a> {
    const MISSING: &str = "the credentials provider was not properly configured: region is required for WebIdentityTokenProvider";
    let category = FailureCategory::MissingRegion;
    if in_profile {
        let message = format!("an error occurred while loading credentials: {MISSING}");
        return Failure::new(category, "CredentialsError::ProviderError", message);
    }
    Failure::new(category, "CredentialsError::InvalidConfiguration", MISSING)
}

/// The override of 0.52 is an `Endpoint::immutable(url)`, which parses on the spot: aws-smithy-http 0.52.0
/// `src/endpoint.rs`.
fn immutable_endpoint<'a>(unusable: Unusable) -> Failure<'a> {
    let message = match unusable {
        Unusable::Uri(error) => format!("invalid endpoint: failed to construct URI: {}", error.text()),
        Unusable::Incomplete => "invalid endpoint: endpoint must contain a valid scheme".into(),
    };
    Failure::new(FailureCategory::InvalidEndpoint, "InvalidEndpointError", message)
}

/// How the SDK prints the request that it failed to address, up to where the printing depends on the caller's input.
fn request_in_words(operation: Operation) -> String {
    let body =
        format!("Request {{ body: SdkBody {{ inner: Once(Some(b\"Action={operation}&Version=2011-06-15");
    match operation {
        Operation::GetCallerIdentity | Operation::GetSessionToken => {
            format!(
                "{body}\")), retryable: true }}, uri: Uri {{ as_string: \"/\", parsed: H0(/) }}, method: POST, "
            )
        }
        _ => format!("{body}&"),
    }
}

/// What the rules' own `parseURL` takes: aws-sdk-sts 0.23.0 `src/endpoint_lib/parse_url.rs`.
fn is_url_of_rules(url: &str) -> bool {
    let http = ["http://", "https://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let query = url.split('#').next().unwrap_or(url).contains('?');
    http && !query && uri::on_the_wire(url, UriLibrary::Http02).is_ok() && uri::is_url(url)
}

impl LabelCheck {
    /// Whether the region passes: labels of 1 to 63 bytes that do not begin with a hyphen.
    ///
    /// aws-sdk-sts `src/endpoint_lib/host.rs` `is_valid_host_label`
    fn allows(self, region: &str) -> bool {
        let letters = |label: &str| label.chars().all(|c| c.is_alphanumeric() || c == '-');
        let is_label = |label: &str| {
            let allowed = has_label_letters_only(label) || self == Self::Unicode && letters(label);
            allowed && (1..=63).contains(&label.len()) && !label.starts_with('-')
        };
        self == Self::None || is_label(region) || region.split('.').all(is_label)
    }
}
