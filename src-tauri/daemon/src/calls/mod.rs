//! What callers ask for, a file per topic.

pub(crate) mod accounts;
pub(crate) mod claude;
pub(crate) mod gate;
pub(crate) mod import;
pub(crate) mod tokens;
pub(crate) mod uninstall;
