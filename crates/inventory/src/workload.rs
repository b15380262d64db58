//! Dependencies and settings -> workloads with scenarios.
//!
//! A workload is the dependencies of one folder with the configuration nearest to it: the configuration in the folder and
//! below it (down to the next folder with dependencies of its own), and where there is none, the configuration of the
//! nearest folder above that has some. An explicit mapping ([`Mapping`]) wins. What stands among tests or documentation is
//! left to what stands there too.
//!
//! The platform that runs a workload adds to that ([`Platform`]): Lambda, ECS and EKS set the region's variables. Where the
//! tree does not state that region, a run says what gives it ([`Run::given`]), and answers are given for a stand-in.

use crate::packages::{Dependency, Pin};
use crate::place::Place;
use crate::settings::{Account, Annotation, Platform, Said, Setting};
use crate::walk::Inventory;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use sts_endpoint::profile::{Dialect, ProfileFile, Section};
use sts_endpoint::{Entry, FileKind, Release, Scenario, Sdk};

/// One entry of an explicit mapping: a workload named by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The workload's name.
    pub name: String,
    /// Files or folders whose dependencies are the workload's.
    pub dependencies: Vec<PathBuf>,
    /// Files or folders whose settings are the workload's.
    pub settings: Vec<PathBuf>,
    /// The entries through which the workload calls STS; empty: those that its settings show.
    pub entries: Vec<Entry>,
}

/// One way in which a workload is run: a scenario for each entry that applies.
#[derive(Clone, Debug)]
pub struct Run {
    /// What is run: a service, container, function or job; empty where the workload is one thing.
    pub unit: String,
    /// The scenarios, one an entry.
    pub scenarios: Vec<Scenario>,
    /// Where each variable of the scenarios is set, by name.
    pub places: BTreeMap<String, Place>,
    /// Variables whose text is put in later: the scenarios leave them out.
    pub unknown: Vec<(String, Place)>,
    /// What gives it a region that the tree does not state: the scenarios leave that out.
    pub given: Option<Given>,
    /// The platform that it runs on, if the tree says so.
    pub platform: Option<Platform>,
}

/// A region that a run is given by its platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The platform.
    pub platform: Platform,
    /// Where the tree says that the run is run there.
    pub place: Place,
    /// The variables that the platform sets.
    pub variables: Vec<&'static str>,
}

/// The variable that asks for regional endpoints, or the global one.
const SETTING: &str = "AWS_STS_REGIONAL_ENDPOINTS";

/// The variables that name a region.
const REGION_VARIABLES: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

impl Run {
    /// Whether nothing at all says how the workload is run.
    pub fn is_bare(&self) -> bool {
        let bare = |scenario: &Scenario| scenario.config.is_none() && scenario.credentials.is_none();
        self.places.is_empty()
            && self.unknown.is_empty()
            && self.platform.is_none()
            && self.scenarios.iter().all(bare)
    }

    /// The variables in which a run may find a region that the tree does not state: those that its platform sets, and those
    /// whose text is put in later; where nothing at all is configured, both.
    pub fn open_regions(&self, scenario: &Scenario) -> Vec<&'static str> {
        let bare = self.is_bare();
        let open = |name: &str| {
            bare || self.given.as_ref().is_some_and(|given| given.variables.contains(&name))
                || scenario.variable(name).is_none()
                    && self.unknown.iter().any(|(unknown, _)| unknown == name)
        };
        REGION_VARIABLES.into_iter().filter(|name| open(name)).collect()
    }

    /// A scenario of the run with a region in each [open](Self::open_regions) variable. `None`: the tree says all there is to
    /// say about the region.
    pub fn with_region(&self, scenario: &Scenario, region: &str) -> Option<Scenario> {
        let mut with = None;
        for name in self.open_regions(scenario) {
            with.get_or_insert_with(|| scenario.clone()).variables.set(name, region);
        }
        with
    }
}

/// Dependencies with the configuration they run under.
#[derive(Clone, Debug)]
pub struct Workload {
    /// The folder, or the name given by hand; `.` for the tree's root.
    pub name: String,
    /// SDKs whose release is stated.
    pub sdks: Vec<(Sdk, Release, Dependency)>,
    /// Dependencies that no exact release could be read from.
    pub loose: Vec<Dependency>,
    /// The ways in which it is run; at least one.
    pub runs: Vec<Run>,
}

/// Settings that no mapping has taken, by where they stand: looked up for each workload.
struct Free<'s> {
    /// By the nearest folder above that has dependencies.
    owned: BTreeMap<Option<&'s Path>, Vec<&'s Setting>>,
    /// By their own folder.
    beside: BTreeMap<&'s Path, Vec<&'s Setting>>,
}

impl Inventory {
    fn free(&self, owners: BTreeSet<&Path>, mappings: &[Mapping]) -> Free<'_> {
        let mut free = Free { owned: BTreeMap::new(), beside: BTreeMap::new() };
        for setting in &self.settings {
            let path = setting.place.path.as_path();
            if mappings.iter().any(|mapping| covers(&mapping.settings, path)) {
                continue;
            }
            let owner = path.ancestors().skip(1).find(|above| owners.contains(above));
            // A workflow configures what it runs itself, not what is built or deployed by it.
            let folder = path.parent().unwrap_or(Path::new(""));
            if folder.ends_with(".github/workflows") && owner != Some(folder) {
                continue;
            }
            if aside(path).is_some_and(|aside| !owner.is_some_and(|owner| owner.starts_with(aside))) {
                continue;
            }
            free.owned.entry(owner).or_default().push(setting);
            free.beside.entry(folder).or_default().push(setting);
        }
        free
    }

    /// The workloads of the tree, by name.
    pub fn workloads(&self, mappings: &[Mapping]) -> Vec<Workload> {
        let taken = |path: &Path| mappings.iter().any(|mapping| covers(&mapping.dependencies, path));
        let mut workloads: Vec<Workload> = mappings
            .iter()
            .map(|mapping| {
                let dependencies =
                    self.dependencies.iter().filter(|found| covers(&mapping.dependencies, &found.place.path));
                let settings =
                    self.settings.iter().filter(|found| covers(&mapping.settings, &found.place.path));
                self.workload(
                    mapping.name.clone(),
                    dependencies.collect(),
                    settings.collect(),
                    &mapping.entries,
                )
            })
            .collect();
        let mut folders: BTreeMap<&Path, Vec<&Dependency>> = BTreeMap::new();
        for dependency in self.dependencies.iter().filter(|found| !taken(&found.place.path)) {
            folders.entry(folder_of(&dependency.place.path)).or_default().push(dependency);
        }
        let free = self.free(folders.keys().copied().collect(), mappings);
        for (folder, dependencies) in folders {
            let settings = Self::nearest(folder, &free);
            let name = if folder.as_os_str().is_empty() { ".".into() } else { folder.display().to_string() };
            workloads.push(self.workload(name, dependencies, settings, &[]));
        }
        workloads.sort_by(|a, b| a.name.cmp(&b.name));
        workloads
    }

    /// The settings nearest to a folder: its own and those below it that belong to no other; else those in the nearest
    /// folder above that has some, or below that folder where no other dependencies stand.
    fn nearest<'s>(folder: &'s Path, free: &Free<'s>) -> Vec<&'s Setting> {
        if let Some(own) = free.owned.get(&Some(folder)) {
            return own.clone();
        }
        for above in folder.ancestors().skip(1) {
            if let Some(beside) = free.beside.get(above) {
                return beside.clone();
            }
            // Settings below `above` that belong to it or to nobody.
            let of = |owner: Option<&'s Path>| free.owned.get(&owner).into_iter().flatten().copied();
            let mut below: Vec<&Setting> = of(None)
                .filter(|setting| setting.place.path.starts_with(above))
                .chain(of(Some(above)))
                .collect();
            if !below.is_empty() {
                below.sort_by(|a, b| a.place.cmp(&b.place));
                return below;
            }
        }
        Vec::new()
    }

    fn workload(
        &self,
        name: String,
        dependencies: Vec<&Dependency>,
        settings: Vec<&Setting>,
        entries: &[Entry],
    ) -> Workload {
        let mut sdks: Vec<(Sdk, Release, Dependency)> = Vec::new();
        let mut loose = Vec::new();
        for dependency in dependencies {
            match dependency.pin {
                Pin::Exact(release)
                    if sdks.iter().any(|known| (known.0, known.1) == (dependency.sdk, release)) => {}
                Pin::Exact(release) => sdks.push((dependency.sdk, release, dependency.clone())),
                Pin::Loose(_) => loose.push(dependency.clone()),
            }
        }
        // A manifest's range says nothing more where a lock file beside it has the release.
        loose.retain(|dependency| !sdks.iter().any(|known| known.0 == dependency.sdk));
        let named = |shows: &dyn Fn(&Said) -> bool| -> BTreeSet<&str> {
            let shown = settings.iter().filter(|setting| shows(&setting.said));
            shown.map(|setting| setting.unit.as_str()).filter(|unit| !unit.is_empty()).collect()
        };
        let mut units = named(&|said| match said {
            Said::Variable { .. } => true,
            Said::RunsAs(account) => self.annotations(account).next().is_some(),
            _ => false,
        });
        // Functions that say nothing more than where they run are all run alike.
        let platforms = [Platform::Lambda, Platform::Ecs].map(|platform| {
            let runs_there =
                |said: &Said| matches!(said, Said::RunsIn { platform: there, .. } if *there == platform);
            let alike = named(&runs_there);
            let alike = alike.into_iter().filter(|unit| {
                let within = |other: &&str| {
                    other.strip_prefix(unit).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                !units.iter().any(within)
            });
            (platform, alike.collect::<Vec<&str>>())
        });
        for (_, alike) in &platforms {
            units.extend(alike.first());
        }
        let all_of = |unit: &str| {
            let (platform, alike) = platforms.iter().find(|(_, alike)| alike.first() == Some(&unit))?;
            (alike.len() > 1).then(|| platform.name().to_owned())
        };
        // What is said of `api` is said of its containers; it is not run beside them.
        let holds = |unit: &str| {
            units.iter().any(|other| other.strip_prefix(unit).is_some_and(|rest| rest.starts_with('/')))
        };
        let units: BTreeSet<&str> = units.iter().copied().filter(|unit| !holds(unit)).collect();
        let units: Vec<&str> = if units.is_empty() { vec![""] } else { units.into_iter().collect() };
        let runs = units.into_iter().map(|unit| {
            let run = self.run(unit, &settings, entries);
            Run { unit: all_of(unit).unwrap_or_else(|| run.unit.clone()), ..run }
        });
        Workload { name, sdks, loose, runs: runs.collect() }
    }

    /// What a service account is annotated with, in any file of the tree.
    fn annotations<'s>(&'s self, account: &'s Account) -> impl Iterator<Item = (Annotation, &'s Place)> {
        self.settings.iter().filter_map(move |setting| match &setting.said {
            Said::Annotation { account: Some(of), annotation } if of.is(account) => {
                Some((*annotation, &setting.place))
            }
            _ => None,
        })
    }

    fn run(&self, unit: &str, settings: &[&Setting], entries: &[Entry]) -> Run {
        let mut scenario = Scenario::new();
        let (mut places, mut unknown) = (BTreeMap::new(), Vec::new());
        let (mut annotations, mut runs_in) = (Vec::new(), None);
        // Variables that the unit itself sets; the others are set for all, by an image or a file.
        let mut own: BTreeSet<&str> = BTreeSet::new();
        // `api/main` is the container `main` of `api`: what is said of `api` is said of it too.
        let concerns = |of: &str| {
            of.is_empty() || of == unit || unit.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'))
        };
        // What is said of this unit comes after what is said of all, and wins.
        let mut ordered: Vec<&&Setting> = settings.iter().filter(|setting| concerns(&setting.unit)).collect();
        ordered.sort_by_key(|setting| setting.unit.len());
        for setting in ordered {
            match &setting.said {
                Said::Variable { name, .. } if !setting.unit.is_empty() => {
                    own.insert(name);
                }
                _ => {}
            }
            match &setting.said {
                Said::Variable { name, text } => match text.known() {
                    Some(text) => {
                        scenario.variables.set(name, text);
                        places.insert(name.clone(), setting.place.clone());
                        unknown.retain(|(known, _)| known != name);
                    }
                    None => unknown.push((name.clone(), setting.place.clone())),
                },
                Said::ProfileFile(kind) => {
                    let file = self.profile_files.get(&setting.place.path).cloned();
                    match kind {
                        FileKind::Config => scenario.config = file,
                        FileKind::Credentials => scenario.credentials = file,
                    }
                }
                Said::Annotation { account: None, annotation } => {
                    annotations.push((*annotation, &setting.place));
                }
                Said::Annotation { .. } => {}
                Said::RunsAs(account) => annotations.extend(self.annotations(account)),
                Said::RunsIn { platform, region } => {
                    runs_in = Some((*platform, region.clone(), &setting.place));
                }
            }
        }
        let annotated = |wanted: fn(&Annotation) -> bool| annotations.iter().find(|(one, _)| wanted(one));
        let role = annotated(|one| matches!(one, Annotation::Role));
        let regional = annotated(|one| matches!(one, Annotation::RegionalEndpoints(_)));
        // EKS asks for regional endpoints unless the account is annotated otherwise: so does every version of it since 1.22
        // (Amazon EKS User Guide, "Configure the AWS STS endpoint for a service account"). A container's own variable wins.
        let asks = match regional {
            Some((Annotation::RegionalEndpoints(true), place)) => Some(*place),
            Some(_) => None,
            None => role.map(|(_, place)| *place),
        };
        if let Some(place) = asks.filter(|_| !own.contains(SETTING)) {
            scenario.variables.set(SETTING, "regional");
            places.insert(SETTING.into(), place.clone());
            unknown.retain(|(name, _)| name != SETTING);
        }
        let runs_in = runs_in.or_else(|| role.map(|(_, place)| (Platform::Eks, None, *place)));
        let platform = runs_in.as_ref().map(|(platform, ..)| *platform);
        let given = runs_in.and_then(|(platform, region, place)| {
            let stated = |name: &str| own.contains(name) && scenario.variable(name).is_some();
            // Both are the function's own region: what one of them states, the other has too.
            let region = region.map(|region| (region, place.clone())).or_else(|| {
                let name = REGION_VARIABLES.into_iter().find(|name| stated(name))?;
                let region = scenario.variable(name).filter(|_| platform.reserves_region())?;
                Some((region.to_owned(), places.get(name).unwrap_or(place).clone()))
            });
            let own = |name: &&str| own.contains(*name) && !platform.reserves_region();
            let variables: Vec<&'static str> = match platform {
                Platform::Eks if REGION_VARIABLES.iter().any(own) => Vec::new(),
                _ => REGION_VARIABLES.into_iter().filter(|name| !own(name)).collect(),
            };
            for name in &variables {
                unknown.retain(|(unknown, _)| unknown != name);
                places.remove(*name);
                scenario.variables.unset(name);
                if let Some((region, place)) = &region {
                    scenario.variables.set(name, region);
                    places.insert((*name).into(), place.clone());
                }
            }
            let open = region.is_none() && !variables.is_empty();
            open.then(|| Given { platform, place: place.clone(), variables })
        });
        let said = |name: &str| {
            scenario.variable(name).is_some() || unknown.iter().any(|(unknown, _)| unknown == name)
        };
        let web_identity = role.is_some() || said("AWS_WEB_IDENTITY_TOKEN_FILE") || said("AWS_ROLE_ARN");
        let scenarios =
            if entries.is_empty() { shown_entries(&scenario, web_identity) } else { entries.to_vec() };
        let scenarios = scenarios.into_iter().map(|entry| scenario.clone().with_entry(entry)).collect();
        Run { unit: unit.into(), scenarios, places, unknown, given, platform }
    }
}

/// The entries that a configuration shows: a client always; a provider where a role or a token is configured.
fn shown_entries(scenario: &Scenario, web_identity: bool) -> Vec<Entry> {
    let mut entries = vec![Entry::Client];
    if web_identity {
        entries.push(Entry::WebIdentityEnv);
    }
    let profile = scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default");
    let has = |key: &str| {
        [&scenario.config, &scenario.credentials].into_iter().flatten().any(|file| {
            sections(file, profile)
                .iter()
                .any(|section| section.get(key).is_some_and(|value| !value.text.is_empty()))
        })
    };
    if has("role_arn") {
        entries.push(if has("web_identity_token_file") {
            Entry::WebIdentityProfile
        } else {
            Entry::ProfileAssumeRole
        });
    }
    entries
}

fn sections<'f>(file: &'f ProfileFile, profile: &'f str) -> [Section<'f>; 2] {
    [
        Section::of_kind(file, &Dialect::PLAIN, "profile", profile),
        Section::named(file, &Dialect::PLAIN, profile),
    ]
}

/// The folder of tests or documentation that a file lies in, if it does: what stands there is run by tests, is data of theirs,
/// or shows how something could be done; it is not what is built or deployed. (capitalone/cloud-custodian: tests/data holds
/// recorded task definitions; kubernetes-sigs/external-dns: docs/snippets holds a tutorial's endpoint override.)
fn aside(path: &Path) -> Option<&Path> {
    let is_aside = |folder: &&Path| {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        matches!(name, "test" | "tests" | "__tests__" | "testdata" | "test-data" | "e2e" | "docs" | "doc")
    };
    path.ancestors().skip(1).find(is_aside)
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(Path::new(""));
    // vendor/modules.txt is the vendoring module's own.
    if folder.ends_with("vendor") && path.ends_with("modules.txt") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    }
}

fn covers(paths: &[PathBuf], path: &Path) -> bool {
    paths.iter().any(|covering| path.starts_with(covering) || covering.as_os_str() == ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{packages, settings};

    fn inventory(files: &[(&str, &str)]) -> Inventory {
        let mut inventory = Inventory::default();
        for (path, text) in files {
            let path = Path::new(path);
            inventory.dependencies.extend(packages::read(path, text).unwrap());
            inventory.settings.extend(settings::read(path, text).unwrap());
        }
        inventory
    }

    fn regions(workloads: &[Workload]) -> Vec<String> {
        workloads
            .iter()
            .flat_map(|workload| {
                workload.runs.iter().map(|run| {
                    let region = run.scenarios[0].variable("AWS_REGION").unwrap_or("-");
                    format!("{} {} {region} {}", workload.name, run.unit, run.scenarios.len())
                })
            })
            .collect()
    }

    #[test]
    fn the_nearest_configuration_is_a_workloads_own() {
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            (".env", "AWS_REGION=us-east-1\n"),
            ("api/requirements.txt", "boto3==1.40.0\n"),
            ("api/deploy/.env", "AWS_REGION=us-west-2\n"),
            ("job/requirements.txt", "boto3==1.20.0\n"),
        ]);
        assert_eq!(
            regions(&found.workloads(&[])),
            [".  us-east-1 1", "api  us-west-2 1", "job  us-east-1 1"]
        );
    }

    #[test]
    fn each_unit_is_a_run_and_a_bound_role_is_an_entry() {
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            (
                "k8s/api.yaml",
                "kind: Deployment\nmetadata:\n  name: api\n  annotations:\n    eks.amazonaws.com/role-arn: x\nspec:\n  containers:\n    - name: a\n      env:\n        - {name: AWS_REGION, value: eu-west-1}\n    - name: b\n      env:\n        - {name: AWS_REGION, value: eu-west-2}\n",
            ),
        ]);
        assert_eq!(regions(&found.workloads(&[])), [". api/a eu-west-1 2", ". api/b eu-west-2 2"]);
    }

    /// As in philips-labs/terraform-aws-github-runner: the region that packer runs with is not that of the functions.
    #[test]
    fn a_workflow_configures_what_it_runs() {
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            (
                ".github/workflows/ci.yml",
                "jobs:\n  a:\n    env:\n      AWS_REGION: us-west-2\n    steps:\n      - run: pip install awscli==1.41.17\n",
            ),
        ]);
        assert_eq!(regions(&found.workloads(&[])), [".  - 1", ".github/workflows a us-west-2 1"]);
    }

    #[test]
    fn what_lies_among_tests_and_documentation_configures_nothing_else() {
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            ("tests/data/.env", "AWS_REGION=us-west-2\n"),
            ("docs/tutorial/compose.yaml", "services: {a: {environment: {AWS_REGION: us-west-1}}}\n"),
            ("tests/e2e/requirements.txt", "boto3==1.40.0\n"),
            ("tests/e2e/.env", "AWS_REGION=eu-west-1\n"),
        ]);
        assert_eq!(regions(&found.workloads(&[])), [".  - 1", "tests/e2e  eu-west-1 1"]);
    }

    #[test]
    fn what_holds_containers_is_not_run_beside_them() {
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            (
                "api.yaml",
                "kind: ServiceAccount\nmetadata:\n  name: api\n  annotations:\n    eks.amazonaws.com/sts-regional-endpoints: \"true\"\n---\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  serviceAccountName: api\n  containers:\n    - name: a\n      env:\n        - {name: AWS_REGION, value: eu-west-1}\n",
            ),
        ]);
        let workloads = found.workloads(&[]);
        assert_eq!(regions(&workloads), [". api/a eu-west-1 1"]);
        assert_eq!(
            workloads[0].runs[0].scenarios[0].variable("AWS_STS_REGIONAL_ENDPOINTS"),
            Some("regional")
        );
    }

    const LAMBDA: &str = "Resources:\n  One:\n    Type: AWS::Serverless::Function\n";

    fn given(run: &Run) -> String {
        let given = run.given.as_ref().map(|given| (given.platform, given.variables.len(), given.place.line));
        format!("{} {given:?}", run.unit)
    }

    /// Lambda's variables are reserved: neither an image nor the function itself sets them.
    #[test]
    fn lambda_gives_a_region() {
        let found = inventory(&[("requirements.txt", "boto3==1.39.17\n"), ("template.yaml", LAMBDA)]);
        let run = &found.workloads(&[])[0].runs[0];
        assert_eq!(given(run), "One Some((Lambda, 2, 2))");
        assert!(!run.is_bare());
        let with = run.with_region(&run.scenarios[0], "eu-west-3").unwrap();
        assert_eq!(with.variable("AWS_DEFAULT_REGION"), Some("eu-west-3"));

        let image = "ENV AWS_REGION=us-east-2\n";
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            ("Dockerfile", image),
            ("template.yaml", LAMBDA),
        ]);
        let run = &found.workloads(&[])[0].runs[0];
        assert_eq!(given(run), "One Some((Lambda, 2, 2))");
        assert_eq!((run.scenarios[0].variable("AWS_REGION"), run.places.len()), (None, 0));

        let stated =
            format!("{LAMBDA}    Properties:\n      Environment: {{Variables: {{AWS_REGION: us-east-2}}}}\n");
        let found = inventory(&[("requirements.txt", "boto3==1.39.17\n"), ("template.yaml", &stated)]);
        let run = &found.workloads(&[])[0].runs[0];
        assert_eq!(given(run), "One None");
        assert_eq!(run.scenarios[0].variable("AWS_DEFAULT_REGION"), Some("us-east-2"));
    }

    #[test]
    fn functions_that_set_nothing_are_one_run() {
        let template = format!(
            "{LAMBDA}  Two:\n    Type: AWS::Lambda::Function\n  Three:\n    Type: AWS::Serverless::Function\n    Properties: {{Environment: {{Variables: {{AWS_STS_REGIONAL_ENDPOINTS: regional}}}}}}\n"
        );
        let found = inventory(&[("requirements.txt", "boto3==1.39.17\n"), ("template.yaml", &template)]);
        let workloads = found.workloads(&[]);
        let runs: Vec<String> = workloads[0].runs.iter().map(given).collect();
        assert_eq!(runs, ["Lambda Some((Lambda, 2, 2))", "Three Some((Lambda, 2, 6))"]);
    }

    /// What a task's container sets itself wins over what ECS sets, and ECS over the image.
    #[test]
    fn ecs_gives_what_the_container_does_not_set() {
        let task = "{\"containerDefinitions\": [{\"name\": \"app\", \"environment\": [{\"name\": \"AWS_REGION\", \"value\": \"us-east-2\"}]}]}";
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            ("Dockerfile", "ENV AWS_DEFAULT_REGION=us-west-1\n"),
            ("task.json", task),
        ]);
        let run = &found.workloads(&[])[0].runs[0];
        assert_eq!(given(run), "app Some((Ecs, 1, 1))");
        assert_eq!(run.scenarios[0].variable("AWS_REGION"), Some("us-east-2"));
        assert_eq!(run.scenarios[0].variable("AWS_DEFAULT_REGION"), None);
    }

    fn pods(account: &str, deployment: &str) -> Run {
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            ("k8s/accounts.yaml", account),
            ("k8s/api.yaml", deployment),
        ]);
        found.workloads(&[])[0].runs[0].clone()
    }

    #[test]
    fn a_service_account_of_another_name_and_file_is_joined() {
        let account = "kind: ServiceAccount\nmetadata:\n  name: reader\n  namespace: shop\n  annotations:\n    eks.amazonaws.com/role-arn: x\n";
        let deployment = |more: &str| {
            format!("kind: Deployment\nmetadata: {{name: api{more}}}\nspec:\n  serviceAccountName: reader\n")
        };
        for more in ["", ", namespace: shop"] {
            let run = pods(account, &deployment(more));
            assert_eq!(given(&run), "api Some((Eks, 2, 6))");
            assert_eq!(run.scenarios.len(), 2);
            assert_eq!(run.scenarios[1].entry, Entry::WebIdentityEnv);
            assert_eq!(run.scenarios[0].variable(SETTING), Some("regional"));
            assert_eq!(run.places[SETTING].to_string(), "k8s/accounts.yaml:6");
        }
        let run = pods(account, &deployment(", namespace: other"));
        assert!(run.is_bare() && run.scenarios.len() == 1);
        let switched = format!("{account}    eks.amazonaws.com/sts-regional-endpoints: \"false\"\n");
        let run = pods(&switched, &deployment(""));
        assert_eq!((run.scenarios.len(), run.scenarios[0].variable(SETTING)), (2, None));
    }

    /// aws/amazon-eks-pod-identity-webhook: a container that sets one of the region's variables is given neither.
    #[test]
    fn a_container_with_a_region_is_given_none() {
        let account = "kind: ServiceAccount\nmetadata:\n  name: api\n  annotations:\n    eks.amazonaws.com/role-arn: x\n";
        let deployment = "kind: Deployment\nmetadata: {name: api}\nspec:\n  serviceAccountName: api\n  containers:\n    - name: a\n      env:\n        - {name: AWS_REGION, value: eu-west-1}\n        - {name: AWS_STS_REGIONAL_ENDPOINTS, value: legacy}\n";
        let run = pods(account, deployment);
        assert_eq!((given(&run).as_str(), run.platform), ("api/a None", Some(Platform::Eks)));
        assert_eq!(run.scenarios[0].variable(SETTING), Some("legacy"));
        assert_eq!(run.scenarios[0].variable("AWS_DEFAULT_REGION"), None);
    }

    #[test]
    fn an_explicit_mapping_wins() {
        let found = inventory(&[
            ("api/requirements.txt", "boto3==1.40.0\n"),
            ("api/.env", "AWS_REGION=us-west-2\n"),
            ("infra/api.env", "AWS_REGION=eu-west-1\n"),
        ]);
        let mapping = Mapping {
            name: "the api".into(),
            dependencies: vec!["api/requirements.txt".into()],
            settings: vec!["infra/api.env".into()],
            entries: vec![Entry::WebIdentityEnv],
        };
        let workloads = found.workloads(&[mapping]);
        assert_eq!(regions(&workloads), ["the api  eu-west-1 1"]);
        assert_eq!(workloads[0].runs[0].scenarios[0].entry, Entry::WebIdentityEnv);
    }
}
