//! What each stage does. Each is given the run and comes to an outcome.

pub mod clients;
mod clippy;
mod cross;
mod format;
mod fuzz;
mod programs;
pub mod ui;
mod words;

use crate::stage::{Outcome, Stage};
use crate::test::Run;

/// Runs one stage.
pub fn run(run: &Run<'_>, stage: Stage) -> Outcome {
    match stage {
        Stage::Format => format::run(run.workspace),
        Stage::Words => words::run(run.workspace),
        Stage::Ui => ui::run(run.workspace),
        Stage::Clippy => clippy::run(run.workspace),
        Stage::Unit | Stage::BlackBox | Stage::Desktop => programs::run(run, stage, &[]),
        Stage::Clients => clients::run(run),
        Stage::Fuzz => fuzz::run(run.workspace),
        Stage::Cross => cross::run(run),
    }
}
