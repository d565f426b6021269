//! The code is laid out as rustfmt does it.

use crate::cargo::run_cargo;
use crate::stage::Outcome;
use crate::workspace::Workspace;

/// Checks; changes nothing.
pub fn run(workspace: &Workspace) -> Outcome {
    let ran = run_cargo(workspace, "fmt", &["fmt", "--all", "--check"]);
    let mut outcome = Outcome::default();
    let failure = (!ran.succeeded()).then(|| format!("{}; run cargo fmt", ran.failure()));
    outcome.check("cargo fmt", failure);
    outcome
}
