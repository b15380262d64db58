//! Ordered chains: where a value is looked for, in which order, and where it was found.

use crate::profile::{FileKind, FileValue, Section};
use crate::scenario::{Names, Scenario};
use crate::trace::{Step, Trace, Verdict};
use core::fmt;

/// A value that decides about the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Value {
    /// The name of the profile that is read.
    Profile,
    /// The region.
    Region,
    /// The setting `sts_regional_endpoints`.
    Setting,
    /// Whether FIPS endpoints are asked for.
    Fips,
    /// Whether dual-stack endpoints are asked for.
    DualStack,
    /// The endpoint override.
    EndpointUrl,
    /// Whether configured endpoint overrides are ignored.
    IgnoreEndpointUrls,
    /// The defaults mode.
    DefaultsMode,
    /// A switch that turns the reading of files on or off.
    LoadConfig,
    /// What makes a credential provider call STS: `role_arn`, `web_identity_token_file`.
    Role,
}

impl Value {
    /// The word used in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Region => "region",
            Self::Setting => "setting",
            Self::Fips => "FIPS",
            Self::DualStack => "dual-stack",
            Self::EndpointUrl => "endpoint override",
            Self::IgnoreEndpointUrls => "ignore endpoint overrides",
            Self::DefaultsMode => "defaults mode",
            Self::LoadConfig => "load config files",
            Self::Role => "role",
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin<'a> {
    /// An option given in code, by its name in that SDK.
    Code(&'static str),
    /// An environment variable.
    Variable(&'a str),
    /// A JVM system property.
    Property(&'a str),
    /// A line of a profile file.
    File {
        /// Which file.
        file: FileKind,
        /// The line, from 1.
        line: u32,
        /// The key, as written.
        key: &'a str,
    },
    /// Instance metadata.
    Metadata,
    /// A default of the SDK.
    Default(&'static str),
    /// A rule built into the SDK.
    Rule(&'static str),
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Code(option) => write!(f, "{option} in code"),
            Self::Variable(name) => write!(f, "${name}"),
            Self::Property(name) => write!(f, "-D{name}"),
            Self::File { file, line, .. } => write!(f, "{file}:{line}"),
            Self::Metadata => f.write_str("instance metadata"),
            Self::Default(what) | Self::Rule(what) => f.write_str(what),
        }
    }
}

/// A value with its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sourced<'a> {
    /// The text found.
    pub text: &'a str,
    /// Where it was found.
    pub origin: Origin<'a>,
}

impl<'a> Sourced<'a> {
    /// A default of the SDK.
    pub const fn default(text: &'a str, what: &'static str) -> Self {
        Self { text, origin: Origin::Default(what) }
    }

    /// A value that a built-in rule gives.
    pub const fn rule(text: &'a str, what: &'static str) -> Self {
        Self { text, origin: Origin::Rule(what) }
    }

    /// A value found in a profile file.
    pub const fn file(value: FileValue<'a>) -> Self {
        Self { text: value.text, origin: Origin::File { file: value.file, line: value.line, key: value.key } }
    }
}

/// One place of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The option of the scenario's `code` that goes with the chain's value; the text is the option's name in the SDK.
    Code(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A JVM system property.
    Property(&'static str),
    /// A key of the profile, looked up as the [`Profile`] of the [`Look`] does it.
    Profile(&'static str),
    /// The region offered by instance metadata. Empty where `AWS_EC2_METADATA_DISABLED` is `true`.
    Metadata,
}

/// When a text found counts as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Accept {
    /// Always: an empty text ends the search.
    Present,
    /// When it is not empty.
    NonEmpty,
    /// When it is more than white space.
    NonBlank,
}

impl Accept {
    fn takes(self, text: &str) -> bool {
        match self {
            Self::Present => true,
            Self::NonEmpty => !text.is_empty(),
            Self::NonBlank => !text.trim().is_empty(),
        }
    }
}

/// The profile in use, as an SDK reads it: which sections of which files, and which of them wins.
pub trait Profile<'a> {
    /// The value of a key, or `None` where no file has it.
    fn get(&self, key: &str) -> Option<FileValue<'a>>;
}

/// No profile is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProfile;

impl<'a> Profile<'a> for NoProfile {
    fn get(&self, _key: &str) -> Option<FileValue<'a>> {
        None
    }
}

impl<'a> Profile<'a> for Section<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        Section::get(self, key)
    }
}

/// The first that exists and has the key: `[Some(credentials), Some(config)]` lays the credentials file over the config
/// file.
impl<'a, const N: usize> Profile<'a> for [Option<Section<'a>>; N] {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        self.iter().flatten().find_map(|section| section.get(key))
    }
}

/// What a chain is looked up in: a scenario, the profile in use, and somebody to tell.
pub struct Look<'a, 't> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The profile in use.
    pub profile: &'t dyn Profile<'a>,
    /// Who is told of every place looked at.
    pub trace: &'t mut dyn Trace,
    /// Whether anybody listens: asked once.
    listens: bool,
}

impl<'a, 't> Look<'a, 't> {
    /// Looks in a scenario and a profile.
    pub fn new(scenario: &'a Scenario, profile: &'t dyn Profile<'a>, trace: &'t mut dyn Trace) -> Self {
        let listens = trace.listens();
        Self { scenario, profile, trace, listens }
    }

    /// What one source holds for a value, untraced.
    #[inline]
    pub fn at(&self, value: Value, source: Source) -> Option<Sourced<'a>> {
        if self.surely_lacks(value, source) { None } else { self.find(value, source) }
    }

    /// Whether a source surely holds nothing: most of them do not, and this costs less than to look.
    #[inline]
    fn surely_lacks(&self, value: Value, source: Source) -> bool {
        let scenario = self.scenario;
        match source {
            Source::Code(_) => code(scenario, value).is_none(),
            Source::Variable(name) => scenario.variables.lack(name),
            Source::Property(name) => scenario.properties.lack(name),
            Source::Profile(_) => scenario.config.is_none() && scenario.credentials.is_none(),
            Source::Metadata => scenario.imds_region.is_none(),
        }
    }

    fn find(&self, value: Value, source: Source) -> Option<Sourced<'a>> {
        let scenario = self.scenario;
        match source {
            Source::Code(option) => {
                code(scenario, value).map(|text| Sourced { text, origin: Origin::Code(option) })
            }
            Source::Variable(name) => self.variable(name),
            Source::Property(name) => {
                scenario.properties.get(name).map(|text| Sourced { text, origin: Origin::Property(name) })
            }
            Source::Profile(key) if !scenario.may_mention(key) => None,
            Source::Profile(key) => self.profile.get(key).map(Sourced::file),
            Source::Metadata => scenario
                .imds_region
                .as_deref()
                .filter(|_| {
                    !scenario
                        .variable("AWS_EC2_METADATA_DISABLED")
                        .is_some_and(|off| off.eq_ignore_ascii_case("true"))
                })
                .map(|text| Sourced { text, origin: Origin::Metadata }),
        }
    }

    #[inline]
    fn variable(&self, name: &'static str) -> Option<Sourced<'a>> {
        self.scenario.variable(name).map(|text| Sourced { text, origin: Origin::Variable(name) })
    }

    /// Whether anybody listens; where nobody does, what is looked for only to be told need not be looked for.
    #[inline]
    pub fn listens(&self) -> bool {
        self.listens
    }

    /// Tells the trace of one place looked at.
    pub fn tell(&mut self, value: Value, source: Source, found: Option<Sourced<'_>>, verdict: Verdict) {
        if self.listens {
            self.trace.step(Step::Looked { value, source, found, verdict });
        }
    }

    /// Tells the trace of a rule that applied.
    pub fn note(&mut self, rule: &'static str) {
        if self.listens {
            self.trace.step(Step::Rule(rule));
        }
    }
}

/// What a scenario's code gives for a value.
#[inline]
fn code(scenario: &Scenario, value: Value) -> Option<&str> {
    let code = &scenario.code;
    let flag = |flag: Option<bool>| flag.map(|on| if on { "true" } else { "false" });
    match value {
        Value::Region => code.region.as_deref(),
        Value::Setting => code.sts_regional_endpoints.as_deref(),
        Value::EndpointUrl => code.endpoint.as_deref(),
        Value::Fips => flag(code.use_fips),
        Value::DualStack => flag(code.use_dualstack),
        _ => None,
    }
}

/// Where a value is looked for, in order.
///
/// ```
/// use sts_endpoint_core::{Accept, Chain, Look, NoProfile, Scenario, Source, Value};
///
/// const REGION: Chain = Chain::new(
///     Value::Region,
///     &[Source::Code("region"), Source::Variable("AWS_REGION"), Source::Variable("AWS_DEFAULT_REGION")],
/// );
/// let scenario = Scenario::new().with_variable("AWS_REGION", "").with_variable("AWS_DEFAULT_REGION", "eu-west-1");
/// let look = |accept| REGION.first(&mut Look::new(&scenario, &NoProfile, &mut ()), accept).unwrap().text;
/// assert_eq!(look(Accept::NonEmpty), "eu-west-1");
/// assert_eq!(look(Accept::Present), "");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chain {
    /// The value looked for.
    pub value: Value,
    /// The places, first one first.
    pub sources: &'static [Source],
    places: Places,
}

/// The places of a chain together, to see at once that a scenario fills none of them: most chains find nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Places {
    variables: Names,
    properties: Names,
    code: bool,
    profile: bool,
    metadata: bool,
}

impl Places {
    const fn of(sources: &[Source]) -> Self {
        let mut places = Self {
            variables: Names::NONE,
            properties: Names::NONE,
            code: false,
            profile: false,
            metadata: false,
        };
        let mut at = 0;
        while at < sources.len() {
            match sources[at] {
                Source::Variable(name) => places.variables = places.variables.and(name),
                Source::Property(name) => places.properties = places.properties.and(name),
                Source::Code(_) => places.code = true,
                Source::Profile(_) => places.profile = true,
                Source::Metadata => places.metadata = true,
            }
            at += 1;
        }
        places
    }

    /// Whether a scenario surely fills none of them.
    #[inline(always)]
    fn are_empty(&self, scenario: &Scenario, value: Value) -> bool {
        scenario.variables.lack_all(self.variables)
            && scenario.properties.lack_all(self.properties)
            && !(self.code && code(scenario, value).is_some())
            && !(self.profile && (scenario.config.is_some() || scenario.credentials.is_some()))
            && !(self.metadata && scenario.imds_region.is_some())
    }
}

impl Chain {
    /// A chain of places for a value.
    pub const fn new(value: Value, sources: &'static [Source]) -> Self {
        Self { value, sources, places: Places::of(sources) }
    }

    /// The first text that counts. The trace is told of every place looked at, the ones behind the first hit included
    /// (as not reached).
    #[inline(always)]
    pub fn first<'a>(&self, look: &mut Look<'a, '_>, accept: Accept) -> Option<Sourced<'a>> {
        if look.listens {
            return self.first_traced(look, accept);
        }
        if self.places.are_empty(look.scenario, self.value) {
            None
        } else {
            self.first_untraced(look, accept)
        }
    }

    /// The places worth a look: all of them, or none where a scenario surely fills none and nobody listens. For searches
    /// that go by other rules than [`first`](Self::first).
    ///
    /// ```
    /// use sts_endpoint_core::{Chain, Look, NoProfile, Scenario, Source, Value};
    ///
    /// const REGION: Chain = Chain::new(Value::Region, &[Source::Code("region"), Source::Variable("AWS_REGION")]);
    /// let places = |scenario: &Scenario| REGION.worth_a_look(&Look::new(scenario, &NoProfile, &mut ())).len();
    /// assert_eq!(places(&Scenario::new()), 0);
    /// assert_eq!(places(&Scenario::new().with_variable("AWS_REGION", "eu-west-1")), 2);
    /// ```
    #[inline(always)]
    pub fn worth_a_look(&self, look: &Look<'_, '_>) -> &'static [Source] {
        if !look.listens && self.places.are_empty(look.scenario, self.value) { &[] } else { self.sources }
    }

    #[inline(never)]
    fn first_untraced<'a>(&self, look: &Look<'a, '_>, accept: Accept) -> Option<Sourced<'a>> {
        for &source in self.sources {
            let found = match source {
                // The commonest place, looked at here and now.
                Source::Variable(name) => look.variable(name),
                source => look.find(self.value, source),
            };
            if found.is_some_and(|found| accept.takes(found.text)) {
                return found;
            }
        }
        None
    }

    #[cold]
    fn first_traced<'a>(&self, look: &mut Look<'a, '_>, accept: Accept) -> Option<Sourced<'a>> {
        let mut hit = None;
        for &source in self.sources {
            if hit.is_some() {
                if !look.trace.wants_unreached() {
                    break;
                }
                let found = look.at(self.value, source);
                look.tell(self.value, source, found, Verdict::NotReached);
                continue;
            }
            let found = look.at(self.value, source);
            let verdict = match found {
                None => Verdict::Absent,
                Some(Sourced { text, .. }) if accept.takes(text) => Verdict::Used,
                Some(_) => Verdict::Empty,
            };
            look.tell(self.value, source, found, verdict);
            if verdict == Verdict::Used {
                hit = found;
            }
        }
        hit
    }
}
