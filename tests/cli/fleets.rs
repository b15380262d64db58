//! Trees as people have them: what the command tells of each.

use super::{printed, repository};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

fn fleet(name: &str) -> String {
    repository().join("fixtures/fleets").join(name).display().to_string()
}

/// What is printed, with paths relative to the fleets.
fn told(arguments: &[&str]) -> String {
    printed(arguments).replace(&format!("{}/", repository().join("fixtures/fleets").display()), "")
}

fn names() -> Vec<String> {
    let root = repository().join("fixtures/fleets");
    let names =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    names
}

#[test]
fn every_fleet_is_scanned() {
    for name in names() {
        insta::assert_snapshot!(format!("scan-{name}"), told(&["scan", &fleet(&name)]));
    }
}

/// A move of each fleet: what is compared with what.
fn moves() -> Vec<(&'static str, Vec<String>)> {
    let two_trees = |name: &str| vec![fleet(&format!("{name}/before")), fleet(&format!("{name}/after"))];
    let bumped = |name: &str, bumps: &[&str]| {
        let bumps = bumps.iter().flat_map(|bump| ["--bump".to_owned(), (*bump).to_owned()]);
        [fleet(name)].into_iter().chain(bumps).collect()
    };
    vec![
        ("go-1-to-2-controller", two_trees("go-1-to-2-controller")),
        ("java-1-to-2", two_trees("java-1-to-2")),
        ("js-2-to-3-lambda", two_trees("js-2-to-3-lambda")),
        ("php-vpc", bumped("php-vpc", &["php=3.391.1"])),
        (
            "polyglot",
            bumped("polyglot", &["boto3=1.40.0", "ruby=3.257.0", "js-v2=js-v3@3.840.0", "dotnet=4.0.3.3"]),
        ),
        ("python-eks", bumped("python-eks", &["boto3=1.40.0"])),
    ]
}

fn migrate(trees: &[String], more: &[&str]) -> String {
    let trees = trees.iter().map(String::as_str);
    let arguments: Vec<&str> = ["migrate"].into_iter().chain(trees).chain(more.iter().copied()).collect();
    told(&arguments)
}

const STEER: [&str; 4] = ["--target", "regional", "--region", "eu-west-1"];

#[test]
fn a_move_of_each_fleet_is_told() {
    for (name, trees) in moves() {
        insta::assert_snapshot!(format!("migrate-{name}"), migrate(&trees, &STEER));
        let more = [&STEER[..], &["--format", "markdown"]].concat();
        insta::assert_snapshot!(format!("migrate-{name}-markdown"), migrate(&trees, &more));
    }
}

/// Does to the files of a tree what the lines of plans say. Where no plan was found there is nothing to do.
fn carry_out(tree: &Path, plans: &Value) {
    let plans = plans.as_array().unwrap().iter();
    let lines = plans.flat_map(|plan| plan["lines"].as_array().into_iter().flatten());
    // From the last line to the first, so that the numbers of lines hold.
    let mut by_place: BTreeMap<(&str, u64), Vec<&Value>> = BTreeMap::new();
    for line in lines {
        let place = (line["path"].as_str().unwrap(), line["line"].as_u64().unwrap());
        let there = by_place.entry(place).or_default();
        if !there.contains(&line) {
            there.push(line);
        }
    }
    for ((path, number), there) in by_place.into_iter().rev() {
        let path = tree.join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        let at = usize::try_from(number).unwrap() - 1;
        let margin = lines[at].len() - lines[at].trim_start().len();
        let is_item = lines[at].trim_start().starts_with('-');
        for line in there.into_iter().rev() {
            let text = line["text"].as_str().unwrap();
            if line["replaces"] == json!(true) {
                lines[at] = format!("{}{text}", " ".repeat(margin));
            } else {
                // Behind the second line of an item, the next item starts where that one's `-` stands.
                let margin = if text.starts_with("- ") && !is_item { margin - 2 } else { margin };
                lines.insert(at + 1, format!("{}{text}", " ".repeat(margin)));
            }
        }
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
    }
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// What `migrate` says of a fleet's move once a plan's lines stand in the tree that it moves to.
fn with_plan(trees: &[String], plan: &str, more: &[&str]) -> (Value, Value) {
    let more = [more, &["--format", "json"]].concat();
    let planned: Value = serde_json::from_str(&migrate(trees, &more)).unwrap();
    let (roots, bumps) =
        trees.split_at(trees.iter().position(|tree| tree == "--bump").unwrap_or(trees.len()));
    let copy = tempfile::tempdir().unwrap();
    copied(Path::new(roots.last().unwrap()), copy.path());
    carry_out(copy.path(), &planned[plan]);
    let after = copy.path().display().to_string();
    let trees: Vec<String> = [&[roots[0].clone(), after], bumps].concat();
    (planned, serde_json::from_str(&migrate(&trees, &more)).unwrap())
}

/// The units of which it is told that no plan was found.
fn without_plan(plans: &Value) -> Vec<&Value> {
    let plans = plans.as_array().unwrap().iter();
    plans.filter(|plan| plan["lines"].is_null()).map(|plan| &plan["unit"]).collect()
}

#[test]
fn a_freeze_plan_keeps_every_request() {
    let mut kept = 0;
    for (name, trees) in moves() {
        let (planned, frozen) = with_plan(&trees, "freeze", &[]);
        let fails = |change: &Value| {
            change["before"]["outcome"].as_str().is_none_or(|told| !told.starts_with("https:"))
        };
        // JavaScript 3.x is led back to the global endpoint by the region alone, which Lambda does not let anybody set.
        let cannot = without_plan(&planned["freeze"]);
        let expected: &[Value] = if name == "js-2-to-3-lambda" { &[json!("Resize")] } else { &[] };
        assert_eq!(cannot, expected.iter().collect::<Vec<_>>(), "{name}");
        let requests = |told: &Value| {
            let changes = told["changes"].as_array().unwrap().iter();
            changes.filter(|one| !fails(one) && !cannot.contains(&&one["unit"])).count()
        };
        assert_eq!(requests(&frozen), 0, "{name}: {frozen:#}");
        assert_eq!(without_plan(&frozen["freeze"]), cannot, "{name}");
        assert_eq!(
            frozen["freeze"].as_array().unwrap().len(),
            cannot.len(),
            "{name}: nothing is left to add"
        );
        kept += requests(&planned);
    }
    assert!(kept > 5, "only {kept} requests had to be kept");
}

#[test]
fn a_steer_plan_reaches_its_target() {
    let mut steered = 0;
    // A release whose default is still the global endpoint.
    let early = vec![fleet("python-eks"), "--bump".into(), "boto3=1.39.18".into()];
    for target in ["regional", "no-us-east-1"] {
        for (name, trees) in moves().into_iter().chain([("python-eks, early", early.clone())]) {
            let more = ["--target", target, "--region", "eu-west-1"];
            let (planned, reached) = with_plan(&trees, "steer", &more);
            assert_eq!(reached["steer"], json!([]), "{name}: nothing is left to add for {target}");
            steered += planned["steer"].as_array().unwrap().len();
        }
    }
    assert!(steered > 2, "only {steered} plans had something to steer");
}

#[test]
fn findings_have_their_machine_formats() {
    for format in ["jsonl", "sarif", "junit", "markdown"] {
        let tree = fleet("php-vpc");
        insta::assert_snapshot!(format!("scan-php-vpc-{format}"), told(&["scan", &tree, "--format", format]));
    }
}

#[test]
fn hosts_of_a_tree_before_and_after() {
    insta::assert_snapshot!(
        "allowlist-python-eks",
        told(&["allowlist", &fleet("python-eks"), "--bump", "boto3=1.40.0"])
    );
}

#[test]
fn sarif_of_every_fleet_fits_its_schema() {
    let schema = repository().join("fixtures/schemas/sarif-2.1.0.schema.json");
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    // The published pattern of `language` has a bracket too many, and is no regular expression for all engines.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"]["pattern"] =
            json!("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    }
    let schema = jsonschema::validator_for(&schema).unwrap();
    for name in names() {
        let log: Value = serde_json::from_str(&told(&["scan", &fleet(&name), "--format", "sarif"])).unwrap();
        let errors: Vec<String> =
            schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        // What the schema cannot say: an index leads to the rule that is named.
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert!(!results.is_empty(), "{name}");
        for result in results {
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"], "{name}");
        }
    }
}

/// The part of an XML Schema that Jenkins' `junit-10.xsd` is written in: global elements, each with its attributes, the
/// elements below it, and whether text may stand in it.
struct Schema<'x>(roxmltree::Document<'x>);

impl Schema<'_> {
    fn element(&self, name: &str) -> Option<roxmltree::Node<'_, '_>> {
        let mut globals = self.0.root_element().children();
        globals.find(|node| node.tag_name().name() == "element" && node.attribute("name") == Some(name))
    }

    /// What is wrong with an element and those below it.
    fn faults(&self, node: roxmltree::Node<'_, '_>, faults: &mut Vec<String>) {
        let tag = node.tag_name().name();
        let Some(element) = self.element(tag) else { return faults.push(format!("<{tag}> is unknown")) };
        let parts =
            |kind: &'static str| element.descendants().filter(move |part| part.tag_name().name() == kind);
        for attribute in node.attributes() {
            if !parts("attribute").any(|known| known.attribute("name") == Some(attribute.name())) {
                faults.push(format!("{tag}@{} is unknown", attribute.name()));
            }
        }
        for required in parts("attribute").filter(|part| part.attribute("use") == Some("required")) {
            let name = required.attribute("name").unwrap();
            if !node.has_attribute(name) {
                faults.push(format!("{tag}@{name} is missing"));
            }
        }
        let is_mixed = parts("complexType").any(|part| part.attribute("mixed") == Some("true"));
        for child in node.children() {
            if child.is_element() {
                if !parts("element").any(|part| part.attribute("ref") == Some(child.tag_name().name())) {
                    faults.push(format!("{tag}/{} is out of place", child.tag_name().name()));
                }
                self.faults(child, faults);
            } else if !is_mixed && child.text().is_some_and(|text| !text.trim().is_empty()) {
                faults.push(format!("{tag} holds text"));
            }
        }
    }
}

fn with_schema<T>(check: impl FnOnce(&Schema<'_>) -> T) -> T {
    let text = std::fs::read_to_string(repository().join("fixtures/schemas/junit-10.xsd")).unwrap();
    check(&Schema(roxmltree::Document::parse(&text).unwrap()))
}

fn junit_faults(text: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let mut faults = Vec::new();
    with_schema(|schema| schema.faults(document.root_element(), &mut faults));
    faults
}

#[test]
fn the_schema_of_junit_finds_faults() {
    let faulty = "<testsuites skipped='0'><testsuite name='a' tests='1' errors='0'><testcase name='b'>text<testsuites/></testcase></testsuite></testsuites>";
    assert_eq!(
        junit_faults(faulty),
        [
            "testsuites@skipped is unknown",
            "testsuite@failures is missing",
            "testcase holds text",
            "testcase/testsuites is out of place"
        ]
    );
}

#[test]
fn junit_of_every_fleet_fits_the_schema_of_jenkins() {
    for name in names() {
        let text = told(&["scan", &fleet(&name), "--format", "junit"]);
        assert_eq!(junit_faults(&text), [""; 0], "{name}");
        let document = roxmltree::Document::parse(&text).unwrap();
        assert_eq!(document.root_element().tag_name().name(), "testsuites", "{name}");
        for suite in document.descendants().filter(|node| node.has_tag_name("testsuite")) {
            let count =
                |tag: &str| suite.descendants().filter(|below| below.has_tag_name(tag)).count().to_string();
            assert_eq!(suite.attribute("tests"), Some(count("testcase").as_str()), "{name}");
            assert_eq!(suite.attribute("failures"), Some(count("failure").as_str()), "{name}");
        }
    }
}

/// What a tree needs where Lambda gives it its region: in whatever region that is.
#[test]
fn hosts_of_functions_name_no_region() {
    insta::assert_snapshot!(
        "allowlist-js-2-to-3-lambda",
        told(&["allowlist", &fleet("js-2-to-3-lambda/before"), &fleet("js-2-to-3-lambda/after")])
    );
}

/// Without configuration there may be a region all the same: both outcomes are told, and both are accepted.
#[test]
fn a_tree_that_configures_nothing_is_scanned_with_a_region_too() {
    let tree = tempfile::tempdir().unwrap();
    std::fs::write(tree.path().join("requirements.txt"), "boto3==1.44.5\n").unwrap();
    let root = tree.path().display().to_string();
    for format in ["text", "markdown"] {
        let told = printed(&["scan", &root, "--format", format]).replace(&root, "TREE");
        insta::assert_snapshot!(format!("scan-nothing-configured-{format}"), told);
    }
    printed(&["snapshot", &root]);
    let accepted = std::fs::read_to_string(tree.path().join("sts-endpoint.snapshot.jsonl")).unwrap();
    insta::assert_snapshot!("snapshot-nothing-configured", accepted);
}

/// Most trees say nothing of the region that they will run in: a move is told for one that has one, too.
#[test]
fn a_move_of_a_tree_that_configures_nothing_assumes_a_region() {
    let tree = repository().join("fixtures/findings/nothing-configured/before").display().to_string();
    insta::assert_snapshot!(
        "migrate-nothing-configured",
        printed(&["migrate", &tree, "--bump", "boto3=1.39.17"]).replace(&tree, "TREE")
    );
}
