//! `cargo xtask test`: chooses the stages, prepares the machine, runs them, reports.

use crate::arguments::TestChoice;
use crate::cargo::{TestProgram, build_all};
use crate::install::{NOT_PREPARED, install};
use crate::packages::{Missing, missing};
use crate::report::{self, Row};
use crate::stage::{Outcome, Stage};
use crate::stages;
use crate::workspace::Workspace;
use crate::{announce, node, terminal};
use std::process::ExitCode;
use std::time::Instant;

/// What the stages of one run share.
pub struct Run<'a> {
    /// The checkout.
    pub workspace: &'a Workspace,
    /// Whether the check of other systems may not be missing.
    pub require_cross: bool,
    /// The test programs, once everything is built.
    built: Option<Result<Vec<TestProgram>, String>>,
    rows: Vec<Row>,
}

/// Runs what was chosen. Success if nothing failed.
pub fn run(workspace: &Workspace, choice: &TestChoice) -> ExitCode {
    let stages = stages_of(choice);
    if stages.iter().any(|stage| stage.needs_node())
        && let Some(complaint) = node::complaint()
    {
        terminal::complain(&complaint);
        return ExitCode::from(NOT_PREPARED);
    }
    if let Err(words) = prepare(workspace, &stages) {
        terminal::complain(&words);
        return ExitCode::from(NOT_PREPARED);
    }
    let mut run = Run {
        workspace,
        require_cross: choice.require_cross,
        built: None,
        rows: Vec::new(),
    };
    for stage in stages {
        run.stage(stage);
    }
    run.report()
}

fn stages_of(choice: &TestChoice) -> Vec<Stage> {
    match (choice.stage, choice.quick) {
        (Some(stage), _) => vec![stage],
        (None, true) => Stage::QUICK.to_vec(),
        (None, false) => Stage::ALL.to_vec(),
    }
}

/// Says what will happen, installs what is missing and starts fresh logs.
fn prepare(workspace: &Workspace, stages: &[Stage]) -> Result<(), String> {
    let compiles = stages.iter().any(|stage| stage.compiles());
    let lacking = if compiles {
        missing()
    } else {
        Missing::Nothing
    };
    let shows = "nothing on your screen: every window is on a virtual one";
    terminal::say(&announce::announcement(
        "test", &lacking, workspace, "debug", shows,
    ));
    if stages.contains(&Stage::Clients)
        && let Some(line) = stages::clients::announcement(workspace)
    {
        terminal::say(&line);
    }
    install(&lacking)?;
    let logs = workspace.logs();
    let fresh = fs_err::create_dir_all(&logs).and_then(|()| remove_logs(&logs));
    fresh.map_err(|error| format!("The folder for the logs cannot be prepared: {error}"))
}

fn remove_logs(folder: &std::path::Path) -> std::io::Result<()> {
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "log") {
            fs_err::remove_file(path)?;
        }
    }
    Ok(())
}

impl Run<'_> {
    fn stage(&mut self, stage: Stage) {
        let needs_ui = stage.compiles() && self.built.is_none();
        if needs_ui && !self.has_run(Stage::Ui) && !self.has_run(Stage::Clippy) {
            self.timed("ui build", stage, |run| {
                stages::ui::build_if_changed(run.workspace)
            });
        }
        if stage.runs_programs() && self.built.is_none() {
            self.timed("build", stage, Self::build);
        }
        self.timed(stage.name(), stage, |run| stages::run(run, stage));
    }

    fn has_run(&self, stage: Stage) -> bool {
        self.rows.iter().any(|row| row.name == stage.name())
    }

    fn timed(&mut self, name: &'static str, stage: Stage, work: impl FnOnce(&mut Self) -> Outcome) {
        terminal::say(&format!("\n=== {name}"));
        let begun = Instant::now();
        let mut outcome = work(self);
        outcome.took = begun.elapsed();
        self.rows.push(Row {
            name,
            stage,
            outcome,
        });
    }

    fn build(&mut self) -> Outcome {
        let built = build_all(self.workspace);
        let mut outcome = Outcome::default();
        outcome.check("cargo build", built.as_ref().err().cloned());
        self.built = Some(built);
        outcome
    }

    /// The test programs of `stage`; `None` if the build failed.
    pub fn programs(&self, stage: Stage) -> Option<Vec<TestProgram>> {
        let all = self.built.as_ref()?.as_ref().ok()?;
        let of_stage = |program: &&TestProgram| program.stage(&self.workspace.root) == stage;
        Some(all.iter().filter(of_stage).cloned().collect())
    }

    fn report(mut self) -> ExitCode {
        if std::env::var_os("CI").is_some_and(|value| value == "true") {
            report::fail_on_skips(&mut self.rows);
        }
        terminal::say(&report::table(&self.rows));
        if report::failures(&self.rows) == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_is_what_ends_soon() {
        let quick = stages_of(&TestChoice {
            quick: true,
            ..TestChoice::default()
        });
        assert_eq!(quick, [Stage::Format, Stage::Clippy, Stage::Unit]);
        assert_eq!(stages_of(&TestChoice::default()).len(), Stage::ALL.len());
    }
}
