//! What an SDK sees while it runs a scenario: a folder of its own, and an environment made from nothing.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;

/// What the front door has to know of a scenario; the rest is the runner's.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Scenario {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) group: String,
    pub(crate) entry: String,
    #[serde(default)]
    env: BTreeMap<String, String>,
    config: Option<String>,
    credentials: Option<String>,
    pub(crate) imds_region: Option<String>,
    #[serde(default)]
    no_static: bool,
}

/// Where the profile files stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilePlace {
    /// Beside the home folder, named by `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`.
    Named,
    /// In `~/.aws`, and no variable names them.
    Home,
}

/// The folder of one scenario.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    files: FilePlace,
}

impl Folder {
    pub(crate) fn new(root: PathBuf, files: FilePlace) -> Self {
        Self { root, files }
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.root.join("home")
    }

    fn config(&self) -> PathBuf {
        match self.files {
            FilePlace::Named => self.root.join("config"),
            FilePlace::Home => self.home().join(".aws/config"),
        }
    }

    fn credentials(&self) -> PathBuf {
        match self.files {
            FilePlace::Named => self.root.join("credentials"),
            FilePlace::Home => self.home().join(".aws/credentials"),
        }
    }

    fn token(&self) -> PathBuf {
        self.root.join("token")
    }

    fn scratch(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// Makes the folders and writes the files: the token, and the profile files that the scenario has.
    pub(crate) fn prepare(&self, scenario: &Scenario) -> io::Result<()> {
        std::fs::create_dir_all(self.home())?;
        std::fs::create_dir_all(self.scratch())?;
        std::fs::write(self.token(), "token-token")?;
        for (text, path) in [(&scenario.config, self.config()), (&scenario.credentials, self.credentials())] {
            let Some(text) = text else { continue };
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, self.specific(text))?;
        }
        Ok(())
    }

    /// The text with the paths that `$TOKEN_FILE` and its like stand for.
    pub(crate) fn specific(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // `$CONFIG` is how the suite `jvm` writes it, so it comes after the longer name.
        for (name, path) in [
            ("$TOKEN_FILE", self.token()),
            ("$CONFIG_FILE", self.config()),
            ("$CREDENTIALS_FILE", self.credentials()),
            ("$CONFIG", self.config()),
        ] {
            if text.contains(name) {
                text = text.replace(name, &path.to_string_lossy());
            }
        }
        text
    }

    /// The text with placeholders for this folder's paths.
    pub(crate) fn general(&self, text: &str, placeholders: &Placeholders) -> String {
        let mut text = text.to_owned();
        for (path, name) in [
            (self.config(), placeholders.config.as_str()),
            (self.credentials(), placeholders.credentials.as_str()),
            (self.token(), placeholders.token.as_str()),
            (self.root.clone(), "$DIR"),
        ] {
            text = text.replace(&*path.to_string_lossy(), name);
        }
        text
    }

    /// The environment of the run. `path` is the caller's `PATH`, `metadata` the address of the fake instance metadata
    /// service, where the scenario has one.
    pub(crate) fn environment(
        &self,
        scenario: &Scenario,
        path: &OsStr,
        metadata: Option<&str>,
    ) -> BTreeMap<String, OsString> {
        let mut env: BTreeMap<String, OsString> = BTreeMap::new();
        let mut set = |name: &str, value: OsString| env.insert(name.to_owned(), value);
        set("PATH", path.to_owned());
        set("HOME", self.home().into());
        set("TMPDIR", self.scratch().into());
        if self.files == FilePlace::Named {
            set("AWS_CONFIG_FILE", self.config().into());
            set("AWS_SHARED_CREDENTIALS_FILE", self.credentials().into());
        }
        match metadata {
            Some(address) => {
                set("AWS_EC2_METADATA_SERVICE_ENDPOINT", address.into());
                set("STS_RECORDER_IMDS", address.into());
            }
            None => {
                set("AWS_EC2_METADATA_DISABLED", "true".into());
            }
        }
        if !scenario.no_static && !scenario.entry.starts_with("web-identity") {
            set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE".into());
            set("AWS_SECRET_ACCESS_KEY", "secretEXAMPLE".into());
        }
        if scenario.entry == "web-identity-env" {
            set("AWS_WEB_IDENTITY_TOKEN_FILE", self.token().into());
            set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/demo".into());
        }
        for (name, value) in &scenario.env {
            set(name, self.specific(value).into());
        }
        env
    }

    /// The scenario as the runner gets it: system properties under one name, paths in them filled in.
    pub(crate) fn for_runner(&self, scenario: &Value) -> Value {
        let mut scenario = scenario.clone();
        if let Some(object) = scenario.as_object_mut() {
            if let Some(properties) = object.remove("sysprops") {
                object.insert("properties".into(), properties);
            }
            for field in ["properties", "env"] {
                if let Some(Value::Object(values)) = object.get_mut(field) {
                    for value in values.values_mut() {
                        if let Value::String(text) = value {
                            *text = self.specific(text);
                        }
                    }
                }
            }
        }
        scenario
    }
}

/// What stands for the scenario's paths in a recorded message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Placeholders {
    config: String,
    credentials: String,
    token: String,
}

impl Default for Placeholders {
    fn default() -> Self {
        Self {
            config: "$CONFIG_FILE".into(),
            credentials: "$CREDENTIALS_FILE".into(),
            token: "$TOKEN_FILE".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn scenario(value: Value) -> Scenario {
        serde_json::from_value(value).unwrap()
    }

    fn environment(scenario: &Scenario, metadata: Option<&str>) -> BTreeMap<String, String> {
        Folder::new("/d".into(), FilePlace::Named)
            .environment(scenario, OsStr::new("/bin"), metadata)
            .into_iter()
            .map(|(name, value)| (name, value.into_string().unwrap()))
            .collect()
    }

    fn expected(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    #[test]
    fn a_client_has_static_keys_and_no_metadata() {
        let scenario = scenario(json!({"id": "a", "entry": "client", "env": {"AWS_REGION": "us-west-2"}}));
        assert_eq!(
            environment(&scenario, None),
            expected(&[
                ("PATH", "/bin"),
                ("HOME", "/d/home"),
                ("TMPDIR", "/d/tmp"),
                ("AWS_CONFIG_FILE", "/d/config"),
                ("AWS_SHARED_CREDENTIALS_FILE", "/d/credentials"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
                ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
                ("AWS_SECRET_ACCESS_KEY", "secretEXAMPLE"),
                ("AWS_REGION", "us-west-2"),
            ])
        );
    }

    #[test]
    fn web_identity_has_its_token_instead_of_keys() {
        let env = environment(&scenario(json!({"id": "a", "entry": "web-identity-env"})), None);
        assert_eq!(env["AWS_WEB_IDENTITY_TOKEN_FILE"], "/d/token");
        assert_eq!(env["AWS_ROLE_ARN"], "arn:aws:iam::123456789012:role/demo");
        assert!(!env.contains_key("AWS_ACCESS_KEY_ID"));
        let env = environment(&scenario(json!({"id": "a", "entry": "web-identity-profile"})), None);
        assert!(!env.contains_key("AWS_WEB_IDENTITY_TOKEN_FILE") && !env.contains_key("AWS_ACCESS_KEY_ID"));
    }

    #[test]
    fn no_static_takes_the_keys_away() {
        let env = environment(&scenario(json!({"id": "a", "entry": "client", "no_static": true})), None);
        assert!(!env.contains_key("AWS_ACCESS_KEY_ID") && !env.contains_key("AWS_SECRET_ACCESS_KEY"));
    }

    #[test]
    fn metadata_is_named_or_switched_off_and_the_scenario_has_the_last_word() {
        let address = "http://127.0.0.1:4";
        let scenario = scenario(
            json!({"id": "a", "entry": "client", "env": {"AWS_EC2_METADATA_DISABLED": "True"}, "imds_region": "x"}),
        );
        let env = environment(&scenario, Some(address));
        assert_eq!(env["AWS_EC2_METADATA_SERVICE_ENDPOINT"], address);
        assert_eq!(env["STS_RECORDER_IMDS"], address);
        assert_eq!(env["AWS_EC2_METADATA_DISABLED"], "True");
    }

    #[test]
    fn files_are_written_where_the_environment_says() {
        let scenario = scenario(
            json!({"id": "a", "entry": "client", "config": "t = $TOKEN_FILE\n", "credentials": null,
                   "env": {"AWS_CREDENTIAL_PROFILES_FILE": "$CONFIG"}}),
        );
        for (files, config) in [(FilePlace::Named, "config"), (FilePlace::Home, "home/.aws/config")] {
            let root = tempfile::tempdir().unwrap();
            let folder = Folder::new(root.path().into(), files);
            folder.prepare(&scenario).unwrap();
            let written = std::fs::read_to_string(root.path().join(config)).unwrap();
            assert_eq!(written, format!("t = {}\n", root.path().join("token").display()));
            assert!(!folder.credentials().exists());
            let env = folder.environment(&scenario, OsStr::new(""), None);
            assert_eq!(env.contains_key("AWS_CONFIG_FILE"), files == FilePlace::Named);
            assert_eq!(env["AWS_CREDENTIAL_PROFILES_FILE"], root.path().join(config));
        }
    }

    #[test]
    fn messages_name_no_temporary_path() {
        let folder = Folder::new("/d".into(), FilePlace::Named);
        let text = "/d/config, /d/credentials, /d/token, /d/home/.aws";
        assert_eq!(
            folder.general(text, &Placeholders::default()),
            "$CONFIG_FILE, $CREDENTIALS_FILE, $TOKEN_FILE, $DIR/home/.aws"
        );
        let own = Placeholders { config: "$DIR/config".into(), ..Placeholders::default() };
        assert_eq!(folder.general("/d/config", &own), "$DIR/config");
    }

    #[test]
    fn the_runner_gets_properties_under_one_name() {
        let folder = Folder::new("/d".into(), FilePlace::Named);
        let scenario = json!({"id": "a", "sysprops": {"aws.configFile": "$CONFIG_FILE"}, "env": {"A": "b"}});
        assert_eq!(
            folder.for_runner(&scenario),
            json!({"id": "a", "properties": {"aws.configFile": "/d/config"}, "env": {"A": "b"}})
        );
    }
}
