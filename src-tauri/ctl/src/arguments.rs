//! The command line. Usage errors exit with 2.
#![expect(clippy::doc_markdown, reason = "these lines are the help text")]

use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// Keeps Zoom access tokens fresh for Claude Desktop, from the command line.
#[derive(Debug, Parser)]
#[command(name = "zoomtrayctl", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add, list and remove accounts
    #[command(subcommand)]
    Accounts(Accounts),
    /// Show the token's state; exits 0 if it is valid, 1 if not
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Get a new token now
    Refresh,
    /// Print the access token alone
    Token {
        /// Seconds the token must still live
        #[arg(long, value_name = "SECONDS", default_value_t = 0)]
        min_ttl: u64,
    },
    /// Exit 0 if the token lives longer than the threshold, 1 if not; makes no request
    Check {
        /// Seconds that must be left [default: ZOOM_TOKEN_THRESHOLD, 60]
        #[arg(short = 't', value_name = "SECONDS")]
        threshold: Option<u64>,
        /// Say what was found
        #[arg(short = 'v')]
        verbose: bool,
    },
    /// Run a command with a fresh token in its environment
    Run {
        /// The variable that carries the token
        #[arg(long, value_name = "NAME", default_value = "ZOOM_ACCESS_TOKEN")]
        env: String,
        /// The command and its arguments
        #[arg(last = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
    /// Keep tokens and deliver them, in this terminal
    Watch {
        /// Write each token into this file's ZOOM_ACCESS_TOKEN line
        #[arg(long, value_name = "PATH")]
        env_file: Option<PathBuf>,
    },
    /// Claude Desktop: its config and its restart
    #[command(subcommand)]
    Claude(ClaudeCommand),
    /// Say what is installed, found and missing, and what to do
    Doctor,
    /// Start a server so that nothing of it outlives its parent
    #[command(hide = true)]
    Guard {
        /// The command and its arguments
        #[arg(last = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Accounts {
    /// Save an account after trying it at Zoom; the client secret is asked for
    Add(AddAccount),
    /// List the saved accounts
    List,
    /// Delete an account and its keychain items
    Remove {
        /// The account, as `accounts list` names it
        id: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddAccount {
    /// A Server-to-Server OAuth app
    #[arg(long, required = true)]
    pub(crate) server_to_server: bool,
    /// Zoom's account id
    #[arg(long, value_name = "A")]
    pub(crate) account_id: String,
    /// The app's client id
    #[arg(long, value_name = "C")]
    pub(crate) client_id: String,
    /// What you call it
    #[arg(long, value_name = "L")]
    pub(crate) label: Option<String>,
    /// Token index, for apps whose tolerance Zoom has raised
    #[arg(long, value_name = "N")]
    pub(crate) token_index: Option<u32>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClaudeCommand {
    /// Show the config file in use, its entries and whether Claude Desktop runs
    Status,
    /// Put each new token into this entry's environment
    Inject {
        /// The entry's name under mcpServers
        name: String,
    },
    /// Leave this entry alone again and give its value back
    Off {
        /// The entry's name under mcpServers
        name: String,
    },
    /// Quit Claude Desktop, write what is pending, start it again
    Restart {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}
