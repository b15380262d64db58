//! The front door with a runner made of shell: no SDK, no network, no tool chain.
#![cfg(unix)]

use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// Answers by the region variable, by instance metadata, with an error, or not at all, as the scenario's id says.
const RUN: &str = r#"#!/bin/sh
read -r scenario
case "$scenario" in
*'"id":"error"'*)
    printf '{"kind":"error","category":"config-parse","type":"ParseError","message":"%s: cannot be parsed"}\n' "$AWS_CONFIG_FILE" ;;
*'"id":"fails"'*) echo 'nothing caught' >&2; exit 3 ;;
*'"id":"hangs"'*) sleep 60 ;;
*)
    host=sts.$AWS_REGION.amazonaws.com
    if [ "$(cat "$1/installed")" = 1.0.0 ]; then host=sts.amazonaws.com; fi
    printf '{"kind":"request","url":"https://%s/","signing_region":"%s"}\n' "$host" "$AWS_REGION" ;;
esac
"#;

/// The same, waiting for scenarios; the environment is the one that the front door sends.
const FORKING: &str = r#"#!/bin/sh
[ "$2" = fork ] || exit 9
while read -r request; do
    case "$request" in
    *'"id":"fails"'*) echo '{"failed":"nothing caught"}' ;;
    *'"id":"hangs"'*) sleep 60 ;;
    *'"id":"dies"'*) exit 3 ;;
    *'"AWS_ACCESS_KEY_ID":"AKIDEXAMPLE"'*'"AWS_REGION":"us-west-2"'*)
        echo '{"outcome":{"kind":"request","url":"https://sts.us-west-2.amazonaws.com/","signing_region":"us-west-2"}}' ;;
    esac
done
"#;

const SETUP: &str = "#!/bin/sh\n[ \"$1\" != 9.9.9 ] || { echo 'no such release'; exit 1; }\nprintf %s \"$1\" > \"$2/installed\"\n";

struct Place {
    root: tempfile::TempDir,
}

impl Place {
    fn new(manifest: &str, ids: &[&str]) -> Self {
        let place = Self { root: tempfile::tempdir().unwrap() };
        let runner = place.root.path().join("runners/boto3");
        std::fs::create_dir_all(&runner).unwrap();
        std::fs::create_dir_all(place.root.path().join("recordings")).unwrap();
        std::fs::write(runner.join("recorder.toml"), manifest).unwrap();
        for (name, text) in [("run", RUN), ("setup", SETUP)] {
            std::fs::write(runner.join(name), text).unwrap();
            std::fs::set_permissions(runner.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let scenarios: Vec<String> = ids
            .iter()
            .map(|id| {
                json!({"id": id, "group": "core", "entry": "client", "operation": "GetCallerIdentity",
                       "env": {"AWS_REGION": "us-west-2"}, "config": "[", "credentials": null, "code": {}})
                .to_string()
            })
            .collect();
        place.write("recordings/scenarios.jsonl", &(scenarios.join("\n") + "\n"));
        place.write("recordings/releases.json", "{}");
        place
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn rows(&self) -> Vec<Value> {
        self.read("recordings/boto3.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_sts-endpoint-recorders"))
            .args(["--cache", "cache", "--recordings", "recordings", "--runners", "runners"])
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.code().unwrap(), text)
    }
}

fn request(host: &str) -> Value {
    json!({"kind": "request", "url": format!("https://{host}/"), "signing_region": "us-west-2"})
}

#[test]
fn releases_are_recorded_merged_and_checked() {
    let place = Place::new("tools = ['sh']\nnewest = 'echo 3.0.0'\n", &["plain", "error"]);
    let (status, text) = place.run(&["boto3@3.0.0"]);
    assert_eq!(status, 0, "{text}");
    let (status, text) = place.run(&["boto3@1.0.0", "boto3@2.0.0"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("boto3: 1 scenarios change from 1.0.0 to 3.0.0"), "{text}");
    assert!(text.contains("boto3: nothing changes from 2.0.0 to 3.0.0"), "{text}");
    assert!(text.contains("+ https://sts.{region}.amazonaws.com/ signed for that region"), "{text}");
    let error = json!({"kind": "error", "category": "config-parse", "type": "ParseError",
                       "message": "$CONFIG_FILE: cannot be parsed"});
    assert_eq!(
        place.rows(),
        [
            json!({"scenario": "plain", "outcomes": [
                {"releases": ["1.0.0"], "outcome": request("sts.amazonaws.com")},
                {"releases": ["2.0.0..3.0.0"], "outcome": request("sts.us-west-2.amazonaws.com")}]}),
            json!({"scenario": "error", "outcomes": [{"releases": ["1.0.0..3.0.0"], "outcome": error}]}),
        ]
    );
    let releases: Value = serde_json::from_str(&place.read("recordings/releases.json")).unwrap();
    assert_eq!(releases, json!({"boto3": ["1.0.0", "2.0.0", "3.0.0"]}));

    let (status, text) = place.run(&["--check", "--all-newest"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("boto3@3.0.0, suite main: 2 of 2 outcomes as recorded"), "{text}");

    let kept = place.read("recordings/boto3.jsonl");
    place.write("recordings/boto3.jsonl", &kept.replace("cannot be parsed", "unreadable"));
    let (status, text) = place.run(&["--check", "boto3@2.0.0"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("1 of 2 outcomes as recorded"), "{text}");
    assert!(text.contains("$CONFIG_FILE: unreadable") && text.contains("$CONFIG_FILE: cannot be"), "{text}");
    assert!(place.read("recordings/boto3.jsonl").contains("unreadable"), "a check writes nothing");
}

#[test]
fn a_release_that_is_not_recorded_is_checked_against_the_one_before() {
    let place = Place::new("", &["plain"]);
    assert_eq!(place.run(&["boto3@1.0.0"]).0, 0);
    let (status, text) = place.run(&["--check", "boto3@2.0.0"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("boto3@2.0.0 is not recorded") && text.contains("1 scenarios change"), "{text}");
    assert_eq!(place.run(&["boto3@2.0.0"]).0, 0);
    assert_eq!(place.run(&["--check", "boto3@2.1.0"]).0, 0, "nothing changes");
}

#[test]
fn what_a_recorder_fails_on_is_told_and_not_recorded() {
    let place = Place::new("", &["plain", "fails", "hangs"]);
    let (status, text) = place.run(&["--limit", "1", "boto3@1.0.0"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("2 scenarios could not be recorded"), "{text}");
    assert!(text.contains("nothing caught") && text.contains("took longer than 1 s"), "{text}");
    let rows = place.rows();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["scenario"], "plain");
}

#[test]
fn a_runner_may_fork_for_each_scenario() {
    let place = Place::new("forks = true", &["plain", "fails", "hangs", "second", "dies", "third"]);
    std::fs::write(place.path().join("runners/boto3/run"), FORKING).unwrap();
    let (status, text) = place.run(&["--limit", "1", "--jobs", "1", "boto3@1.0.0"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("3 scenarios could not be recorded"), "{text}");
    for why in ["fails: nothing caught", "hangs: took longer than 1 s", "dies: the runner ended"] {
        assert!(text.contains(why), "{text}");
    }
    let rows = place.rows();
    let recorded: Vec<&str> = rows.iter().filter_map(|row| row["scenario"].as_str()).collect();
    assert_eq!(recorded, ["plain", "second", "third"]);
    assert_eq!(rows[1]["outcomes"][0]["outcome"], request("sts.us-west-2.amazonaws.com"));
}

#[test]
fn parts_can_be_run_and_printed() {
    let place = Place::new("", &["plain", "other", "third"]);
    let (status, text) = place.run(&["--print", "--only", "plain", "boto3@1.0.0"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains(r#""scenario":"plain""#) && !text.contains(r#""scenario":"other""#), "{text}");
    assert!(!place.path().join("recordings/boto3.jsonl").exists());
    let (status, text) = place.run(&["--print", "--sample", "2", "boto3@1.0.0"]);
    assert_eq!((status, text.matches(r#""kind":"request""#).count()), (0, 2), "{text}");
    let (status, text) = place.run(&["--sample", "2", "boto3@1.0.0"]);
    assert_eq!(status, 2, "{text}");
}

#[test]
fn an_sdk_that_the_machine_cannot_have_is_left_out_of_all_but_not_when_named() {
    let place = Place::new("newest = 'echo none'", &["plain"]);
    let (status, text) = place.run(&["--check", "--all-newest"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("boto3: left out, this machine can have no release"), "{text}");
    let (status, text) = place.run(&["--check", "boto3@newest"]);
    assert_eq!(status, 2, "{text}");
    // A command that prints nothing has failed: a registry that does not answer is no reason to be content.
    let place = Place::new("newest = 'true'", &["plain"]);
    let (status, text) = place.run(&["--check", "--all-newest"]);
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("could not be asked for its newest release"), "{text}");
}

#[test]
fn what_cannot_run_says_why() {
    let place = Place::new("tools = ['sh', 'cobol-compiler']\n", &["plain"]);
    let (status, text) = place.run(&["boto3@1.0.0"]);
    assert_eq!(status, 2);
    assert!(text.contains("the runner of boto3 needs cobol-compiler on PATH"), "{text}");
    let (status, text) = place.run(&["--list"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("needs cobol-compiler"), "{text}");
    let (status, text) = place.run(&["ruby@1.0.0"]);
    assert_eq!(status, 2);
    assert!(text.contains("ruby has no runner here"), "{text}");
    let place = Place::new("", &["plain"]);
    let (status, text) = place.run(&["boto3@9.9.9"]);
    assert_eq!(status, 2);
    assert!(text.contains("boto3@9.9.9 cannot be installed") && text.contains("no such release"), "{text}");
}
