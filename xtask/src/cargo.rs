//! Calls cargo so that nothing is built twice: always the whole workspace, because features
//! are resolved for what is asked for, and other features are another build.

use crate::run::{Ended, Output, Ran, run};
use crate::stage::Stage;
use crate::terminal;
use crate::workspace::Workspace;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A clean build of everything takes some ten minutes on two cores.
const BUILD_LIMIT: Duration = Duration::from_mins(40);

/// One test binary takes seconds, at most a few minutes.
const TEST_LIMIT: Duration = Duration::from_mins(15);

/// A built test program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestProgram {
    /// The program.
    pub path: PathBuf,
    /// Its target's name.
    pub name: String,
    /// The folder of its package, in which it runs.
    pub package: PathBuf,
}

impl TestProgram {
    /// The stage it belongs to, by where it lives.
    pub fn stage(&self, root: &Path) -> Stage {
        let folder = self.package.strip_prefix(root).unwrap_or(&self.package);
        match folder.to_str() {
            Some("tests") if self.name == "desktop" => Stage::Desktop,
            Some("tests") if self.name == "clients" => Stage::Clients,
            Some("tests") => Stage::BlackBox,
            Some("tests/session") => Stage::Desktop,
            _ => Stage::Unit,
        }
    }
}

/// cargo, without what an outer cargo has told this program about itself.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&workspace.root);
    clear_package_variables(&mut command);
    command
}

/// Runs cargo in `workspace`, shown and logged as `name`.
pub fn run_cargo(workspace: &Workspace, name: &str, arguments: &[&str]) -> Ran {
    let mut command = cargo(workspace);
    command.args(arguments);
    run(
        command,
        &workspace.logs().join(format!("{name}.log")),
        BUILD_LIMIT,
        Output::Shown,
    )
}

/// Builds every program and every test of the workspace, and lists the tests.
///
/// # Errors
/// Why it could not.
pub fn build_all(workspace: &Workspace) -> Result<Vec<TestProgram>, String> {
    let mut command = cargo(workspace);
    command.args(["build", "--workspace", "--all-targets"]);
    command.arg("--message-format=json-render-diagnostics");
    let log = workspace.logs().join("build.log");
    let ran = run(command, &log, BUILD_LIMIT, Output::Kept);
    if ran.succeeded() {
        Ok(test_programs(&ran.output))
    } else {
        Err(ran.failure())
    }
}

/// The test programs in cargo's messages, one a line.
fn test_programs(messages: &str) -> Vec<TestProgram> {
    messages
        .lines()
        .filter_map(|line| test_program(&serde_json::from_str(line).ok()?))
        .collect()
}

fn test_program(message: &Value) -> Option<TestProgram> {
    let is_test = message["profile"]["test"].as_bool()?;
    let path = message["executable"].as_str()?;
    let manifest = Path::new(message["manifest_path"].as_str()?);
    is_test.then_some(TestProgram {
        path: path.into(),
        name: message["target"]["name"].as_str()?.to_owned(),
        package: manifest.parent()?.to_owned(),
    })
}

/// Runs one test program as cargo would, told what `more` says and logged as `name`.
pub fn run_named(
    workspace: &Workspace,
    name: &str,
    program: &TestProgram,
    more: impl FnOnce(&mut Command) -> &mut Command,
) -> Ran {
    let mut command = Command::new(&program.path);
    clear_package_variables(&mut command);
    command.current_dir(&program.package);
    command.env("CARGO_MANIFEST_DIR", &program.package);
    command.env("INSTA_WORKSPACE_ROOT", &workspace.root);
    let folder = program
        .package
        .strip_prefix(&workspace.root)
        .unwrap_or(&program.package);
    terminal::say(&format!("\n{} {}", folder.display(), program.name));
    more(&mut command);
    run(
        command,
        &workspace.logs().join(format!("{name}.log")),
        TEST_LIMIT,
        Output::Shown,
    )
}

/// A test program that crashed has no summary to be counted.
pub fn ended_badly_without_a_failure(ran: &Ran, failed: usize) -> bool {
    failed == 0 && !matches!(&ran.ended, Ended::With(status) if status.success())
}

/// An outer `cargo run` describes its own package in these; the programs below are others.
fn clear_package_variables(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let describes = text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_");
        if describes || matches!(text, "CARGO_CRATE_NAME" | "CARGO_BIN_NAME") {
            command.env_remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGES: &str = r#"
{"reason":"compiler-artifact","manifest_path":"/w/tests/Cargo.toml","target":{"name":"desktop"},"profile":{"test":true},"executable":"/w/target/debug/deps/desktop-1"}
{"reason":"compiler-artifact","manifest_path":"/w/src-tauri/ctl/Cargo.toml","target":{"name":"zoomtrayctl"},"profile":{"test":false},"executable":"/w/target/debug/zoomtrayctl"}
{"reason":"compiler-artifact","manifest_path":"/w/src-tauri/ctl/Cargo.toml","target":{"name":"zoomtrayctl"},"profile":{"test":true},"executable":"/w/target/debug/deps/zoomtrayctl-2"}
{"reason":"compiler-artifact","manifest_path":"/w/src-tauri/ctl/Cargo.toml","target":{"name":"ctl"},"profile":{"test":true},"executable":null}
{"reason":"build-finished","success":true}
"#;

    #[test]
    fn test_programs_are_told_from_programs() {
        let programs = test_programs(MESSAGES);
        let names: Vec<_> = programs
            .iter()
            .map(|program| program.path.display().to_string())
            .collect();
        assert_eq!(
            names,
            [
                "/w/target/debug/deps/desktop-1",
                "/w/target/debug/deps/zoomtrayctl-2"
            ]
        );
    }

    #[test]
    fn each_test_program_has_one_stage() {
        let stage = |package: &str, name: &str| {
            let package = Path::new("/w").join(package);
            let path = "/p".into();
            TestProgram {
                path,
                name: name.to_owned(),
                package,
            }
            .stage(Path::new("/w"))
        };
        assert_eq!(stage("tests", "desktop"), Stage::Desktop);
        assert_eq!(stage("tests", "clients"), Stage::Clients);
        assert_eq!(stage("tests", "control"), Stage::BlackBox);
        assert_eq!(stage("tests/session", "private_desktop"), Stage::Desktop);
        assert_eq!(stage("tests/stand-in-claude", "desktop"), Stage::Unit);
        assert_eq!(stage("src-tauri/lifecycle", "simulation"), Stage::Unit);
        assert_eq!(stage("", "zoomtray"), Stage::Unit);
    }
}
