//! The front end: its packages as locked, its types, its tests, its build.

use crate::counts::of_vitest;
use crate::node::npm;
use crate::npm_packages::{self, modified};
use crate::run::{Output, Ran, run as run_program};
use crate::stage::Outcome;
use crate::workspace::Workspace;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// A download of its packages over a slow line, or a build on a busy machine.
const LIMIT: Duration = Duration::from_mins(10);

/// Everything that is checked about the front end, and its build.
pub fn run(workspace: &Workspace) -> Outcome {
    let mut outcome = install(workspace);
    if outcome.counts.failed > 0 {
        return outcome;
    }
    // The script checks types before it runs the tests.
    let tests = npm_run(workspace, &["run", "test"]);
    let counts = of_vitest(&tests.output);
    let none = counts.passed + counts.failed == 0;
    let crashed = !tests.succeeded() && counts.failed == 0;
    outcome.add(counts);
    if none || crashed {
        let failure = if none {
            "not one test ran".to_owned()
        } else {
            tests.failure()
        };
        outcome.check("npm run test", Some(failure));
    }
    add_check(
        &mut outcome,
        "build",
        &npm_run(workspace, &["run", "build"]),
    );
    outcome
}

/// Builds the front end unless it is newer than everything it is made of.
pub fn build_if_changed(workspace: &Workspace) -> Outcome {
    let ui = workspace.ui();
    let built = modified(&ui.join("dist/index.html"));
    if built.is_some_and(|built| newest_source(&ui).is_some_and(|source| source < built)) {
        return Outcome::default();
    }
    let mut outcome = install(workspace);
    if outcome.counts.failed == 0 {
        add_check(
            &mut outcome,
            "build",
            &npm_run(workspace, &["run", "build"]),
        );
    }
    outcome
}

fn install(workspace: &Workspace) -> Outcome {
    let mut outcome = Outcome::default();
    let log = workspace.logs().join("ui.log");
    if let Some(ran) = npm_packages::install(&workspace.ui(), &log, &[]) {
        outcome.check("npm ci", (!ran.succeeded()).then(|| ran.failure()));
    }
    outcome
}

fn npm_run(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let mut command = npm();
    command.args(arguments).current_dir(workspace.ui());
    // Plain text can be counted; CI ends vitest after one run.
    command.env("NO_COLOR", "1").env("CI", "true");
    run_program(
        command,
        &workspace.logs().join("ui.log"),
        LIMIT,
        Output::Shown,
    )
}

fn add_check(outcome: &mut Outcome, script: &str, ran: &Ran) {
    let failure = (!ran.succeeded()).then(|| ran.failure());
    outcome.check(&format!("npm run {script}"), failure);
}

/// When a file of the front end was last changed, leaving out what is made from them.
fn newest_source(folder: &Path) -> Option<SystemTime> {
    let entries = fs_err::read_dir(folder).ok()?.flatten();
    let sources = entries.filter(|entry| {
        !matches!(
            entry.file_name().to_str(),
            Some("dist" | "node_modules" | "test-results")
        )
    });
    let times = sources.filter_map(|entry| {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            newest_source(&entry.path())
        } else {
            modified(&entry.path())
        }
    });
    times.max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_is_no_source() {
        let folder = std::env::temp_dir().join(format!("xtask-ui-{}", std::process::id()));
        fs_err::create_dir_all(folder.join("src")).unwrap();
        fs_err::create_dir_all(folder.join("dist")).unwrap();
        fs_err::write(folder.join("src/main.ts"), "").unwrap();
        let source = newest_source(&folder);
        fs_err::write(folder.join("dist/index.html"), "").unwrap();
        assert!(source.is_some());
        assert_eq!(newest_source(&folder), source);
        fs_err::remove_dir_all(folder).unwrap();
    }
}
