//! Dependencies and settings -> workloads with scenarios.
//!
//! A workload is the dependencies of one folder with the configuration nearest to it: the configuration in the folder and
//! below it (down to the next folder with dependencies of its own), and where there is none, the configuration of the
//! nearest folder above that has some. An explicit mapping ([`Mapping`]) wins.
//!
//! Whoever runs a workload may add to that: AWS Lambda sets the region variables, the EKS pod identity webhook sets them and
//! `AWS_STS_REGIONAL_ENDPOINTS=regional`. The region's text is not in the tree: answers are given for a stand-in.

use crate::packages::{Dependency, Pin};
use crate::place::Place;
use crate::settings::{Said, ServiceAccount, Setting};
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
    pub unknown: Vec<PutInLater>,
}

/// A variable whose text the tree does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutInLater {
    /// Its name.
    pub name: String,
    /// Where it is set, or what makes `by` set it.
    pub place: Place,
    /// Who sets it, where that is not the tree.
    pub by: Option<&'static str>,
}

/// A setting, and the unit that it is said of.
type SaidOf<'s> = (String, &'s Setting);

/// The variables that name a region.
const REGION_VARIABLES: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

impl Run {
    /// Whether nothing at all says how the workload is run.
    pub fn is_bare(&self) -> bool {
        let bare = |scenario: &Scenario| scenario.config.is_none() && scenario.credentials.is_none();
        self.places.is_empty() && self.unknown.is_empty() && self.scenarios.iter().all(bare)
    }

    /// Whether its region cannot be chosen: Lambda refuses AWS_REGION and AWS_DEFAULT_REGION in a function's environment (AWS
    /// Lambda Developer Guide, "Defined runtime environment variables": reserved).
    pub fn reserves_region(&self) -> bool {
        self.unknown.iter().any(|unknown| unknown.by == Some(LAMBDA))
    }

    /// A scenario of the run with a region in each variable whose text is put in later; where nothing at all is configured,
    /// in both. `None`: the tree says all there is to say about the region.
    pub fn with_region(&self, scenario: &Scenario, region: &str) -> Option<Scenario> {
        let bare = self.is_bare();
        let open = |name: &&str| {
            bare || scenario.variable(name).is_none()
                && self.unknown.iter().any(|unknown| unknown.name == *name)
        };
        let mut with = None;
        for name in REGION_VARIABLES.iter().filter(|name| open(name)) {
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
        let settings = of_units(&settings);
        let units: BTreeSet<&str> = settings
            .iter()
            .filter(|(_, setting)| !matches!(setting.said, Said::ProfileFile(_) | Said::RunsUnder(_)))
            .map(|(unit, _)| unit.as_str())
            .filter(|unit| !unit.is_empty())
            .collect();
        // What is said of `api` is said of its containers; it is not run beside them.
        let holds = |unit: &str| {
            units.iter().any(|other| other.strip_prefix(unit).is_some_and(|rest| rest.starts_with('/')))
        };
        let units: BTreeSet<&str> = units.iter().copied().filter(|unit| !holds(unit)).collect();
        let units: Vec<&str> = if units.is_empty() { vec![""] } else { units.into_iter().collect() };
        let runs = units.into_iter().map(|unit| self.run(unit, &settings, entries)).collect();
        Workload { name, sdks, loose, runs }
    }

    fn run(&self, unit: &str, settings: &[SaidOf<'_>], entries: &[Entry]) -> Run {
        let mut scenario = Scenario::new();
        let (mut places, mut unknown) = (BTreeMap::new(), Vec::<PutInLater>::new());
        let (mut bound, mut regional, mut lambda) = (None, None, None);
        // `api/main` is the container `main` of `api`: what is said of `api` is said of it too.
        let concerns = |of: &str| {
            of.is_empty() || of == unit || unit.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'))
        };
        // What is said of this unit comes after what is said of all, and wins.
        let mut ordered: Vec<&SaidOf<'_>> = settings.iter().filter(|(of, _)| concerns(of)).collect();
        ordered.sort_by_key(|(of, _)| of.len());
        for (_, setting) in ordered {
            match &setting.said {
                Said::Variable { name, text } => match text.known() {
                    Some(text) => {
                        scenario.variables.set(name, text);
                        places.insert(name.clone(), setting.place.clone());
                        unknown.retain(|unknown| unknown.name != *name);
                    }
                    None => unknown.push(PutInLater {
                        name: name.clone(),
                        place: setting.place.clone(),
                        by: None,
                    }),
                },
                Said::ProfileFile(kind) => {
                    let file = self.profile_files.get(&setting.place.path).cloned();
                    match kind {
                        FileKind::Config => scenario.config = file,
                        FileKind::Credentials => scenario.credentials = file,
                    }
                }
                Said::WebIdentity => bound = Some(&setting.place),
                Said::RegionalEndpoints(on) => regional = Some((*on, &setting.place)),
                Said::Lambda => lambda = Some(&setting.place),
                Said::RunsUnder(_) => {}
            }
        }
        let said = |scenario: &Scenario, unknown: &[PutInLater], name: &str| {
            scenario.variable(name).is_some() || unknown.iter().any(|unknown| unknown.name == name)
        };
        // What whoever runs it adds, where the tree has not said it.
        let by = bound.map(|place| (POD_IDENTITY_WEBHOOK, place)).or(lambda.map(|place| (LAMBDA, place)));
        if let Some((by, place)) = by {
            for name in REGION_VARIABLES {
                if !said(&scenario, &unknown, name) {
                    unknown.push(PutInLater { name: name.into(), place: place.clone(), by: Some(by) });
                }
            }
        }
        // The webhook of an EKS cluster adds `regional` unless the account says no (Amazon EKS User Guide, "Configure the AWS
        // STS endpoint for a service account": the default since Kubernetes 1.22), and never says `legacy`.
        const SETTING: &str = "AWS_STS_REGIONAL_ENDPOINTS";
        if let Some(place) = bound.filter(|_| !said(&scenario, &unknown, SETTING)) {
            let (on, place) = regional.unwrap_or((true, place));
            if on {
                scenario.variables.set(SETTING, "regional");
                places.insert(SETTING.into(), place.clone());
            }
        }
        let web_identity = bound.is_some()
            || ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"]
                .iter()
                .any(|name| said(&scenario, &unknown, name));
        let scenarios =
            if entries.is_empty() { shown_entries(&scenario, web_identity) } else { entries.to_vec() };
        let scenarios = scenarios.into_iter().map(|entry| scenario.clone().with_entry(entry)).collect();
        Run { unit: unit.into(), scenarios, places, unknown }
    }
}

/// aws/amazon-eks-pod-identity-webhook, `--aws-default-region`, which EKS sets to the cluster's region.
const POD_IDENTITY_WEBHOOK: &str = "the EKS pod identity webhook";
const LAMBDA: &str = "AWS Lambda";

/// Each setting with the unit it is said of. What is said of a service account is said of the pods that run under it;
/// where no file names them, of those of the account's name.
fn of_units<'s>(settings: &[&'s Setting]) -> Vec<SaidOf<'s>> {
    let pods = |account: &ServiceAccount| {
        let mut pods: Vec<String> = settings
            .iter()
            .filter(|setting| matches!(&setting.said, Said::RunsUnder(under) if under.is(account)))
            .map(|setting| setting.unit.clone())
            .collect();
        if pods.is_empty() {
            pods.push(account.name.clone());
        }
        pods
    };
    settings
        .iter()
        .flat_map(|setting| {
            let units = setting.account.as_ref().map_or_else(|| vec![setting.unit.clone()], pods);
            units.into_iter().map(|unit| (unit, *setting))
        })
        .collect()
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
    fn what_holds_containers_is_not_run_beside_them() {
        let found = inventory(&[
            ("requirements.txt", "boto3==1.39.17\n"),
            (
                "api.yaml",
                "kind: ServiceAccount\nmetadata:\n  name: api\n  annotations:\n    eks.amazonaws.com/role-arn: x\n    eks.amazonaws.com/sts-regional-endpoints: \"false\"\n---\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  containers:\n    - name: a\n      env:\n        - {name: AWS_REGION, value: eu-west-1}\n",
            ),
        ]);
        let workloads = found.workloads(&[]);
        assert_eq!(regions(&workloads), [". api/a eu-west-1 2"]);
        assert_eq!(workloads[0].runs[0].scenarios[0].variable("AWS_STS_REGIONAL_ENDPOINTS"), None);
    }

    #[test]
    fn what_a_service_account_says_is_said_of_the_pods_under_it() {
        let account = "kind: ServiceAccount\nmetadata:\n  name: orders-sa\n  namespace: shop\n  annotations:\n    eks.amazonaws.com/role-arn: x\n";
        let pods = |namespace: &str| {
            format!(
                "kind: Deployment\nmetadata:\n  name: orders\n  namespace: {namespace}\nspec:\n  template:\n    spec:\n      serviceAccountName: orders-sa\n      containers:\n        - name: api\n          env:\n            - {{name: AWS_PROFILE, value: default}}\n"
            )
        };
        let run = |namespace: &str| {
            let found = inventory(&[
                ("requirements.txt", "boto3==1.39.17\n"),
                ("k8s/account.yaml", account),
                ("k8s/orders.yaml", &pods(namespace)),
            ]);
            found.workloads(&[]).remove(0).runs.into_iter().find(|run| run.unit == "orders/api").unwrap()
        };
        let bound = run("shop");
        assert_eq!(bound.scenarios.len(), 2, "a client, and a web identity");
        assert_eq!(bound.scenarios[0].variable("AWS_STS_REGIONAL_ENDPOINTS"), Some("regional"));
        assert_eq!(bound.unknown[0].by, Some(POD_IDENTITY_WEBHOOK));
        let other = run("bank");
        assert_eq!((other.scenarios.len(), other.unknown.len()), (1, 0), "another namespace's account");
    }

    #[test]
    fn lambda_sets_the_region() {
        let template =
            "Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.b\n";
        let terraform = "resource \"aws_lambda_function\" \"api\" {\n  handler = \"a.b\"\n}\n";
        for (file, text, unit) in
            [("template.yaml", template, "Fn"), ("main.tf", terraform, "aws_lambda_function.api")]
        {
            let found = inventory(&[("requirements.txt", "boto3==1.39.17\n"), (file, text)]);
            let run = found.workloads(&[]).remove(0).runs.remove(0);
            assert_eq!(run.unit, unit);
            let names: Vec<&str> = run.unknown.iter().map(|unknown| unknown.name.as_str()).collect();
            assert_eq!(names, REGION_VARIABLES);
            let given = run.with_region(&run.scenarios[0], "us-west-2").unwrap();
            assert_eq!(given.variable("AWS_REGION"), Some("us-west-2"));
        }
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
