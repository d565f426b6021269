//! What the stand-in is told to do: by arguments, by environment, or by a file beside its
//! executable, because whoever restarts Claude passes no arguments on.

use clap::Parser;
use serde::Deserialize;
use std::io;
use std::path::PathBuf;

/// Command line.
#[derive(Debug, Parser)]
#[command(about = "Treats its config and its processes as Claude Desktop does")]
pub struct Arguments {
    /// The config file [default: where Claude Desktop has it on Linux]
    #[arg(long, env = "CLAUDE_CONFIG_FILE")]
    config: Option<PathBuf>,
    /// Append what is done to this file, as JSON lines
    #[arg(long, env = "STAND_IN_CLAUDE_LOG")]
    log: Option<PathBuf>,
    /// Start each MCP server of the config
    #[arg(long)]
    spawn_servers: bool,
    /// Drop the keys that Claude does not know when the config is written
    #[arg(long)]
    strip_unknown: bool,
    /// Be a helper of this kind
    #[arg(long = "type", hide = true)]
    pub kind: Option<String>,
    /// Another profile's folder
    #[arg(long)]
    user_data_dir: Option<PathBuf>,
}

/// The same in the file EXECUTABLE.json, with what only tests need.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Beside {
    config: Option<PathBuf>,
    log: Option<PathBuf>,
    spawn_servers: bool,
    strip_unknown: bool,
    ignore_quit: bool,
    helpers_linger_ms: u64,
}

/// All of it put together; arguments and environment come before the file.
#[derive(Debug)]
pub struct Options {
    /// The config.
    pub config: PathBuf,
    /// The log, if one is wanted.
    pub log: Option<PathBuf>,
    /// Whether MCP servers are started.
    pub spawn_servers: bool,
    /// Whether unknown keys are dropped at the write.
    pub strip_unknown: bool,
    /// Whether the wish to end is only logged.
    pub ignore_quit: bool,
    /// The other profile's folder, if there is one; helpers are given it too.
    pub user_data_dir: Option<PathBuf>,
    /// How long a helper outlives the main process.
    pub helpers_linger_ms: u64,
}

impl Options {
    /// Reads the file beside the executable, if it is there.
    pub fn gather(arguments: Arguments) -> io::Result<Self> {
        let beside = beside()?;
        let profile = arguments
            .user_data_dir
            .as_ref()
            .map(|folder| folder.join(FILE_NAME));
        Ok(Self {
            config: arguments
                .config
                .or(profile)
                .or(beside.config)
                .unwrap_or_else(default_config),
            log: arguments.log.or(beside.log),
            spawn_servers: arguments.spawn_servers || beside.spawn_servers,
            strip_unknown: arguments.strip_unknown || beside.strip_unknown,
            ignore_quit: beside.ignore_quit,
            user_data_dir: arguments.user_data_dir,
            helpers_linger_ms: beside.helpers_linger_ms,
        })
    }
}

const FILE_NAME: &str = "claude_desktop_config.json";

fn beside() -> io::Result<Beside> {
    let mut path = std::env::current_exe()?.into_os_string();
    path.push(".json");
    match fs_err::read(PathBuf::from(path)) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Beside::default()),
        Err(error) => Err(error),
    }
}

fn default_config() -> PathBuf {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    variable("XDG_CONFIG_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".config")))
        .unwrap_or_default()
        .join("Claude")
        .join(FILE_NAME)
}
