//! `trail`: what CloudTrail says was really called, against what is predicted; and which of these calls move under a bump.

use crate::Finding;
use crate::arguments::{Format, Trail};
use crate::bump::Bump;
use crate::render;
use crate::trouble::Trouble;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use sts_endpoint::{ResolutionPolicy, Scenario, Standing};
use sts_endpoint_inventory::trail::{Caller, Event, LARGEST_TRAIL, read};

/// Calls of one kind.
pub(crate) struct Seen {
    pub(crate) caller: Option<Caller>,
    /// The user agent's first word, where it names no SDK.
    pub(crate) agent: String,
    pub(crate) host: String,
    pub(crate) event_region: String,
    pub(crate) count: usize,
    pub(crate) explained: Explained,
    /// What the move makes of it: the policy and its outcome in words, where that is another host.
    pub(crate) moves: Option<(String, String)>,
}

/// How a call that was seen fits the emulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Explained {
    /// The SDK calls that host by default in that region.
    ByDefault,
    /// It calls that host under a setting.
    BySetting(&'static str),
    /// It does not: an endpoint override, or another region than the one that served the call.
    Otherwise,
    /// Nothing is known of the caller's release.
    Unknown,
}

impl Explained {
    pub(crate) fn words(self) -> String {
        match self {
            Self::ByDefault => "as predicted".into(),
            Self::BySetting(setting) => format!("as predicted with {setting}"),
            Self::Otherwise => {
                "not as predicted: an override, or a region that the event does not tell".into()
            }
            Self::Unknown => "no prediction: the user agent tells no release".into(),
        }
    }
}

pub(crate) fn run(asked: &Trail, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let bumps = Bump::read_all(&asked.bump)?;
    let mut counted: BTreeMap<Event, usize> = BTreeMap::new();
    for path in &asked.files {
        for event in read_file(path)? {
            *counted.entry(event).or_default() += 1;
        }
    }
    let mut seen: Vec<Seen> = Vec::new();
    for (event, count) in counted {
        let host = event.host.clone().unwrap_or_else(|| "(host not told)".into());
        let agent = event.user_agent.split([' ', '/']).next().unwrap_or_default().to_owned();
        let same = |known: &&mut Seen| {
            known.caller == event.caller
                && known.host == host
                && known.event_region == event.event_region
                && (known.caller.is_some() || known.agent == agent)
        };
        if let Some(known) = seen.iter_mut().find(same) {
            known.count += count;
            continue;
        }
        let (explained, moves) = explain(&event, &host, &bumps);
        seen.push(Seen {
            caller: event.caller,
            agent,
            host,
            event_region: event.event_region,
            count,
            explained,
            moves,
        });
    }
    seen.sort_by_key(|seen| std::cmp::Reverse(seen.count));
    match asked.format {
        Format::Text => render::trail::text(out, &seen)?,
        Format::Json => render::trail::json(out, &seen)?,
        Format::Jsonl => render::trail::json_lines(out, &seen)?,
        Format::Markdown => render::trail::markdown(out, &seen)?,
        Format::Html => {
            return Err(Trouble::Usage("trail is written as text, json, jsonl or markdown".into()));
        }
    }
    let found = seen.iter().any(|seen| seen.explained == Explained::Otherwise || seen.moves.is_some());
    Ok(if found { Finding::Something } else { Finding::Nothing })
}

fn read_file(path: &Path) -> Result<Vec<Event>, Trouble> {
    let file = std::fs::File::open(path).map_err(|error| Trouble::file(path, error))?;
    let mut bytes = Vec::new();
    file.take(LARGEST_TRAIL + 1).read_to_end(&mut bytes).map_err(|error| Trouble::file(path, error))?;
    if bytes.len() as u64 > LARGEST_TRAIL {
        return Err(Trouble::file(path, sts_endpoint_inventory::trail::TrailError::TooLarge));
    }
    read(&bytes).map_err(|error| Trouble::file(path, error))
}

/// The configurations that may lie behind a call, the plainest first.
const SETTINGS: [Option<&str>; 3] = [None, Some("legacy"), Some("regional")];

/// How a call fits the emulator of its caller, and what the moves make of it under the configuration that fits.
fn explain(event: &Event, host: &str, bumps: &[Bump]) -> (Explained, Option<(String, String)>) {
    let Some(caller) = event.caller else { return (Explained::Unknown, None) };
    let region = event.serving_region.as_deref().unwrap_or(&event.event_region);
    let scenario = |setting: Option<&str>| {
        let scenario = Scenario::new().with_code_region(region);
        match setting {
            Some(setting) => scenario.with_variable("AWS_STS_REGIONAL_ENDPOINTS", setting),
            None => scenario,
        }
    };
    let now = caller.release.and_then(|release| {
        let (policy, standing) = sts_endpoint::emulator(caller.sdk)?.at(release).ok()?;
        matches!(standing, Standing::Known | Standing::NewerThan(_)).then_some(policy)
    });
    let calls = |policy: &dyn ResolutionPolicy, setting| {
        let scenario = scenario(setting);
        let outcome = policy.resolve(&scenario);
        (outcome.resolution().map(|request| request.endpoint.host().into_owned()), outcome.to_string())
    };
    let fits = now.as_ref().and_then(|now| {
        SETTINGS
            .into_iter()
            .find(|setting| calls(&**now, *setting).0.is_some_and(|predicted| predicted == host))
    });
    let explained = match (&now, fits) {
        (None, _) => Explained::Unknown,
        (_, Some(None)) => Explained::ByDefault,
        (_, Some(Some("legacy"))) => Explained::BySetting("AWS_STS_REGIONAL_ENDPOINTS=legacy"),
        (_, Some(Some(_))) => Explained::BySetting("AWS_STS_REGIONAL_ENDPOINTS=regional"),
        (_, None) => Explained::Otherwise,
    };
    let moves = Bump::of(bumps, caller.sdk).filter(|_| explained != Explained::Otherwise).and_then(|to| {
        let (predicted, said) = calls(&*to, fits.flatten());
        (predicted.as_deref() != Some(host)).then(|| (to.id().to_string(), said))
    });
    (explained, moves)
}
