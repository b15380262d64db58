//! What may be asked.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use sts_endpoint::scenario::{Entry, Operation};
use sts_endpoint_inventory::findings::Level;

/// Which AWS STS endpoint will each SDK call, and what changes when you move between releases?
///
/// Nothing is ever sent: the answers come from emulators of the SDKs.
#[derive(Debug, Parser)]
#[command(name = "sts-endpoint", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Every SDK under one configuration (by default: this process's variables and ~/.aws files)
    Matrix(Matrix),
    /// One answer, with the reason
    Resolve(Resolve),
    /// Every value that was looked for, where, what was found, what was ignored and why
    Explain(Explain),
    /// What changes between two policies, and what follows from it
    Diff(Diff),
    /// The history between two releases, sourced
    Changes(Changes),
    /// Where releases leave the documented table
    Quirks(Quirks),
    /// SDKs, releases and settings in a source tree, and what each workload will call
    Scan(Scan),
    /// Two trees, two lock files, or one with --bump: which workloads change, and how
    Migrate(Migrate),
    /// Host names and VPC endpoint services that a tree's workloads need, before and after
    Allowlist(Allowlist),
    /// CloudTrail events: what was really called, against what is predicted
    Trail(Trail),
    /// Write accepted outcomes of a tree into it, or check against them
    Snapshot(Snapshot),
    /// SDKs, releases, editions, evidence
    List(List),
    /// Scenarios from standard input, one JSON object a line, to outcome records on standard output
    Batch(Batch),
    /// A completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page
    Man,
}

/// What the SDKs would see. Without any flag: this process's AWS variables and `~/.aws` files.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct Configuration {
    /// The region given in code to the client
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// The endpoint override given in code to the client
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,
    /// The operation called [default: GetCallerIdentity, or the provider's own]
    #[arg(long, value_name = "NAME")]
    pub(crate) operation: Option<Operation>,
    /// Who makes the call: client, profile-assume-role, web-identity-env or web-identity-profile
    #[arg(long, value_name = "ENTRY")]
    pub(crate) entry: Option<Entry>,
    /// An environment variable (repeatable)
    #[arg(long = "env", value_name = "NAME=TEXT")]
    pub(crate) env: Vec<String>,
    /// A file of environment variables, NAME=TEXT a line
    #[arg(long, value_name = "FILE")]
    pub(crate) env_file: Option<PathBuf>,
    /// The shared config file [default: $AWS_CONFIG_FILE, ~/.aws/config]
    #[arg(long, value_name = "FILE")]
    pub(crate) config_file: Option<PathBuf>,
    /// The shared credentials file [default: $AWS_SHARED_CREDENTIALS_FILE, ~/.aws/credentials]
    #[arg(long, value_name = "FILE")]
    pub(crate) credentials_file: Option<PathBuf>,
    /// The profile: sets AWS_PROFILE
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// legacy or regional: sets AWS_STS_REGIONAL_ENDPOINTS
    #[arg(long, value_name = "SETTING")]
    pub(crate) setting: Option<String>,
    /// Sets AWS_USE_FIPS_ENDPOINT=true
    #[arg(long)]
    pub(crate) fips: bool,
    /// Sets AWS_USE_DUALSTACK_ENDPOINT=true
    #[arg(long)]
    pub(crate) dualstack: bool,
    /// The region that instance metadata offers
    #[arg(long, value_name = "REGION")]
    pub(crate) imds_region: Option<String>,
    /// Start from nothing: no variables of this process, no files but those named here
    #[arg(long)]
    pub(crate) no_env: bool,
    /// A scenario as JSON; takes the place of this process's variables and files
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// A Markdown table
    Markdown,
    /// A self-contained page
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct Matrix {
    /// A policy to show instead of every SDK's newest release (repeatable)
    #[arg(long = "policy", value_name = "POLICY")]
    pub(crate) policies: Vec<String>,
    /// Show every SDK as an edition of AWS's table has it: docs-2024, docs-2025, docs
    #[arg(long, value_name = "EDITION", conflicts_with = "policies")]
    pub(crate) edition: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

#[derive(Debug, Args)]
pub(crate) struct Resolve {
    /// SDK@RELEASE, SDK@latest, SDK@docs-2024, SDK@docs
    pub(crate) policy: String,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// SDK@RELEASE, SDK@latest, SDK@docs-2024, SDK@docs
    pub(crate) policy: String,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

/// How a comparison is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// Fits a pull request's comment
    Markdown,
    /// Annotations of a GitHub workflow
    Github,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The policy before: SDK@RELEASE, SDK@latest, SDK@docs-2024, SDK@docs
    pub(crate) before: String,
    /// The policy after
    pub(crate) after: String,
    /// Compare over a file of scenarios, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) scenarios: Option<PathBuf>,
    /// Compare over this process's variables and files (implied by any flag of the configuration); without this and
    /// without a configuration, the comparison is over a built-in set of telling ones
    #[arg(long)]
    pub(crate) here: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// The SDK
    pub(crate) sdk: String,
    /// The release to start behind [default: the first known]
    #[arg(long, value_name = "RELEASE")]
    pub(crate) from: Option<String>,
    /// The last release [default: the newest known]
    #[arg(long, value_name = "RELEASE")]
    pub(crate) to: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Quirks {
    /// An SDK [default: all]
    pub(crate) sdk: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people, with the lines that findings are about
    #[default]
    Text,
    /// One line a finding
    Concise,
    /// One JSON object a line: calls, then findings
    Jsonl,
    /// Fits a pull request's comment
    Markdown,
    /// SARIF 2.1.0
    Sarif,
    /// JUnit XML
    Junit,
    /// Annotations of a GitHub workflow
    Github,
    /// GitLab code quality
    Gitlab,
    /// A self-contained page
    Html,
}

/// How bad a finding has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LeastLevel {
    Error,
    Warning,
    Note,
}

impl LeastLevel {
    /// Whether a finding of a level is bad enough.
    pub(crate) fn takes(self, level: Level) -> bool {
        level
            <= match self {
                Self::Error => Level::Error,
                Self::Warning => Level::Warning,
                Self::Note => Level::Note,
            }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Scan {
    /// Source trees, or single lock files
    #[arg(default_value = ".")]
    pub(crate) roots: Vec<PathBuf>,
    /// Explain a finding by its id, or list all with `--explain all`
    #[arg(long, value_name = "ID", exclusive = true)]
    pub(crate) explain: Option<String>,
    /// Tell only these findings (repeatable)
    #[arg(long, value_name = "ID")]
    pub(crate) select: Vec<String>,
    /// Do not tell these findings (repeatable)
    #[arg(long, value_name = "ID")]
    pub(crate) ignore: Vec<String>,
    /// Tell findings of at least this level
    #[arg(long, value_enum, default_value = "note")]
    pub(crate) level: LeastLevel,
    /// Exit with status 1 when there is a finding of at least this level
    #[arg(long, value_enum, default_value = "warning")]
    pub(crate) fail_on: LeastLevel,
    /// The mapping of workloads [default: sts-endpoint.toml in the tree]
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReportFormat,
}

/// What a move is steered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SteerTarget {
    /// Every call goes to a regional endpoint
    Regional,
    /// No call depends on us-east-1
    #[value(name = "no-us-east-1")]
    NoUsEast1,
}

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// The tree or lock file as it is
    pub(crate) old: PathBuf,
    /// The tree or lock file as it will be [default: the old one, with --bump]
    pub(crate) new: Option<PathBuf>,
    /// A move of one SDK to another release, or of one SDK to another: boto3=1.40.0, java-v1=java-v2@latest (repeatable)
    #[arg(long, value_name = "SDK=POLICY")]
    pub(crate) bump: Vec<String>,
    /// Also plan the smallest change of settings that reaches a target
    #[arg(long, value_enum)]
    pub(crate) target: Option<SteerTarget>,
    /// The region that a plan may set where none is configured, and that is assumed where the tree configures nothing
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// The mapping of workloads [default: sts-endpoint.toml in the tree]
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
}

/// How names are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum NamesFormat {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// Locals of a Terraform module
    Terraform,
}

#[derive(Debug, Args)]
pub(crate) struct Allowlist {
    /// The tree or lock file as it is
    #[arg(default_value = ".")]
    pub(crate) old: PathBuf,
    /// The tree or lock file as it will be [default: the old one, with --bump]
    pub(crate) new: Option<PathBuf>,
    /// A move of one SDK to another release, or of one SDK to another (repeatable)
    #[arg(long, value_name = "SDK=POLICY")]
    pub(crate) bump: Vec<String>,
    /// The mapping of workloads [default: sts-endpoint.toml in the tree]
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: NamesFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Trail {
    /// CloudTrail files as delivered: JSON, JSON lines, gzip
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// A move of one SDK to another release, or of one SDK to another (repeatable)
    #[arg(long, value_name = "SDK=POLICY")]
    pub(crate) bump: Vec<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Snapshot {
    /// The tree
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
    /// Check against the accepted outcomes instead of writing them: exit status 1 where something has drifted
    #[arg(long)]
    pub(crate) check: bool,
    /// The file of accepted outcomes [default: sts-endpoint.snapshot.jsonl in the tree]
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The mapping of workloads [default: sts-endpoint.toml in the tree]
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// An SDK: list its releases and where its history comes from
    pub(crate) sdk: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// A policy that answers each scenario (repeatable); SDK@recorded is every recorded release of an SDK, and `all`
    /// every SDK: all@latest, all@recorded
    #[arg(long = "policy", value_name = "POLICY", required = true)]
    pub(crate) policies: Vec<String>,
}
