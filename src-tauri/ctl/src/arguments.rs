//! The command line. Usage errors exit with 2.
#![expect(clippy::doc_markdown, reason = "these lines are the help text")]

use clap::{Args, Parser, Subcommand, ValueEnum};
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
    Doctor {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Call a tool of a relayed server, through the policy; exits 0 if it succeeds, 1 if not
    Call {
        /// The tool
        tool: String,
        /// Its arguments as a JSON object
        #[arg(value_name = "JSON")]
        arguments: Option<String>,
        /// The entry whose server has it [default: the only one]
        #[arg(long, value_name = "NAME")]
        server: Option<String>,
    },
    /// List the tools of every relayed server, how risky each is, and what is in force for it
    Tools {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// The policy: which calls of relayed servers are forwarded, denied, or asked about
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// List the calls that wait for you, or answer one
    Approvals {
        #[command(subcommand)]
        command: Option<ApprovalCommand>,
    },
    /// List the calls of the last seven days: names of arguments, never values
    Activity {
        /// Go on with each call that ends
        #[arg(long)]
        follow: bool,
        /// Print JSON, one object a line
        #[arg(long)]
        json: bool,
    },
    /// Give Claude Desktop's entries back and remove everything Zoomtray has saved
    Uninstall {
        /// Keep accounts, their secrets and the settings
        #[arg(long)]
        keep_accounts: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Print the entry with which another client starts Zoomtray's relay; writes no file
    Entry {
        /// The entry's name
        name: String,
        /// The client
        #[arg(long = "for", value_enum, value_name = "CLIENT")]
        client: EntryClient,
    },
    /// Stand between an MCP client, on standard input and output, and Zoomtray
    #[command(hide = true)]
    Relay {
        /// The entry's name
        name: String,
        /// The folder that holds all of Zoomtray's
        #[arg(long, value_name = "DIR")]
        home: Option<PathBuf>,
    },
    /// Start a server so that nothing of it outlives its parent
    #[command(hide = true)]
    Guard {
        /// The command and its arguments
        #[arg(last = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
}

/// A client other than Claude Desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EntryClient {
    /// Cursor's mcp.json
    Cursor,
    /// Visual Studio Code's mcp.json
    Vscode,
    /// A command for Claude Code
    ClaudeCode,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Accounts {
    /// Save an account after trying it at Zoom; the client secret is asked for
    Add(AddAccount),
    /// Find credentials in clear text and move them into the vault
    Import(ImportAccounts),
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

#[derive(Debug, Args)]
pub(crate) struct ImportAccounts {
    /// Look into this config or .env [default: Claude Desktop's config and ./.env]
    #[arg(long, value_name = "PATH")]
    pub(crate) from: Option<PathBuf>,
    /// Show what would be moved, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Name every mistake of a policy file; exits 0 if there is none, 1 if there is
    Check {
        /// The file
        file: PathBuf,
    },
    /// Say what would become of a call and which rule decides, without making it; exits 1 if it
    /// would be denied
    Explain {
        /// The tool
        tool: String,
        /// Its arguments as a JSON object
        #[arg(value_name = "JSON")]
        arguments: Option<String>,
        /// The entry that it would come through [default: the only one]
        #[arg(long, value_name = "NAME")]
        server: Option<String>,
    },
    /// Write a policy to begin with: reads allowed, writes with your approval, deletes denied
    Init,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ApprovalCommand {
    /// Let the call through, once
    Allow {
        /// The call, as `approvals` numbers it
        id: u32,
    },
    /// Answer the call that it was denied
    Deny {
        /// The call, as `approvals` numbers it
        id: u32,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClaudeCommand {
    /// Show the config file in use, its entries and whether Claude Desktop runs
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Have Claude Desktop start Zoomtray's relay in this server's place; a new entry is for the
    /// bundled server
    Connect {
        /// The entry's name under mcpServers
        #[arg(required_unless_present = "all")]
        name: Option<String>,
        /// Every entry that has a Zoom variable
        #[arg(long, conflicts_with = "name")]
        all: bool,
    },
    /// Put each new token into this entry's environment
    Inject {
        /// The entry's name under mcpServers
        name: String,
    },
    /// Give this entry back what it held before, byte for byte, and leave it alone
    Off {
        /// The entry's name under mcpServers
        name: String,
        /// Leave it as it stands now, and forget what it held before
        #[arg(long)]
        as_is: bool,
    },
    /// Put back what Claude Desktop lost, or a kept copy of its whole config
    Restore {
        /// The copy, as --list numbers it
        number: Option<u32>,
        /// List the copies
        #[arg(long, conflicts_with = "number")]
        list: bool,
    },
    /// Take off the byte order mark that keeps Claude Desktop from reading its config
    Mend,
    /// Quit Claude Desktop, write what is pending, start it again
    Restart {
        /// End it by force, where it does not quit
        #[arg(long)]
        force: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}
