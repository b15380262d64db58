//! Runs real AWS SDKs and records what they do.
fn main() {}
