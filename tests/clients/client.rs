//! Programs written with others' client libraries: each opens a session with a server, lists
//! its tools, makes calls, and prints what it got.

use black_box_tests::Home;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A client, and the era that it is asked to speak.
#[derive(Clone, Copy, Debug)]
pub enum Client {
    /// The TypeScript SDK v1, which knows one era.
    TypeScriptV1,
    /// The TypeScript SDK v2.
    TypeScriptV2(Wish),
    /// The Python SDK 2.x.
    Python(Wish),
}

/// What a client that knows both eras is asked to speak.
#[derive(Clone, Copy, Debug)]
pub enum Wish {
    /// `initialize`.
    Legacy,
    /// What the server offers, found out by asking.
    Auto,
    /// `server/discover`, or nothing.
    Modern,
}

/// How a server is started.
#[derive(Clone, Debug)]
pub struct Server {
    /// The program.
    pub command: String,
    /// Its arguments.
    pub arguments: Vec<String>,
}

/// What a client got.
#[derive(Debug, PartialEq)]
pub struct Seen {
    /// `legacy` or `modern`.
    pub era: String,
    /// Every tool, as the library understood it.
    pub tools: Vec<Value>,
    /// The calls' results, in their order.
    pub results: Vec<Value>,
}

impl Client {
    /// Opens a session with `server`, lists and calls, in `home`'s environment.
    pub fn meet(self, home: &Home, server: &Server, calls: &Value) -> Seen {
        let wish = json!({
            "era": self.wish().name(),
            "command": server.command,
            "args": server.arguments,
            "calls": calls,
        });
        let mut command = match self {
            Self::TypeScriptV1 => node(home, "programs/typescript_v1.js"),
            Self::TypeScriptV2(_) => node(home, "programs/typescript_v2.js"),
            Self::Python(_) => python(home, "programs/python_v2.py"),
        };
        command.arg(wish.to_string());
        let seen: Value = serde_json::from_str(&output(&mut command)).unwrap();
        let list = |name: &str| seen[name].as_array().unwrap().clone();
        Seen {
            era: seen["era"].as_str().unwrap().to_owned(),
            tools: list("tools"),
            results: list("results"),
        }
    }

    fn wish(self) -> Wish {
        match self {
            Self::TypeScriptV1 => Wish::Legacy,
            Self::TypeScriptV2(wish) | Self::Python(wish) => wish,
        }
    }

    /// The era that comes of it with a server that speaks both.
    pub fn era(self) -> &'static str {
        match self.wish() {
            Wish::Legacy => "legacy",
            Wish::Auto | Wish::Modern => "modern",
        }
    }
}

impl Wish {
    fn name(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Auto => "auto",
            Self::Modern => "modern",
        }
    }
}

/// A program of this folder under the prepared Node, with `home`'s environment.
pub fn node(home: &Home, program: &str) -> Command {
    let mut command = home.other_command(&prepared("CLIENTS_NODE"));
    command.arg(in_this_folder(program));
    command
}

fn python(home: &Home, program: &str) -> Command {
    let mut command = home.other_command(&prepared("CLIENTS_PYTHON"));
    command.arg(in_this_folder(program));
    command
}

/// Where something of this folder is.
pub fn in_this_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("clients")
        .join(name)
}

/// The prepared Node, for a server that runs on it.
pub fn prepared_node() -> PathBuf {
    prepared("CLIENTS_NODE")
}

fn prepared(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable);
    path.unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask test clients`"))
        .into()
}

/// What `command` printed; it must have succeeded.
pub fn output(command: &mut Command) -> String {
    let ended = command.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(
        ended.status.success(),
        "{command:?}: {}\n{said}",
        ended.status
    );
    String::from_utf8(ended.stdout).unwrap()
}
