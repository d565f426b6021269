//! `cargo xtask fuzz`: builds the fuzz target with coverage counters and lets libFuzzer try.
//!
//! The target is outside the workspace and has a target folder of its own, because everything
//! it links is built with other flags.

use crate::cargo::cargo;
use crate::run::{Output, Ran, run as run_program};
use crate::terminal;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// The targets, each a program of the package in `fuzz/`.
const TARGETS: [&str; 1] = ["patch"];

/// A build from nothing takes a few minutes.
const BUILD_LIMIT: Duration = Duration::from_mins(20);

/// What the fuzzer takes beyond its time to read the corpus and to end.
const MARGIN: Duration = Duration::from_mins(2);

/// Largest input in bytes: the fixtures fit, and small ones are tried faster.
const LARGEST: u32 = 8 * 1024;

/// The flags that make libFuzzer see which code an input reaches; those of cargo-fuzz.
const COVERAGE: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "--cfg=fuzzing",
];

/// Fuzzes each target for `seconds`. Success if nothing was found.
pub fn run(workspace: &Workspace, seconds: u64) -> ExitCode {
    let shows = "what the fuzzer tries, and the input on which the editor failed";
    terminal::say(&format!(
        "cargo xtask fuzz\n  builds    the fuzz target and what it links, in target/fuzz\n  \
         runs      {seconds} seconds for each of: {}\n  shows     {shows}",
        TARGETS.join(" ")
    ));
    match fuzz_all(workspace, seconds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            terminal::complain(&words);
            ExitCode::FAILURE
        }
    }
}

/// Builds the targets and fuzzes each for `seconds`.
///
/// # Errors
/// Why the build failed, or which input a target failed on.
pub fn fuzz_all(workspace: &Workspace, seconds: u64) -> Result<(), String> {
    try_all(workspace, &built(workspace)?, seconds)
}

/// Builds the targets; gives back the folder of the programs.
fn built(workspace: &Workspace) -> Result<PathBuf, String> {
    let folder = target(workspace);
    fs_err::create_dir_all(workspace.logs()).map_err(|error| error.to_string())?;
    let host = host(workspace)?;
    let mut command = cargo(workspace);
    command
        .args(["build", "--release", "--manifest-path"])
        .arg(workspace.root.join("fuzz/Cargo.toml"))
        // Named even though it is this machine's: build scripts are then left uninstrumented.
        .args(["--target", &host, "--target-dir"])
        .arg(&folder)
        .env("RUSTFLAGS", COVERAGE.join(" "))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR");
    let log = workspace.logs().join("fuzz-build.log");
    let ran = run_program(command, &log, BUILD_LIMIT, Output::Shown);
    if ran.succeeded() {
        Ok(folder.join(host).join("release"))
    } else {
        Err(format!("The fuzz target was not built: {}", ran.failure()))
    }
}

fn target(workspace: &Workspace) -> PathBuf {
    workspace.target().join("fuzz")
}

/// What rustc builds for when it is told nothing.
fn host(workspace: &Workspace) -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let asked = Command::new(rustc)
        .arg("-vV")
        .current_dir(&workspace.root)
        .output()
        .map_err(|error| format!("rustc cannot be started: {error}"))?;
    host_of(&String::from_utf8_lossy(&asked.stdout))
        .ok_or_else(|| "rustc -vV does not name its host".to_owned())
}

fn host_of(version: &str) -> Option<String> {
    let line = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))?;
    Some(line.trim().to_owned())
}

fn try_all(workspace: &Workspace, programs: &Path, seconds: u64) -> Result<(), String> {
    for name in TARGETS {
        let ran = fuzz(workspace, programs, name, seconds)?;
        if !ran.succeeded() {
            return Err(found(name, &ran));
        }
    }
    Ok(())
}

/// Runs one target. What it discovers goes into the first folder; the others are its seeds.
fn fuzz(workspace: &Workspace, programs: &Path, name: &str, seconds: u64) -> Result<Ran, String> {
    let program = programs.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let own = target(workspace).join("corpus").join(name);
    let failures = target(workspace).join("failures").join(name);
    for folder in [&own, &failures] {
        fs_err::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let fuzz = workspace.root.join("fuzz");
    let mut command = Command::new(program);
    command
        .arg(own)
        .arg(fuzz.join("corpus").join(name))
        .arg(workspace.root.join("src-tauri/claude/fixtures"))
        .arg(format!(
            "-dict={}",
            fuzz.join(format!("{name}.dict")).display()
        ))
        .arg(format!("-artifact_prefix={}/", failures.display()))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={LARGEST}"))
        .args(["-timeout=10", "-print_final_stats=1", "-verbosity=0"]);
    let log = workspace.logs().join(format!("fuzz-{name}.log"));
    let limit = Duration::from_secs(seconds) + MARGIN;
    Ok(run_program(command, &log, limit, Output::Shown))
}

/// What to do about a target that did not come through.
fn found(name: &str, ran: &Ran) -> String {
    let written = ran
        .output
        .lines()
        .find_map(|line| line.split_once("written to "));
    match written {
        Some((_, input)) => format!(
            "`{name}` failed on an input; it is in {input}. Correct the code, then add the \
             input to fuzz/corpus/{name}."
        ),
        None => format!("`{name}` did not come through: {}", ran.failure()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Ended;

    #[test]
    fn the_host_is_read_from_what_rustc_says() {
        let version = "rustc 1.95.0\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\nrelease: 1\n";
        assert_eq!(
            host_of(version).as_deref(),
            Some("x86_64-unknown-linux-gnu")
        );
        assert_eq!(host_of("rustc 1.95.0"), None);
    }

    #[test]
    fn every_target_has_a_dictionary_and_a_corpus() {
        let fuzz = Workspace::here().root.join("fuzz");
        for name in TARGETS {
            assert!(fuzz.join(format!("{name}.dict")).is_file(), "{name}");
            let corpus = fs_err::read_dir(fuzz.join("corpus").join(name)).unwrap();
            assert!(corpus.count() > 0, "{name}");
        }
    }

    #[test]
    fn a_failing_input_is_named() {
        let output = "==1== ERROR\nartifact_prefix='t/'; Test unit written to t/crash-1\n";
        let ran = Ran {
            ended: Ended::OutOfTime(MARGIN),
            output: output.to_owned(),
        };
        assert!(found("patch", &ran).contains("t/crash-1"));
    }
}
