//! The MCP servers of the config, started as Claude starts them: with almost no environment.

use crate::config::Config;
use crate::log::Log;
use crate::options::Options;
use serde_json::{Value, json};
use std::io;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// All that a server is given besides the variables of its entry.
#[cfg(not(windows))]
const PASSED: [&str; 6] = ["HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER"];

/// All that a server is given besides the variables of its entry.
#[cfg(windows)]
const PASSED: [&str; 12] = [
    "APPDATA",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "PATH",
    "PROCESSOR_ARCHITECTURE",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "USERNAME",
    "USERPROFILE",
    "PROGRAMFILES",
];

/// How long a server may take to end once its standard input is closed.
const GRACE: Duration = Duration::from_secs(2);

/// Starts each of them as often as is wanted. One that cannot be started is told and left out.
pub fn start_all(options: &Options, config: &Config, log: &Log) -> io::Result<Vec<Child>> {
    let mut servers = Vec::new();
    let copies = |server| std::iter::repeat_n(server, options.server_copies);
    for (name, entry) in config.servers().flat_map(copies) {
        match start(entry) {
            Ok(server) => {
                log.tell(
                    "server_started",
                    json!({"name": name, "server": server.id()}),
                )?;
                servers.push(server);
            }
            Err(error) => {
                log.tell(
                    "server_failed",
                    json!({"name": name, "error": error.to_string()}),
                )?;
            }
        }
    }
    Ok(servers)
}

fn start(entry: &Value) -> io::Result<Child> {
    let program = entry.get("command").and_then(Value::as_str);
    let program = program.ok_or_else(|| io::Error::other("the entry has no command"))?;
    let arguments = entry
        .get("args")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let variables = entry
        .get("env")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let mut command = Command::new(program);
    command
        .args(arguments.filter_map(Value::as_str))
        .env_clear();
    command.envs(
        PASSED
            .iter()
            .filter_map(|name| Some((name, std::env::var_os(name)?))),
    );
    command.envs(variables.filter_map(|(name, value)| Some((name, value.as_str()?))));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.kill_on_drop(true).spawn()
}

/// Closes each one's standard input, and kills those that do not end.
pub async fn stop_all(servers: Vec<Child>) {
    for mut server in servers {
        drop(server.stdin.take());
        if timeout(GRACE, server.wait()).await.is_err() {
            // An error means that it is gone already.
            let _ = server.kill().await;
        }
    }
}
