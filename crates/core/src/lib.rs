//! Which AWS STS endpoint will an SDK call, for which region will it sign, or with which error will it fail?
//!
//! This crate holds the words of that question as types, the trait that answers it ([`ResolutionPolicy`]), and the
//! machinery that the emulators share because the SDKs share it: profile files with dialects, partitions, the STS
//! endpoint rule set. It does no I/O and needs only `alloc`; environment and files are *given*, never read behind
//! the caller's back.
//!
//! Data flows one way:
//!
//! ```text
//! Scenario -> sources (an ordered Chain per value) -> Settings (each with its Origin) -> decision -> Outcome
//! ```
//!
//! # A whole policy in a few lines
//!
//! ```
//! use sts_endpoint_core::{
//!     Accept, Chain, Endpoint, Evidence, Failure, FailureCategory, Look, NoProfile, Outcome, PolicyId, Release, Resolution,
//!     ResolutionPolicy, Scenario, Sdk, Settings, Source, Trace, Value,
//! };
//!
//! /// An SDK that knows one variable and nothing else.
//! struct Tiny;
//!
//! const REGION: Chain = Chain::new(Value::Region, &[Source::Code("region"), Source::Variable("AWS_REGION")]);
//!
//! impl ResolutionPolicy for Tiny {
//!     fn id(&self) -> PolicyId {
//!         PolicyId::release(Sdk::Rust, Release::new(&[0, 0, 1]))
//!     }
//!     fn evidence(&self) -> Evidence {
//!         Evidence::source("made up for this example")
//!     }
//!     fn resolve_traced<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
//!         let mut look = Look::new(scenario, &NoProfile, trace);
//!         match REGION.first(&mut look, Accept::NonEmpty) {
//!             Some(region) => Resolution::new(Endpoint::regional(region.text, "amazonaws.com"), region.text)
//!                 .with_settings(Settings { region: Some(region), ..Settings::default() })
//!                 .into(),
//!             None => Failure::new(FailureCategory::MissingRegion, "NoRegion", "no region").into(),
//!         }
//!     }
//! }
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let Outcome::Request(resolution) = Tiny.resolve(&scenario) else { panic!("a region is set") };
//! assert_eq!(resolution.endpoint.to_string(), "https://sts.us-west-2.amazonaws.com/");
//! ```
//!
//! # How it is laid out
//!
//! | module | what it holds |
//! |---|---|
//! | [`sdk`], [`release`] | SDKs, releases, editions, policy identifiers |
//! | [`scenario`] | all that an SDK can see when it picks the endpoint |
//! | [`profile`] | shared config and credentials files, read in the dialect of an SDK |
//! | [`source`] | ordered chains: where a value is looked for, and where it was found |
//! | [`trace`] | every place looked at, for those who want to know why |
//! | [`partition`], [`rules`] | partitions and the STS endpoint rule set |
//! | [`outcome`] | endpoints, decisions, resolutions, failures |
//! | [`history`] | behaviour as a list of dated changes |
//! | `botocore` (feature `botocore`) | what Boto3 and the command line interfaces share |
//! | `common_runtime` (feature `common-runtime`) | profile files as the AWS Common Runtime reads them, under C++ and Swift |
//! | `go_ini` (feature `go`) | the profile files' parser that the Go SDKs share |
//! | `go_url` (feature `go`) | Go's `net/url`, which the Go SDKs share |
//! | `java_uri` (feature `java-uri`) | `java.net.URI`, which the Java SDKs share |
//! | [`label`], [`punycode`] | what host labels are made of, and those that are not ASCII |
//! | [`policy`] | the trait, and what an emulator offers |
#![cfg_attr(not(test), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(feature = "botocore")]
pub mod botocore;
#[cfg(feature = "common-runtime")]
pub mod common_runtime;
#[cfg(feature = "go")]
pub mod go_ini;
#[cfg(feature = "go")]
pub mod go_url;
pub mod history;
#[cfg(feature = "java-uri")]
pub mod java_uri;
pub mod label;
pub mod outcome;
pub mod partition;
pub mod policy;
pub mod profile;
pub mod punycode;
pub mod release;
pub mod rules;
pub mod scenario;
pub mod sdk;
pub mod source;
pub mod trace;

pub use history::{Behaviour, Change, ChangeNote, Edited, Evidence, Grade, History, Policy, Quirk};
pub use outcome::{Decision, Endpoint, Failure, FailureCategory, Outcome, Resolution, Settings};
pub use partition::Partition;
pub use policy::{Emulator, ResolutionPolicy, Standing, UnknownRelease};
pub use profile::{Dialect, FileKind, ProfileFile};
pub use release::{Edition, PolicyId, Release, Version};
pub use scenario::{Entry, Operation, Scenario};
pub use sdk::Sdk;
pub use source::{Accept, Chain, Look, NoProfile, Origin, Profile, Source, Sourced, Value};
pub use trace::{Step, Trace, Verdict};
