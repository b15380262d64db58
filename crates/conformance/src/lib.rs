//! What the emulators are held against: AWS's documented table, and recordings of the real SDKs.
//!
//! | module | what it holds |
//! |---|---|
//! | [`table`] | AWS's documented table as data, one edition a file |
//! | [`strategies`] | proptest strategies for scenarios |
//! | [`properties`] | a property for every cell of the table, and laws for every policy |
//! | [`ready`] | a few ordinary scenarios, for measuring |
//! | [`recordings`] | what the real SDKs did, release by release, loaded from `fixtures/recordings` |
//! | [`replay`] | every recording against the policy of its release |
#![forbid(unsafe_code)]

pub mod properties;
pub mod ready;
pub mod recordings;
pub mod replay;
pub mod strategies;
pub mod table;
pub mod unrecorded;
