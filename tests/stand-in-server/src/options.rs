//! What a stand-in is told to do.

use clap::Parser;
use files::{FileLock, LockAttempt};
use std::path::PathBuf;

/// A scriptable MCP server.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Parser)]
pub(crate) struct Options {
    /// Appends what happens, a JSON object a line
    #[arg(long)]
    pub(crate) log: Option<PathBuf>,
    /// Exits with 2 without `ZOOM_ACCESS_TOKEN`
    #[arg(long)]
    needs_token: bool,
    /// Exits at once with this code
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "3")]
    exit_at_start: Option<u8>,
    /// Exits at once, once: unless FILE exists, which it makes
    #[arg(long, value_name = "FILE")]
    exit_once: Option<PathBuf>,
    /// Answers nothing
    #[arg(long)]
    pub(crate) hang_at_start: bool,
    /// Prints a line that is no JSON before each answer
    #[arg(long)]
    pub(crate) noise: bool,
    /// Answers each request twice
    #[arg(long)]
    pub(crate) twice: bool,
    /// Goes on after the end of its input and after SIGTERM
    #[arg(long)]
    pub(crate) deaf: bool,
    /// Has so many more tools
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) tools: usize,
    /// Has a tool that is named for its token
    #[arg(long)]
    pub(crate) tool_of_token: bool,
    /// Prints this on its standard error at its start
    #[arg(long, value_name = "TEXT")]
    pub(crate) stderr: Option<String>,
    /// Exits with 4 while another one holds FILE
    #[arg(long, value_name = "FILE")]
    apart: Option<PathBuf>,
}

impl Options {
    /// With what it ends before it begins, if it does.
    pub(crate) fn exit_code(&self) -> Option<u8> {
        let token = std::env::var("ZOOM_ACCESS_TOKEN").unwrap_or_default();
        if self.needs_token && token.is_empty() {
            return Some(2);
        }
        if let Some(mark) = self.exit_once.as_ref().filter(|mark| !mark.exists()) {
            fs_err::write(mark, "").unwrap();
            return Some(3);
        }
        self.exit_at_start
    }

    /// The lock of `--apart`, or the exit code.
    pub(crate) fn hold(&self) -> Result<Option<FileLock>, u8> {
        let Some(file) = &self.apart else {
            return Ok(None);
        };
        match FileLock::try_take(file, "stand-in").unwrap() {
            LockAttempt::Held(lock) => Ok(Some(lock)),
            LockAttempt::Taken(_) => Err(4),
        }
    }
}
