//! Windows and macOS, as far as a Linux machine can check them, by the tool that
//! `CROSS_CHECK` names: `lint` for the whole workspace, `test -p CRATE` under Wine.

use crate::counts::of_libtest;
use crate::run::{Output, Ran, run as run_program};
use crate::stage::Outcome;
use crate::test::Run;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Two systems' standard libraries and the whole workspace for each, from nothing.
const LIMIT: Duration = Duration::from_mins(40);

/// Runs the tool, or says that it is missing.
pub fn run(run: &Run<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    match tool(&run.workspace.root) {
        Ok(tool) => check(run, &tool, &mut outcome),
        Err(why) if run.require_cross => outcome.check("cross check", Some(why)),
        Err(why) => outcome
            .counts
            .skipped
            .push(format!("Windows and macOS: {why}")),
    }
    outcome
}

fn tool(root: &Path) -> Result<PathBuf, String> {
    let named = std::env::var_os("CROSS_CHECK").filter(|path| !path.is_empty());
    let Some(named) = named else {
        return Err("CROSS_CHECK names no tool".to_owned());
    };
    let path = root.join(named);
    if path.is_file() {
        Ok(path)
    } else {
        Err(format!("{} is not there", path.display()))
    }
}

fn check(run: &Run<'_>, tool: &Path, outcome: &mut Outcome) {
    let lint = call(run, tool, &["lint".to_owned()]);
    outcome.check(
        "lint for Windows and macOS",
        (!lint.succeeded()).then(|| lint.failure()),
    );
    let crates = match run.workspace.windowless_crates() {
        Ok(crates) => crates,
        Err(error) => return outcome.check("crates without a window", Some(error.to_string())),
    };
    let selected = crates.into_iter().flat_map(|name| ["-p".to_owned(), name]);
    let arguments: Vec<String> = ["test".to_owned(), "--no-fail-fast".to_owned()]
        .into_iter()
        .chain(selected)
        .collect();
    let tests = call(run, tool, &arguments);
    let counts = of_libtest(&tests.output);
    let none = counts.passed == 0;
    let failed = counts.failed;
    outcome.add(counts);
    if none || (!tests.succeeded() && failed == 0) {
        outcome.check("tests under Wine", Some(tests.failure()));
    }
}

fn call(run: &Run<'_>, tool: &Path, arguments: &[String]) -> Ran {
    let mut command = Command::new(tool);
    command.args(arguments).current_dir(&run.workspace.root);
    // The tool has a toolchain of its own; these lead its compiler back to ours.
    for variable in ["LD_LIBRARY_PATH", "RUSTUP_TOOLCHAIN", "CARGO"] {
        command.env_remove(variable);
    }
    run_program(
        command,
        &run.workspace.logs().join("cross.log"),
        LIMIT,
        Output::Shown,
    )
}
