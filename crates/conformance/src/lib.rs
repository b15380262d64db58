//! What the emulators are held against: AWS's documented table, and recordings of the real SDKs.
//!
//! | module | what it holds |
//! |---|---|
//! | [`recordings`] | what the real SDKs did, release by release, loaded from `fixtures/recordings` |
//! | [`replay`] | every recording against the policy of its release |
#![forbid(unsafe_code)]

pub mod recordings;
pub mod replay;
