//! Every lint of the workspace holds, in tests as well.

use crate::cargo::run_cargo;
use crate::stage::Outcome;
use crate::workspace::Workspace;

/// Checks all targets with warnings denied.
pub fn run(workspace: &Workspace) -> Outcome {
    let arguments = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    let ran = run_cargo(workspace, "clippy", &arguments);
    let mut outcome = Outcome::default();
    outcome.check("cargo clippy", (!ran.succeeded()).then(|| ran.failure()));
    outcome
}
