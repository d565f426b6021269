//! What callers ask for, a file per topic.

pub(crate) mod accounts;
pub(crate) mod claude;
pub(crate) mod tokens;
