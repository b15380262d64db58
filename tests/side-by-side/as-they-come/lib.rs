//! Two dependencies, and nothing else.
