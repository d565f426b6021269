//! What the stand-in is told to do: by arguments, by environment, or by a file beside its
//! executable, because whoever restarts Claude passes no arguments on.

use clap::Parser;
use serde::Deserialize;
use std::io;
use std::path::PathBuf;

/// How many of each server are started: chat, the pool of Cowork and Code, the era probe.
const SERVER_COPIES: usize = 3;

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
    /// Start each MCP server of the config, three times each
    #[arg(long)]
    spawn_servers: bool,
    /// Write the whole config from memory this often
    #[arg(long, env = "STAND_IN_CLAUDE_WRITE_EVERY_MS")]
    write_every_ms: Option<u64>,
    /// Do not quit when asked to
    #[arg(long, env = "STAND_IN_CLAUDE_IGNORE_QUIT")]
    ignore_quit: bool,
    /// Start anew after having quit
    #[arg(long, env = "STAND_IN_CLAUDE_COME_BACK")]
    come_back: bool,
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
#[expect(clippy::struct_excessive_bools, reason = "each is a wish of its own")]
pub struct Beside {
    config: Option<PathBuf>,
    log: Option<PathBuf>,
    spawn_servers: bool,
    server_copies: Option<usize>,
    keep_unknown: bool,
    write_at_launch: bool,
    write_every_ms: Option<u64>,
    ignore_quit: bool,
    come_back: bool,
    helpers_linger_ms: u64,
    helpers_linger_while: Option<PathBuf>,
    locked_out_after_ms: u64,
    update: Update,
    update_on_quit: bool,
    /// Be another program, which does nothing but record signals.
    pub bystander: bool,
}

/// What an update leaves behind when it ends the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Update {
    /// The new version in the place of the old one, not started.
    #[default]
    Replaced,
    /// The new version, started.
    Restarted,
    /// Nothing: the new version is not there yet.
    Away,
}

/// All of it put together; arguments and environment come before the file.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a wish of its own")]
pub struct Options {
    /// The config.
    pub config: PathBuf,
    /// The log, if one is wanted.
    pub log: Option<PathBuf>,
    /// How often each MCP server is started.
    pub server_copies: usize,
    /// Whether keys that Claude does not know survive a write.
    pub keep_unknown: bool,
    /// Whether the config is written as soon as it was read.
    pub write_at_launch: bool,
    /// How often it is written unasked.
    pub write_every_ms: Option<u64>,
    /// Whether the wish to end is only logged.
    pub ignore_quit: bool,
    /// Whether it is started anew by itself.
    pub come_back: bool,
    /// How long a helper outlives the main process.
    pub helpers_linger_ms: u64,
    /// A file: as long as it is there, helpers are too.
    pub helpers_linger_while: Option<PathBuf>,
    /// How long it takes to see that its profile is another computer's.
    pub locked_out_after_ms: u64,
    /// What an update leaves behind.
    pub update: Update,
    /// Whether an update waits for the next quit.
    pub update_on_quit: bool,
}

impl Options {
    /// Puts arguments and file together.
    pub fn gather(arguments: Arguments, beside: Beside) -> Self {
        let profile = arguments
            .user_data_dir
            .as_ref()
            .map(|folder| folder.join(FILE_NAME));
        let spawn = arguments.spawn_servers || beside.spawn_servers;
        Self {
            config: arguments
                .config
                .or(profile)
                .or(beside.config)
                .unwrap_or_else(default_config),
            log: arguments.log.or(beside.log),
            server_copies: if spawn {
                beside.server_copies.unwrap_or(SERVER_COPIES)
            } else {
                0
            },
            keep_unknown: beside.keep_unknown,
            write_at_launch: beside.write_at_launch,
            write_every_ms: arguments.write_every_ms.or(beside.write_every_ms),
            ignore_quit: arguments.ignore_quit || beside.ignore_quit,
            come_back: arguments.come_back || beside.come_back,
            helpers_linger_ms: beside.helpers_linger_ms,
            helpers_linger_while: beside.helpers_linger_while,
            locked_out_after_ms: beside.locked_out_after_ms,
            update: beside.update,
            update_on_quit: beside.update_on_quit,
        }
    }

    /// The folder of the profile, which the config is in.
    pub fn profile(&self) -> PathBuf {
        self.config
            .parent()
            .map_or_else(PathBuf::new, PathBuf::from)
    }
}

impl Beside {
    /// Reads the file beside the executable, if it is there.
    pub fn read() -> io::Result<Self> {
        let mut path = std::env::current_exe()?.into_os_string();
        path.push(".json");
        match fs_err::read(PathBuf::from(path)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// The log that it names.
    pub fn log(&self) -> Option<PathBuf> {
        self.log.clone()
    }
}

const FILE_NAME: &str = "claude_desktop_config.json";

fn default_config() -> PathBuf {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    variable("XDG_CONFIG_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".config")))
        .unwrap_or_default()
        .join("Claude")
        .join(FILE_NAME)
}
