//! The commands, one file each.

pub(crate) mod accounts;
pub(crate) mod activity;
pub(crate) mod approvals;
pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod claude;
mod claude_restore;
mod claude_status;
pub(crate) mod doctor;
pub(crate) mod entry;
pub(crate) mod import;
pub(crate) mod policy;
mod policy_init;
pub(crate) mod refresh;
pub(crate) mod relay;
pub(crate) mod run;
mod servers;
pub(crate) mod status;
pub(crate) mod token;
pub(crate) mod tools;
pub(crate) mod uninstall;
pub(crate) mod watch;
