//! A minute of random input for each fuzz target.

use crate::fuzz::fuzz_all;
use crate::stage::Outcome;
use crate::workspace::Workspace;

/// How long each target is tried, in seconds: enough to find again what was once found.
const SECONDS: u64 = 60;

/// Runs each target. libFuzzer is not made for Windows' compiler.
pub fn run(workspace: &Workspace) -> Outcome {
    let mut outcome = Outcome::default();
    if cfg!(windows) {
        let skip = "every fuzz target: libFuzzer is not built for Windows";
        outcome.counts.skipped.push(skip.to_owned());
    } else {
        outcome.check("fuzz targets", fuzz_all(workspace, SECONDS).err());
    }
    outcome
}
