//! MCP clients and servers that others wrote: their npm packages as locked, a Node that is new
//! enough for them, a Python environment of its own, then the tests that use them.

use crate::npm_packages;
use crate::run::{Output, Ran, run as run_program};
use crate::stage::{Outcome, Stage};
use crate::stages::programs;
use crate::test::Run;
use crate::workspace::Workspace;
use crate::{node, python};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// A download of the Python packages over a slow line.
const LIMIT: Duration = Duration::from_mins(10);

/// The oldest Node that the MCP Inspector runs on.
const NODE: (u32, u32) = (22, 19);

/// What it brings that the machine does not have yet, for who asks before it does.
pub fn announcement(workspace: &Workspace) -> Option<String> {
    let prepared = workspace.python().is_dir() && workspace.clients().join("node_modules").is_dir();
    (!prepared).then(|| {
        "  brings    npm packages, a Node and a Python environment for the clients, at most \
         500 MB in tests/clients and target/clients"
            .to_owned()
    })
}

/// Prepares and runs.
pub fn run(run: &Run<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let (Some(node), Some(python)) = (
        prepared_node(run.workspace, &mut outcome),
        prepared_python(run.workspace, &mut outcome),
    ) else {
        return outcome;
    };
    let places = [("CLIENTS_NODE", node), ("CLIENTS_PYTHON", python)];
    let tests = programs::run(run, Stage::Clients, &places);
    outcome.add(tests.counts);
    outcome.notes.extend(tests.notes);
    outcome
}

/// Node and the packages; where Node is.
fn prepared_node(workspace: &Workspace, outcome: &mut Outcome) -> Option<PathBuf> {
    let clients = workspace.clients();
    let node = if node::is_at_least(NODE) {
        PathBuf::from("node")
    } else {
        let folder = clients.join("newer-node");
        npm_ci(workspace, &folder, outcome)?;
        packaged_node(&folder, outcome)?
    };
    npm_ci(workspace, &clients, outcome)?;
    Some(node)
}

/// Without the packages' own scripts: none needs them, and one would fetch what no lock file
/// names.
fn npm_ci(workspace: &Workspace, folder: &std::path::Path, outcome: &mut Outcome) -> Option<()> {
    let log = workspace.logs().join("clients.log");
    let Some(ran) = npm_packages::install(folder, &log, &["--ignore-scripts"]) else {
        return Some(());
    };
    checked(outcome, "npm ci", &ran)
}

/// The program of the one package that npm has installed for this system.
fn packaged_node(folder: &std::path::Path, outcome: &mut Outcome) -> Option<PathBuf> {
    let packages = fs_err::read_dir(folder.join("node_modules"));
    let mut packages = packages.into_iter().flatten().flatten();
    let program = PathBuf::from("bin").join(format!("node{}", std::env::consts::EXE_SUFFIX));
    let found = packages.find_map(|package| {
        let path = package.path().join(&program);
        path.is_file().then_some(path)
    });
    let (major, minor) = NODE;
    let absent = format!("npm has none for this system; install Node {major}.{minor} or later");
    outcome.check("a newer Node", found.is_none().then_some(absent));
    found
}

/// The Python environment with the packages that `requirements.txt` pins; where Python is.
fn prepared_python(workspace: &Workspace, outcome: &mut Outcome) -> Option<PathBuf> {
    let folder = workspace.python();
    let wanted = workspace.clients().join("requirements.txt");
    let python = python::in_environment(&folder);
    if python::has_installed(&folder, &wanted) {
        return Some(python);
    }
    let steps = python::steps(&folder, &wanted);
    for (what, command) in steps {
        let ran = call(workspace, command);
        checked(outcome, what, &ran)?;
    }
    let kept = python::keep(&folder, &wanted);
    let failure = kept.err().map(|error| error.to_string());
    outcome.check("the Python environment", failure.clone());
    failure.is_none().then_some(python)
}

fn call(workspace: &Workspace, command: Command) -> Ran {
    let log = workspace.logs().join("clients.log");
    run_program(command, &log, LIMIT, Output::Shown)
}

fn checked(outcome: &mut Outcome, what: &str, ran: &Ran) -> Option<()> {
    outcome.check(what, (!ran.succeeded()).then(|| ran.failure()));
    ran.succeeded().then_some(())
}
