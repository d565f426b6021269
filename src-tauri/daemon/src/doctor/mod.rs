//! What is installed, found and missing, and what to do, a line each. Makes no request, and
//! changes nothing.
//!
//! What is looked at on this machine is gathered first; what it means is decided by functions
//! over what was gathered, so that every platform's findings are tested on every platform.

mod claude;
mod code;
mod config;
mod content;
mod finding;
mod installs;
mod keeper;
mod looked;
mod policy;
mod secrets;
mod tool_policy;

pub use code::Code;
pub use finding::{Finding, Verdict};

use crate::setup::Setup;
use control::Snapshot;
use looked::Looked;

/// Looks at everything that `snapshot` and this process can tell.
pub fn examine(setup: &Setup, snapshot: &Snapshot) -> Vec<Finding> {
    let looked = Looked::here();
    let mut findings = keeper::findings(setup, snapshot);
    findings.extend(claude::findings(&looked, snapshot));
    findings.extend(keeper::server(snapshot));
    findings.push(tool_policy::finding(snapshot));
    findings.extend(secrets::findings(setup, snapshot, &looked));
    findings.extend(keeper::warnings(snapshot));
    findings
}

#[cfg(test)]
mod tests;
