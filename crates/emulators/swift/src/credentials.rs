//! Who calls STS before the client does: the default credential chain (environment, profile, web identity, containers and
//! instances), and the providers it is made of.
//!
//! Sources: aws-sdk-swift `Sources/Core/AWSSDKIdentity/Sources/AWSSDKIdentity/AWSCredentialIdentityResolvers/*`; before, the
//! Common Runtime's aws-c-auth `source/credentials_provider_profile.c` and `source/credentials_provider_sts_web_identity.c`.

use crate::sources::Selected;
use crate::{Provider, SwiftSdk};
use sts_endpoint_core::source::Origin;
use sts_endpoint_core::{Entry, Look, Profile, Scenario, Source, Sourced, Value, Verdict};

/// Where credentials come from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Credentials<'a> {
    /// From somewhere that is not STS.
    AtHand,
    /// `AssumeRole` through the Common Runtime, for this profile.
    RoleOfRuntime(Selected<'a>),
    /// `AssumeRole` through a client that nobody configured.
    RoleOfClient,
    /// `AssumeRoleWithWebIdentity` through the Common Runtime.
    WebIdentityOfRuntime,
    /// `AssumeRoleWithWebIdentity` through a client of which only the region is configured.
    WebIdentityOfClient(Sourced<'a>),
    /// From nowhere.
    None(Why),
}

/// Why there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Nobody has any.
    NoSource,
    /// A web identity provider has all but a region.
    NoRegion,
}

const TOKEN: &str = "web_identity_token_file";
const ROLE: &str = "role_arn";

/// Longer chains of profiles are taken for circles.
const LONGEST: usize = 64;

/// The profiles met on the way.
struct Visited<'v, 'a> {
    name: &'a str,
    above: Option<&'v Visited<'v, 'a>>,
    depth: usize,
}

impl Visited<'_, '_> {
    fn holds(&self, name: &str) -> bool {
        self.name == name || self.above.is_some_and(|above| above.holds(name))
    }
}

impl SwiftSdk {
    /// The default chain.
    pub(crate) fn chain<'a>(&self, look: &mut Look<'a, '_>, profile: Selected<'a>) -> Credentials<'a> {
        let scenario = look.scenario;
        if keys_in_environment(scenario) {
            look.note("credentials from the environment: the chain asks nobody else");
            return Credentials::AtHand;
        }
        match self.profile_provider(scenario, profile) {
            Credentials::None(_) => {}
            found => return found,
        }
        self.web_identity(look, profile)
    }

    /// `ProfileAWSCredentialIdentityResolver`.
    pub(crate) fn profile_provider<'a>(
        &self,
        scenario: &'a Scenario,
        profile: Selected<'a>,
    ) -> Credentials<'a> {
        match self.profile_role {
            Provider::CommonRuntime => runtime_profile(scenario, profile),
            Provider::Native => {
                native_profile(scenario, profile, None).unwrap_or(Credentials::None(Why::NoSource))
            }
        }
    }

    /// `STSWebIdentityAWSCredentialIdentityResolver`.
    pub(crate) fn web_identity<'a>(&self, look: &mut Look<'a, '_>, profile: Selected<'a>) -> Credentials<'a> {
        let scenario = look.scenario;
        let variable =
            |name| scenario.entry == Entry::WebIdentityEnv || scenario.variable(name).is_some_and(filled);
        let in_variables = variable("AWS_ROLE_ARN") && variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        let field = |key| profile.get(key).filter(|value| filled(value.text));
        let in_profile = field(ROLE).is_some() && field(TOKEN).is_some();
        if self.web_identity == Provider::CommonRuntime {
            // each is looked for by itself
            let role = variable("AWS_ROLE_ARN") || field(ROLE).is_some();
            let token = variable("AWS_WEB_IDENTITY_TOKEN_FILE") || field(TOKEN).is_some();
            return if role && token {
                Credentials::WebIdentityOfRuntime
            } else {
                Credentials::None(Why::NoSource)
            };
        }
        // from the environment, region included, or from the profile, region included
        const VARIABLE: Source = Source::Variable("AWS_REGION");
        const KEY: Source = Source::Profile("region");
        let mut missing = Why::NoSource;
        for (there, source) in [(in_variables, VARIABLE), (in_profile, KEY)] {
            // the provider by itself asks both places for each value
            let there = there || (scenario.alone && (in_variables || in_profile));
            let found = look.at(Value::Region, source);
            let verdict = match found {
                None => Verdict::Absent,
                Some(_) if there => Verdict::Used,
                Some(_) => Verdict::Ignored("the role or the token stands elsewhere"),
            };
            look.tell(Value::Region, source, found, verdict);
            match found {
                Some(region) if there => return Credentials::WebIdentityOfClient(region),
                None if there => missing = Why::NoRegion,
                _ => {}
            }
        }
        Credentials::None(missing)
    }
}

fn filled(text: &str) -> bool {
    !text.is_empty()
}

fn keys_in_environment(scenario: &Scenario) -> bool {
    ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        .iter()
        .all(|name| scenario.variable(name).is_some_and(filled))
}

/// Keys that `credential_source = Environment` finds: a profile entry means that there are some.
fn keys_for_role(scenario: &Scenario) -> bool {
    scenario.entry == Entry::ProfileAssumeRole || keys_in_environment(scenario)
}

/// aws-c-auth `s_credentials_provider_new_profile_internal`. A profile that is not there has neither keys nor a role.
fn runtime_profile<'a>(scenario: &'a Scenario, first: Selected<'a>) -> Credentials<'a> {
    const NONE: Credentials<'_> = Credentials::None(Why::NoSource);
    let (mut here, mut role) = (first, None);
    for step in 0..=LONGEST {
        let mentions_keys = here.mentions_keys();
        // one round of a profile with keys around itself is allowed
        if step > 0 && here.name == first.name && (step > 1 || !mentions_keys) {
            return NONE;
        }
        if here.get(ROLE).is_none() || (step > 0 && mentions_keys) {
            return match role {
                _ if !here.has_keys() => NONE,
                None => Credentials::AtHand,
                Some(role) => Credentials::RoleOfRuntime(role),
            };
        }
        match (here.get("source_profile"), here.get("credential_source")) {
            (Some(source), _) => {
                role = Some(here);
                here = here.named(source.text);
            }
            (None, Some(source)) => {
                let environment = source.text.eq_ignore_ascii_case("Environment");
                return if environment && keys_for_role(scenario) {
                    Credentials::RoleOfRuntime(here)
                } else {
                    NONE
                };
            }
            (None, None) => return NONE,
        }
    }
    NONE
}

/// `ProfileAWSCredentialIdentityResolver.resolve`: one way after the other, until one gives credentials. A profile that is not
/// there has none of them.
fn native_profile<'a>(
    scenario: &'a Scenario,
    profile: Selected<'a>,
    above: Option<&Visited<'_, 'a>>,
) -> Option<Credentials<'a>> {
    let depth = above.map_or(0, |above| above.depth + 1);
    if depth > LONGEST || above.is_some_and(|above| above.holds(profile.name)) {
        return None;
    }
    let get = |key| profile.get(key).map(|value| value.text);
    let role = get(ROLE);
    let source = get("source_profile").filter(|_| role.is_some());
    if profile.has_keys() {
        if depth == 0 && source == Some(profile.name) {
            return Some(Credentials::RoleOfClient);
        }
        if depth > 0 || source.is_none() {
            return Some(Credentials::AtHand);
        }
    }
    if let Some(source) = source {
        let here = Visited { name: profile.name, above, depth };
        match native_profile(scenario, profile.named(source), Some(&here)) {
            Some(Credentials::AtHand) => return Some(Credentials::RoleOfClient),
            // it calls STS first
            Some(found) => return Some(found),
            None => {}
        }
    }
    role?;
    if get("credential_source") == Some("Environment") && keys_for_role(scenario) {
        return Some(Credentials::RoleOfClient);
    }
    get(TOKEN)?;
    let region = profile.get("region")?;
    Some(Credentials::WebIdentityOfClient(Sourced::file(region)))
}

impl<'a> Credentials<'a> {
    /// Whether the Common Runtime's web identity provider looks into the profile: not where the environment has all.
    pub(crate) fn profile_is_read(look: &Look<'a, '_>, region: Option<Sourced<'a>>) -> bool {
        const VARIABLES: [&str; 2] = ["AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"];
        let scenario = look.scenario;
        let all = scenario.entry == Entry::WebIdentityEnv
            || VARIABLES.iter().all(|name| scenario.variable(name).is_some_and(filled));
        let from_variable = region.is_some_and(|region| matches!(region.origin, Origin::Variable(_)));
        !(all && from_variable)
    }
}

/// The region of a profile that is there, even an empty one.
pub(crate) fn has_empty_region(profile: Selected<'_>) -> bool {
    profile.get("region").is_some_and(|region| region.text.is_empty())
}
