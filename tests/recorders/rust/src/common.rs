//! What both recorders need: the scenario, the requests that were caught, the outcome line.

use serde_json::{json, Value};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

/// A request that the SDK was about to send.
#[derive(Debug, Clone)]
pub struct Seen {
    pub url: String,
    pub authorization: Option<String>,
}

/// The requests of a run, in their order.
#[derive(Debug, Clone, Default)]
pub struct Log(pub Arc<Mutex<Vec<Seen>>>);

impl Log {
    pub fn push(&self, url: &str, authorization: Option<&str>) {
        let seen = Seen { url: url.to_owned(), authorization: authorization.map(str::to_owned) };
        self.0.lock().unwrap().push(seen);
    }
}

/// The scenario on standard input.
pub fn scenario() -> Value {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("a scenario on standard input");
    serde_json::from_str(&text).expect("a scenario in JSON")
}

/// Where the fake instance metadata service is, if the scenario has one.
fn metadata_service() -> Option<String> {
    std::env::var("STS_RECORDER_IMDS").ok()
}

/// Whether a request is for instance or container metadata, not for STS.
pub fn is_metadata(url: &str) -> bool {
    url.contains("://169.254.") || metadata_service().is_some_and(|service| url.starts_with(&service))
}

/// What the fake instance metadata service answers: status, the token's time to live, body. Without one, nothing is there.
pub fn ask_metadata(method: &str, url: &str) -> (u16, Option<String>, String) {
    let Some(service) = metadata_service() else { return (404, None, String::new()) };
    let host = service.trim_start_matches("http://");
    let path = url.splitn(4, '/').nth(3).unwrap_or("");
    let asked = format!(
        "{method} /{path} HTTP/1.0\r\nHost: {host}\r\nX-Aws-Ec2-Metadata-Token: token\r\n\
         {TOKEN_TTL}: 21600\r\nContent-Length: 0\r\n\r\n"
    );
    let mut answer = String::new();
    let mut stream = TcpStream::connect(host).expect("the fake metadata service");
    stream.write_all(asked.as_bytes()).expect("the fake metadata service takes a request");
    stream.read_to_string(&mut answer).expect("the fake metadata service answers");
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let ttl = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case(TOKEN_TTL).then(|| value.trim().to_owned())
    });
    (status, ttl, body.to_owned())
}

/// The header that a metadata token comes with.
pub const TOKEN_TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";

/// A canned answer of STS, so that no retry starts.
pub fn sts_answer(operation: &str) -> String {
    format!(
        r#"<{operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{operation}Result><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2040-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/demo/x</Arn></AssumedRoleUser></{operation}Result></{operation}Response>"#
    )
}

/// The operation of a request's body.
pub fn operation_in(body: Option<&[u8]>) -> &'static str {
    let web = body.is_some_and(|body| String::from_utf8_lossy(body).contains("AssumeRoleWithWebIdentity"));
    if web { "AssumeRoleWithWebIdentity" } else { "AssumeRole" }
}

/// The region of a SigV4 credential scope.
fn signing_region(authorization: &str) -> Option<&str> {
    let (_, credential) = authorization.split_once("Credential=")?;
    let credential = credential.split(", SignedHeaders").next()?;
    credential.strip_suffix("/sts/aws4_request")?.splitn(3, '/').nth(2)
}

/// The table of categories, by the words of the error.
fn category(message: &str) -> &'static str {
    const WORDS: [(&str, &[&str]); 7] = [
        (
            "missing-region",
            &[
                "missing region",
                "missing signing region",
                "no region",
                "region is required",
                "no signing region",
                "missing: `region`",
            ],
        ),
        ("invalid-region", &["valid host label"]),
        ("unsupported-variant", &["does not support", "are not supported"]),
        ("profile-not-found", &["was not defined"]),
        ("config-parse", &["error parsing", "could not parse profile", "invalid profile"]),
        (
            "invalid-endpoint",
            &["url was unset", "invalid uri", "invalid format", "construct uri", "invalid authority", "endpoint"],
        ),
        (
            "missing-credentials",
            &["no credentials", "no providers in chain", "provider was not enabled", "loading credentials"],
        ),
    ];
    let message = message.to_ascii_lowercase();
    let found = WORDS.iter().find(|(_, words)| words.iter().any(|word| message.contains(word)));
    found.map_or("other", |(category, _)| category)
}

/// An error's outcome.
pub fn error(type_: &str, message: &str) -> Value {
    json!({"kind": "error", "category": category(message), "type": type_, "message": message})
}

/// The outcome of an option, operation or entry that the SDK does not have.
pub fn not_applicable(why: &str) -> Value {
    json!({"kind": "not-applicable", "why": why})
}

/// The first request for STS, or else the error that the call ended in: its type and message.
pub fn outcome(log: &Log, failed: Option<(String, String)>) -> Value {
    let seen = log.0.lock().unwrap();
    match (seen.iter().find(|seen| !is_metadata(&seen.url)), failed) {
        (Some(seen), _) => json!({
            "kind": "request",
            "url": seen.url.split('?').next(),
            "signing_region": seen.authorization.as_deref().and_then(signing_region),
        }),
        (None, Some((type_, message))) => error(&type_, &message),
        (None, None) => {
            json!({"kind": "error", "category": "other", "type": "none", "message": "call returned without a request"})
        }
    }
}

/// An error and its causes in one line, outermost first.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// Environment variables of static keys.
const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/// Static keys in the environment would win over the profile. So they are taken out, and put back the moment the credential
/// chain has passed over its environment step (its own trace event tells): the unmodified chain goes on to the profile, whose
/// `credential_source = Environment` finds them.
pub struct KeysAfterEnvironmentStep(Vec<(&'static str, String)>);

impl KeysAfterEnvironmentStep {
    pub fn install() {
        let kept = KEYS.iter().filter_map(|name| Some((*name, std::env::var(name).ok()?))).collect();
        for name in KEYS {
            std::env::remove_var(name);
        }
        tracing::subscriber::set_global_default(Self(kept)).expect("the first subscriber");
    }
}

impl tracing::Subscriber for KeysAfterEnvironmentStep {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        if event.metadata().target().starts_with("aws_config::meta::credentials::chain") {
            for (name, value) in &self.0 {
                std::env::set_var(name, value);
            }
        }
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

/// Runs the recorder and prints its outcome; a panic of the SDK is an outcome too.
pub fn main(record: impl FnOnce(&Value) -> Value + std::panic::UnwindSafe) {
    let scenario = scenario();
    let panicked = Arc::new(Mutex::new(None));
    let place = panicked.clone();
    std::panic::set_hook(Box::new(move |info| {
        let payload = info.payload();
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        let file = info.location().map_or("", |location| location.file()).to_owned();
        *place.lock().unwrap() = Some((file, text));
    }));
    let outcome = std::panic::catch_unwind(|| record(&scenario)).unwrap_or_else(|_| {
        let (file, text) = panicked.lock().unwrap().take().unwrap_or_default();
        // A panic of the recorder's own is no outcome of the SDK.
        if file.starts_with("src/") || text.contains("No HTTP connector was available") {
            eprintln!("{file}: {text}");
            std::process::exit(1);
        }
        let message = text.lines().collect::<Vec<_>>().join(" ");
        let mut outcome = error("panic", message.trim());
        if outcome["category"] == "missing-credentials" {
            outcome["category"] = json!("other");
        }
        outcome
    });
    println!("{outcome}");
}
