//! `cargo xtask bench`: builds for release and hands over to the program that measures.

use crate::cargo::run_cargo;
use crate::install::{NOT_PREPARED, install};
use crate::packages::missing;
use crate::run::{Output, run as run_program};
use crate::stages::ui;
use crate::workspace::Workspace;
use crate::{announce, node, terminal};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Each budget takes a minute or two.
const LIMIT: Duration = Duration::from_mins(30);

/// Builds and measures, with `full` also what takes minutes. Success if no median is over its
/// gate.
pub fn run(workspace: &Workspace, full: bool) -> ExitCode {
    if let Err((code, words)) = prepare(workspace) {
        terminal::complain(&words);
        return ExitCode::from(code);
    }
    let mut measure = Command::new(workspace.binary("release", "zoomtray-bench"));
    measure
        .arg("--binaries")
        .arg(workspace.target().join("release"))
        .args(full.then_some("--full"));
    let log = workspace.logs().join("bench.log");
    let ran = run_program(measure, &log, LIMIT, Output::Shown);
    if ran.succeeded() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn prepare(workspace: &Workspace) -> Result<(), (u8, String)> {
    if let Some(complaint) = node::complaint() {
        return Err((NOT_PREPARED, complaint));
    }
    let lacking = missing();
    let shows = "a table of measures beside goal and gate";
    terminal::say(&announce::announcement(
        "bench", &lacking, workspace, "release", shows,
    ));
    install(&lacking).map_err(|words| (NOT_PREPARED, words))?;
    fs_err::create_dir_all(workspace.logs()).map_err(|error| (1, error.to_string()))?;
    let front_end = ui::build_if_changed(workspace);
    if front_end.counts.failed > 0 {
        return Err((1, front_end.notes.join("\n")));
    }
    let built = run_cargo(
        workspace,
        "bench-build",
        &["build", "--workspace", "--release"],
    );
    if built.succeeded() {
        Ok(())
    } else {
        Err((1, format!("The build: {}", built.failure())))
    }
}
