//! The commands, one file each.

pub(crate) mod accounts;
pub(crate) mod check;
pub(crate) mod claude;
mod claude_restore;
mod claude_status;
pub(crate) mod doctor;
pub(crate) mod import;
pub(crate) mod refresh;
pub(crate) mod run;
pub(crate) mod status;
pub(crate) mod token;
pub(crate) mod uninstall;
pub(crate) mod watch;
