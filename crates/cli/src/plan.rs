//! Settings that keep a request as it is, or steer it: found by trying the smallest sets first, and resolving again.

use crate::arguments::SteerTarget;
use crate::tree::Tree;
use std::path::Path;
use sts_endpoint::{ResolutionPolicy, Scenario};
use sts_endpoint_impact::{Facts, TokenClass};
use sts_endpoint_inventory::place::Place;
use sts_endpoint_inventory::workload::Run;

/// What a plan is to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// This URL, signed for this region.
    Same { url: String, signing_region: Option<String> },
    /// A target.
    Steer(SteerTarget),
}

impl Goal {
    fn is_reached(&self, policy: &dyn ResolutionPolicy, scenario: &Scenario) -> bool {
        let outcome = policy.resolve(scenario);
        let Some(request) = outcome.resolution() else { return false };
        match self {
            Self::Same { url, signing_region } => {
                request.endpoint.to_string() == *url
                    && request.signing_region.as_deref() == signing_region.as_deref()
            }
            Self::Steer(target) => {
                let facts = Facts::of(request);
                let regional = facts.token == Some(TokenClass::Regional);
                match target {
                    SteerTarget::Regional => regional,
                    SteerTarget::NoUsEast1 => regional && facts.event_region.as_deref() != Some("us-east-1"),
                }
            }
        }
    }
}

/// A setting that a plan adds: a variable with its text.
pub(crate) type Added = (&'static str, String);

/// The smallest set of variables with which every scenario of a run reaches its goal. `None`: no set of up to three does;
/// empty: nothing has to be added.
pub(crate) fn plan(
    policy: &dyn ResolutionPolicy,
    goals: &[(&Scenario, Goal)],
    regions: &[String],
) -> Option<Vec<Added>> {
    let candidates = candidates(goals, regions);
    let reaches = |added: &[&Added]| {
        goals.iter().all(|(scenario, goal)| {
            let mut scenario = (*scenario).clone();
            for (name, text) in added {
                scenario.variables.set(name, text);
            }
            goal.is_reached(policy, &scenario)
        })
    };
    if reaches(&[]) {
        return Some(Vec::new());
    }
    (1..=LARGEST_PLAN).find_map(|size| search(&candidates, size, &mut Vec::new(), &reaches))
}

/// More settings than this are no plan any more.
const LARGEST_PLAN: usize = 3;

/// The first set of a size, in the candidates' order, that reaches the goals; no variable is set twice.
fn search<'c>(
    candidates: &'c [Added],
    size: usize,
    chosen: &mut Vec<&'c Added>,
    reaches: &dyn Fn(&[&Added]) -> bool,
) -> Option<Vec<Added>> {
    if size == 0 {
        return reaches(chosen).then(|| chosen.iter().map(|added| (*added).clone()).collect());
    }
    for (i, candidate) in candidates.iter().enumerate() {
        if chosen.iter().any(|(name, _)| *name == candidate.0) {
            continue;
        }
        chosen.push(candidate);
        let found = search(&candidates[i + 1..], size - 1, chosen, reaches);
        chosen.pop();
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Variables that a plan may set, the least surprising first.
fn candidates(goals: &[(&Scenario, Goal)], regions: &[String]) -> Vec<Added> {
    let mut candidates: Vec<Added> = vec![
        ("AWS_STS_REGIONAL_ENDPOINTS", "regional".into()),
        ("AWS_STS_REGIONAL_ENDPOINTS", "legacy".into()),
        ("AWS_SDK_LOAD_CONFIG", "1".into()),
    ];
    for region in regions {
        candidates.push(("AWS_REGION", region.clone()));
        candidates.push(("AWS_DEFAULT_REGION", region.clone()));
    }
    for flag in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] {
        candidates.push((flag, "true".into()));
        candidates.push((flag, "false".into()));
    }
    for (_, goal) in goals {
        if let Goal::Same { url, .. } = goal {
            let added = ("AWS_ENDPOINT_URL_STS", url.trim_end_matches('/').to_owned());
            if !candidates.contains(&added) {
                candidates.push(added);
            }
        }
    }
    candidates
}

/// Regions that the goals and scenarios speak of, the target's first.
pub(crate) fn regions(goals: &[(&Scenario, Goal)], asked: Option<&str>, before: &[Facts]) -> Vec<String> {
    let mut regions: Vec<String> = asked.map(String::from).into_iter().collect();
    let mut add = |region: &str| {
        if !region.is_empty() && !regions.iter().any(|known| known == region) {
            regions.push(region.into());
        }
    };
    for (scenario, _) in goals {
        ["AWS_REGION", "AWS_DEFAULT_REGION"]
            .iter()
            .filter_map(|name| scenario.variable(name))
            .for_each(&mut add);
        for file in [&scenario.config, &scenario.credentials].into_iter().flatten() {
            for (_, line) in file.lines() {
                if let Some((_, region)) = line.split_once('=').filter(|(key, _)| key.trim() == "region") {
                    add(region.trim());
                }
            }
        }
    }
    for facts in before {
        facts.event_region.iter().for_each(|region| add(region));
        if facts.token == Some(TokenClass::Global) {
            add("aws-global");
        }
    }
    regions
}

/// A line that sets a variable, and where it goes.
pub(crate) struct Line {
    /// The line of a file that it is about; `None`: no file of the tree sets variables for the run.
    pub(crate) place: Option<Place>,
    /// Whether it takes the place of that line, or goes behind it.
    pub(crate) replaces: bool,
    /// The text, in the language of that file.
    pub(crate) text: String,
}

impl Line {
    /// Where it goes, in words.
    pub(crate) fn goes(&self) -> String {
        match &self.place {
            None => "in the environment".into(),
            Some(place) if self.replaces => format!("instead of {place}"),
            Some(place) => format!("behind {place}"),
        }
    }
}

/// What EKS reads of a service account: its annotations set variables, but none to any text
/// (aws/amazon-eks-pod-identity-webhook, README).
const ANNOTATION: &str = "eks.amazonaws.com/";

/// The line that sets a variable for a run: instead of the line that sets it now, else beside another variable of the run
/// and in its shape.
pub(crate) fn line_to_add(tree: &Tree, run: &Run, (name, text): &Added) -> Line {
    let source = |place: &Place| tree.line(place).unwrap_or_default().trim_start().to_owned();
    if let Some(place) = run.places.get(*name).filter(|place| !source(place).contains(ANNOTATION)) {
        return Line {
            text: shaped(place, &source(place), name, name, text, true),
            place: Some(place.clone()),
            replaces: true,
        };
    }
    // An annotation of a service account is no place for a variable.
    let beside = run.places.iter().map(|(beside, place)| (beside, place, source(place)));
    match beside.filter(|(.., source)| !source.contains(ANNOTATION)).max_by_key(|(_, place, _)| *place) {
        Some((beside, place, source)) => Line {
            text: shaped(place, &source, beside, name, text, false),
            place: Some(place.clone()),
            replaces: false,
        },
        None => Line { text: format!("{name}={text}"), place: None, replaces: false },
    }
}

/// A variable in the shape of a line that sets one: `AWS_REGION: x` is an entry of a map; `- AWS_REGION=x`, `value: x` and
/// `- {name: …}` are items of a list.
fn shaped(place: &Place, source: &str, beside: &str, name: &str, text: &str, replaces: bool) -> String {
    let file = place.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let of = |ends: &[&str]| {
        ends.iter().any(|end| Path::new(file).extension().is_some_and(|extension| extension == *end))
    };
    let entry = source.trim_start_matches('"').starts_with(beside);
    let assignment = source.trim_start_matches(['-', ' ', '"', '\'']).starts_with(&format!("{beside}="));
    if file.starts_with("Dockerfile") || file.starts_with("Containerfile") || of(&["dockerfile"]) {
        return format!("ENV {name}={text}");
    }
    if of(&["yaml", "yml", "template"]) {
        return if assignment {
            format!("- {name}={text}")
        } else if entry {
            format!("{name}: \"{text}\"")
        } else if replaces && source.starts_with("value:") {
            format!("value: \"{text}\"")
        } else {
            format!("- {{name: {name}, value: \"{text}\"}}")
        };
    }
    match (of(&["tf", "tofu"]), of(&["json"]), entry) {
        (true, _, true) => format!("{name} = \"{text}\""),
        (true, _, false) => format!("{{ name = \"{name}\", value = \"{text}\" }},"),
        (_, true, true) => format!("\"{name}\": \"{text}\","),
        (_, true, false) => format!("{{\"name\": \"{name}\", \"value\": \"{text}\"}},"),
        _ if of(&["service", "conf"]) => format!("Environment={name}={text}"),
        _ => format!("{name}={text}"),
    }
}
