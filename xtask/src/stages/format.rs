//! The code is laid out as rustfmt does it.

use crate::cargo::run_cargo;
use crate::stage::Outcome;
use crate::workspace::Workspace;

/// Checks the workspace and the fuzz targets, which are outside it; changes nothing.
pub fn run(workspace: &Workspace) -> Outcome {
    let mut outcome = Outcome::default();
    let workspaces: [(&str, &[&str]); 2] = [
        ("cargo fmt", &["fmt", "--all", "--check"]),
        (
            "cargo fmt of fuzz",
            &["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"],
        ),
    ];
    for (what, arguments) in workspaces {
        let ran = run_cargo(workspace, "fmt", arguments);
        let failure = (!ran.succeeded()).then(|| format!("{}; run cargo fmt", ran.failure()));
        outcome.check(what, failure);
    }
    outcome
}
