//! What a source tree says about AWS SDKs: which ones, at which exact releases, under which settings.
//!
//! Lock files give *dependencies*, configuration of many kinds gives *settings*, each with file and line; both are joined
//! into *workloads*: a lock file with the configuration nearest to it. What cannot be pinned down is said so, never
//! guessed.
//!
//! | module | what it holds |
//! |---|---|
//! | [`place`] | a line of a file |
//! | [`packages`] | lock files and manifests -> dependencies |
//! | [`settings`] | configuration -> variables, profile files, roles |
//! | [`trail`] | CloudTrail events -> which SDK called which host |
//! | [`walk`] | a tree -> both, ignore files respected, in parallel |
//! | [`workload`] | dependencies and settings -> workloads with scenarios |
//! | [`findings`] | what is worth telling about a workload |
//!
//! ```
//! use sts_endpoint_inventory::packages;
//! use std::path::Path;
//!
//! let found = packages::read(Path::new("requirements.txt"), "boto3==1.39.17\nrequests>=2\n").unwrap();
//! assert_eq!(found[0].to_string(), "boto3@1.39.17 (requirements.txt:1)");
//! ```
#![forbid(unsafe_code)]

mod document;
pub mod findings;
pub mod packages;
pub mod place;
pub mod settings;
pub mod trail;
pub mod walk;
pub mod workload;
