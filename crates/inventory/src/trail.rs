//! CloudTrail events of STS -> which SDK, at which release, called which host.
//!
//! ```
//! use sts_endpoint_inventory::trail;
//!
//! let event = br#"{"eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity","awsRegion":"us-east-1",
//!     "userAgent":"Boto3/1.39.17 md/Botocore#1.39.17","tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}"#;
//! let events = trail::read(event).unwrap();
//! assert_eq!(events[0].caller.as_ref().unwrap().to_string(), "boto3@1.39.17");
//! assert_eq!(events[0].host.as_deref(), Some("sts.amazonaws.com"));
//! ```

use serde::Deserialize;
use std::fmt;
use std::io::Read;
use sts_endpoint::{Release, Sdk};

/// The most that a file may hold, unpacked: 512 MiB.
pub const LARGEST_TRAIL: u64 = 512 << 20;

/// Who called, as the user agent tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Caller {
    /// The SDK.
    pub sdk: Sdk,
    /// Its release; `None` where the user agent names another module's release than the one that decides.
    pub release: Option<Release>,
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.release {
            Some(release) => write!(f, "{}@{release}", self.sdk),
            None => write!(f, "{} (release not told)", self.sdk),
        }
    }
}

/// One call of STS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Event {
    /// The operation.
    pub operation: String,
    /// Who called; `None` where the user agent names no SDK of the table.
    pub caller: Option<Caller>,
    /// The user agent.
    pub user_agent: String,
    /// The host that the client named.
    pub host: Option<String>,
    /// Whether the event says that the global endpoint was called.
    pub global: Option<bool>,
    /// The region that recorded the event.
    pub event_region: String,
    /// The region that served the call, where that is told.
    pub serving_region: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawEvent {
    event_source: String,
    #[serde(default)]
    event_name: String,
    #[serde(default)]
    aws_region: String,
    #[serde(default)]
    user_agent: Option<String>,
    #[serde(default)]
    tls_details: Option<TlsDetails>,
    #[serde(default)]
    additional_event_data: Option<AdditionalData>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TlsDetails {
    #[serde(default)]
    client_provided_host_header: Option<String>,
}

#[derive(Deserialize)]
struct AdditionalData {
    #[serde(default, rename = "RequestDetails")]
    request_details: Option<RequestDetails>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestDetails {
    #[serde(default)]
    endpoint_type: Option<String>,
    #[serde(default)]
    aws_serving_region: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Delivered {
    records: Vec<RawEvent>,
}

/// A file that holds no CloudTrail events.
#[derive(Debug)]
#[non_exhaustive]
pub enum TrailError {
    /// The file cannot be unpacked.
    Packed(std::io::Error),
    /// The file is too large.
    TooLarge,
    /// The text is not what CloudTrail delivers.
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
}

impl fmt::Display for TrailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Packed(error) => write!(f, "cannot be unpacked: {error}"),
            Self::TooLarge => write!(f, "holds more than {} MiB; expected less", LARGEST_TRAIL >> 20),
            Self::Json { line, column, what } => {
                write!(f, "{line}:{column}: expected CloudTrail events as JSON: {what}")
            }
        }
    }
}

impl std::error::Error for TrailError {}

/// Reads CloudTrail events as delivered (`{"Records": […]}`, gzip or not), one event, or one event a line. Events of
/// other services are left out.
///
/// # Errors
///
/// [`TrailError`] where the file is none of these.
pub fn read(bytes: &[u8]) -> Result<Vec<Event>, TrailError> {
    let mut unpacked = Vec::new();
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(bytes)
            .take(LARGEST_TRAIL + 1)
            .read_to_end(&mut unpacked)
            .map_err(TrailError::Packed)?;
        if unpacked.len() as u64 > LARGEST_TRAIL {
            return Err(TrailError::TooLarge);
        }
        &unpacked[..]
    } else {
        bytes
    };
    let refuse = |error: serde_json::Error, line: usize| TrailError::Json {
        line: line + error.line(),
        column: error.column(),
        what: error.to_string(),
    };
    let whole = match serde_json::from_slice::<Delivered>(bytes) {
        Ok(delivered) => return Ok(delivered.records.into_iter().filter_map(event).collect()),
        Err(error) => error,
    };
    let mut events = Vec::new();
    for (i, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<RawEvent>(line) {
            Ok(raw) => events.extend(event(raw)),
            // One event over many lines.
            Err(_) if i == 0 => {
                return match serde_json::from_slice::<RawEvent>(bytes) {
                    Ok(raw) => Ok(event(raw).into_iter().collect()),
                    Err(_) => Err(refuse(whole, 0)),
                };
            }
            Err(error) => return Err(refuse(error, i)),
        }
    }
    Ok(events)
}

fn event(raw: RawEvent) -> Option<Event> {
    if raw.event_source != "sts.amazonaws.com" {
        return None;
    }
    let user_agent = raw.user_agent.unwrap_or_default();
    let details = raw.additional_event_data.and_then(|data| data.request_details);
    let (endpoint_type, serving_region) =
        details.map(|details| (details.endpoint_type, details.aws_serving_region)).unwrap_or_default();
    Some(Event {
        operation: raw.event_name,
        caller: caller(&user_agent),
        user_agent,
        host: raw.tls_details.and_then(|details| details.client_provided_host_header),
        global: endpoint_type.map(|kind| kind == "global"),
        event_region: raw.aws_region,
        serving_region,
    })
}

/// Who called, by the user agent. Sources: the user agents that the SDKs send (`boto3/session.py`, aws-cli
/// `clidriver.py`, aws-sdk-go `aws/request`, aws-sdk-java-v2 `UserAgentUtils`, …), as recorded in public CloudTrail samples.
pub fn caller(user_agent: &str) -> Option<Caller> {
    let words = user_agent.split([' ', ';', ',', '[', ']']).filter(|word| !word.is_empty());
    let mut products = words.clone().filter_map(|word| word.split_once('/'));
    let find = |wanted: &str| {
        words.clone().filter_map(|word| word.split_once('/')).find(|(name, _)| *name == wanted)
    };
    let of = |sdk, version: &str| Some(Caller { sdk, release: version.parse().ok() });
    let (name, version) = products.next()?;
    match name {
        "Boto3" => of(Sdk::Boto3, version),
        "Botocore" => Some(Caller { sdk: Sdk::Boto3, release: None }),
        "aws-cli" => {
            let sdk = if version.starts_with("1.") { Sdk::CliV1 } else { Sdk::CliV2 };
            of(sdk, version)
        }
        "aws-sdk-cpp" => of(Sdk::Cpp, version),
        "aws-sdk-go" => of(Sdk::GoV1, version),
        // The number is that of the core module; `config` decides.
        "aws-sdk-go-v2" => Some(Caller { sdk: Sdk::GoV2, release: None }),
        "aws-sdk-java" => {
            let sdk = if version.starts_with("1.") { Sdk::JavaV1 } else { Sdk::JavaV2 };
            of(sdk, version)
        }
        "aws-sdk-kotlin" => of(Sdk::Kotlin, version),
        "aws-sdk-nodejs" => of(Sdk::JsV2, version),
        "aws-sdk-js" if version.starts_with("2.") => of(Sdk::JsV2, version),
        "aws-sdk-js" => of(Sdk::JsV3, version),
        "aws-sdk-php" => of(Sdk::Php, version),
        "aws-sdk-ruby3" => of(Sdk::Ruby, version),
        // The number is that of the runtime; `aws-config` decides.
        "aws-sdk-rust" => Some(Caller { sdk: Sdk::Rust, release: None }),
        "aws-sdk-swift" => of(Sdk::Swift, version),
        "AWSPowerShell" | "AWSPowerShell.NetCore" | "AWSPowerShell.Common" => of(Sdk::Powershell, version),
        _ if name.starts_with("aws-sdk-dotnet") => {
            let core = find("lib").and_then(|(_, lib)| lib.strip_prefix("aws-sdk-dotnet-core#"));
            Some(Caller { sdk: Sdk::Dotnet, release: core.and_then(|core| core.parse().ok()) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const EVENT: &str = r#"{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-west-2","userAgent":"aws-sdk-go/1.44.256 (go1.20; linux; amd64)","tlsDetails":{"clientProvidedHostHeader":"sts.us-west-2.amazonaws.com"},"additionalEventData":{"RequestDetails":{"endpointType":"regional","awsServingRegion":"us-west-2"}}}"#;

    #[test]
    fn events_as_delivered_packed_and_line_by_line() {
        let delivered = format!("{{\"Records\":[{EVENT},{{\"eventSource\":\"s3.amazonaws.com\"}}]}}");
        assert_eq!(read(delivered.as_bytes()).unwrap().len(), 1);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(delivered.as_bytes()).unwrap();
        assert_eq!(read(&packed.finish().unwrap()).unwrap().len(), 1);
        let lines = format!("{EVENT}\n\n{EVENT}\n");
        let events = read(lines.as_bytes()).unwrap();
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].caller.unwrap().to_string(), "go-v1@1.44.256");
        assert_eq!(events[0].global, Some(false));
    }

    #[test]
    fn what_is_no_trail_is_placed() {
        let error = read(format!("{EVENT}\n{{\"eventSource\":\n").as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("2:15: expected CloudTrail events"), "{error}");
        assert!(read(b"[]").is_err());
        assert!(matches!(read(&[0x1f, 0x8b, 0]), Err(TrailError::Packed(_))));
    }

    #[test]
    fn user_agents_name_sdks() {
        let said = |agent| caller(agent).map(|caller| caller.to_string()).unwrap_or_default();
        assert_eq!(said("Boto3/1.39.17 md/Botocore#1.39.17 ua/2.1 os/linux"), "boto3@1.39.17");
        assert_eq!(said("aws-cli/1.42.0 Python/3.11 Linux"), "cli-v1@1.42.0");
        assert_eq!(said("aws-cli/2.15.62 md/awscrt#0.19"), "cli-v2@2.15.62");
        assert_eq!(said("aws-sdk-java/2.29.52 md/io#sync"), "java-v2@2.29.52");
        assert_eq!(said("aws-sdk-go-v2/1.30.1 os/linux lang/go#1.22"), "go-v2 (release not told)");
        assert_eq!(
            said("aws-sdk-dotnet-coreclr/3.7.401.89 ua/2.1 lib/aws-sdk-dotnet-core#3.7.402.46"),
            "dotnet@3.7.402.46"
        );
        assert_eq!(said("cloudformation.amazonaws.com"), "");
    }
}
