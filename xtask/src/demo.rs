//! `cargo xtask demo`: builds the app and hands over to the program that plays the acts.

use crate::cargo::run_cargo;
use crate::install::{NOT_PREPARED, install};
use crate::packages::missing;
use crate::stages::ui;
use crate::workspace::Workspace;
use crate::{announce, node, terminal};
use std::process::{Command, ExitCode};

const SHOWS: &str = "three minutes of Zoomtray: its icon and its window, on your display if \
                     there is one, else on a virtual one; pictures in target/demo/";

/// Builds and plays. Its exit code is the demo's.
pub fn run(workspace: &Workspace, keep: bool) -> ExitCode {
    match prepare(workspace) {
        Ok(()) => {}
        Err((code, words)) => {
            terminal::complain(&words);
            return ExitCode::from(code);
        }
    }
    let mut driver = Command::new(workspace.binary("debug", "zoomtray-demo"));
    driver
        .arg("--binaries")
        .arg(workspace.target().join("debug"));
    driver
        .arg("--pictures")
        .arg(workspace.target().join("demo"));
    if keep {
        driver.arg("--keep");
    }
    become_program(driver)
}

fn prepare(workspace: &Workspace) -> Result<(), (u8, String)> {
    let not_prepared = |words| (NOT_PREPARED, words);
    if let Some(complaint) = node::complaint() {
        return Err(not_prepared(complaint));
    }
    if !cfg!(target_os = "linux") {
        let words = "The demo keeps its desktop apart from yours with Linux programs and runs \
                     on Linux; `cargo xtask test` runs here.";
        return Err(not_prepared(words.to_owned()));
    }
    let lacking = missing();
    terminal::say(&announce::announcement(
        "demo", &lacking, workspace, "debug", SHOWS,
    ));
    install(&lacking).map_err(not_prepared)?;
    fs_err::create_dir_all(workspace.logs()).map_err(|error| (1, error.to_string()))?;
    let front_end = ui::build_if_changed(workspace);
    if front_end.counts.failed > 0 {
        return Err((1, front_end.notes.join("\n")));
    }
    let built = run_cargo(workspace, "demo", &["build", "--workspace"]);
    if built.succeeded() {
        Ok(())
    } else {
        Err((1, format!("The build: {}", built.failure())))
    }
}

/// This process becomes the driver, so that a signal meets it and nothing in between.
#[cfg(unix)]
fn become_program(mut program: Command) -> ExitCode {
    use std::os::unix::process::CommandExt;
    let error = program.exec();
    terminal::complain(&format!("The demo cannot be started: {error}"));
    ExitCode::FAILURE
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> ExitCode {
    match program.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            terminal::complain(&format!("The demo cannot be started: {error}"));
            ExitCode::FAILURE
        }
    }
}
