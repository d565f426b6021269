//! Runs the built test programs of a stage, one after the other; each uses every core.

use crate::cargo::{TestProgram, ended_badly_without_a_failure, run_named};
use crate::counts::of_libtest;
use crate::stage::{Outcome, Stage};
use crate::test::Run;
use std::path::PathBuf;

/// Where a test program finds what was prepared for it: variables and their paths.
pub type Places = [(&'static str, PathBuf)];

/// Runs every program of `stage`, told of `places`. A stage without a single test has failed.
pub fn run(run: &Run<'_>, stage: Stage, places: &Places) -> Outcome {
    let mut outcome = Outcome::default();
    let Some(programs) = run.programs(stage) else {
        outcome.check(
            stage.name(),
            Some("not run, because the build failed".to_owned()),
        );
        return outcome;
    };
    if stage == Stage::Desktop && !cfg!(target_os = "linux") {
        let skip = "every desktop test: the private desktop is made of Linux programs";
        outcome.counts.skipped.push(skip.to_owned());
        return outcome;
    }
    for program in &programs {
        add(run, stage, program, places, &mut outcome);
    }
    if outcome.counts.passed + outcome.counts.failed == 0 {
        outcome.check(stage.name(), Some("not one test ran".to_owned()));
    }
    outcome
}

fn add(run: &Run<'_>, stage: Stage, program: &TestProgram, places: &Places, outcome: &mut Outcome) {
    let told = places.iter().map(|(name, path)| (name, path));
    let ran = run_named(run.workspace, stage.name(), program, |command| {
        command.envs(told)
    });
    let counts = of_libtest(&ran.output);
    let failed = counts.failed;
    outcome.add(counts);
    if ended_badly_without_a_failure(&ran, failed) {
        outcome.check(&program.name, Some(ran.failure()));
    } else if failed > 0 {
        outcome
            .notes
            .push(format!("{}: {failed} of its tests", program.name));
    }
}
