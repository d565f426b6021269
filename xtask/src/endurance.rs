//! `cargo xtask endurance`: the tests whose rounds `test` keeps few, with many. The same code:
//! only the number of rounds differs, and the seed, which is printed, can be given.

use crate::arguments::EnduranceChoice;
use crate::cargo::{TestProgram, build_all, run_named};
use crate::counts::of_libtest;
use crate::install::{NOT_PREPARED, install};
use crate::packages::missing;
use crate::stages::ui;
use crate::workspace::Workspace;
use crate::{announce, node, terminal};
use std::process::ExitCode;

/// The test program with such tests.
const PROGRAM: &str = "claude_file";

/// The test in it.
const TEST: &str = "a_write_killed_at_a_random_instant::leaves_the_old_or_the_new_file";

/// Builds and runs. Success if every round left a whole file.
pub fn run(workspace: &Workspace, choice: &EnduranceChoice) -> ExitCode {
    let program = match prepare(workspace, choice.rounds) {
        Ok(program) => program,
        Err((code, words)) => {
            terminal::complain(&words);
            return ExitCode::from(code);
        }
    };
    let ran = run_named(workspace, "endurance", &program, |command| {
        command.args(["--exact", TEST, "--nocapture"]);
        command.env("ENDURANCE_ROUNDS", choice.rounds.to_string());
        if let Some(seed) = choice.seed {
            command.env("ENDURANCE_SEED", seed.to_string());
        }
        command
    });
    if ran.succeeded() && of_libtest(&ran.output).passed == 1 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn prepare(workspace: &Workspace, rounds: u64) -> Result<TestProgram, (u8, String)> {
    let not_prepared = |words| (NOT_PREPARED, words);
    if let Some(complaint) = node::complaint() {
        return Err(not_prepared(complaint));
    }
    let lacking = missing();
    let shows = format!("how {rounds} killed writers left Claude's config");
    terminal::say(&announce::announcement(
        "endurance",
        &lacking,
        workspace,
        "debug",
        &shows,
    ));
    install(&lacking).map_err(not_prepared)?;
    fs_err::create_dir_all(workspace.logs()).map_err(|error| (1, error.to_string()))?;
    let front_end = ui::build_if_changed(workspace);
    if front_end.counts.failed > 0 {
        return Err((1, front_end.notes.join("\n")));
    }
    let programs = build_all(workspace).map_err(|why| (1, format!("The build: {why}")))?;
    let named = |program: &TestProgram| program.name == PROGRAM;
    let found = programs.into_iter().find(named);
    found.ok_or((1, format!("There is no test program {PROGRAM}.")))
}
