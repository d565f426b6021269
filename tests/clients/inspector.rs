//! The MCP Inspector on its command line.

use crate::client::{Server, node};
use black_box_tests::Home;
use serde_json::Value;
use std::process::Output;

/// Its program, below the packages.
const PROGRAM: &str =
    "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

/// Asks `server` for one thing in the era `legacy` or `modern`. The Inspector hands a server only
/// the variables that it is told, so it is told all of `home`'s.
pub fn inspect(home: &Home, server: &Server, era: &str, wish: &[&str]) -> Output {
    let mut command = node(home, PROGRAM);
    command.args(["--cli", "--format", "json", "--protocol-era", era]);
    command.args(wish);
    for (name, value) in home.variables() {
        command.arg("-e").arg(format!("{name}={value}"));
    }
    command.arg(&server.command);
    if !server.arguments.is_empty() {
        command.arg("--").args(&server.arguments);
    }
    command.output().unwrap()
}

/// The result that it printed; it must have succeeded.
pub fn result(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    // Its warnings, of which there are many, are no failures.
    let faults: Vec<&str> = said
        .split("\n\n")
        .filter(|part| !part.starts_with("Warning: "))
        .collect();
    assert!(
        output.status.success(),
        "{}\n{}",
        output.status,
        faults.join("\n")
    );
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    printed["result"].clone()
}
