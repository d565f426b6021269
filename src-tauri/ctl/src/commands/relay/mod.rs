//! `zoomtrayctl relay NAME`: what Claude starts in a server's place.
//!
//! One MCP session between the client, on standard input and output, and the keeper, on its
//! socket; the rules are those of [`session::Session`]. Plain threads and no runtime, so that it
//! is there in milliseconds: one reads the client, one connects to the keeper and reads it, one
//! starts a keeper where there is none, one keeps time, and each of the two pipes has one that
//! writes what the others must not wait for.

mod client;
mod clock;
mod desk;
mod keeper;
mod notices;
mod outlet;
mod search;
mod start;

use crate::exit::NO;
use crate::terminal;
use control::RelayHello;
use desk::Desk;
use files::{Folders, FoldersError};
use keeper::Keepers;
use start::Starter;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs until the client ends its standard input.
pub(crate) fn run(entry: &str, home: Option<&Path>) -> ExitCode {
    match open(entry, home) {
        Ok(desk) => {
            desk.keep_time();
            ExitCode::SUCCESS
        }
        Err(error) => {
            terminal::note(&format!("The relay cannot start: {error}."));
            NO.into()
        }
    }
}

/// Why a relay cannot start.
#[derive(Debug, thiserror::Error)]
enum CannotStart {
    #[error(transparent)]
    Folders(#[from] FoldersError),
    #[error("the system gives it no thread ({0}); end other programs and try again")]
    Thread(#[from] std::io::Error),
}

fn open(entry: &str, home: Option<&Path>) -> Result<std::sync::Arc<Desk>, CannotStart> {
    let folders = home.map_or_else(Folders::resolve, Folders::under)?;
    let hello = RelayHello::of_this_process(entry, &session_id());
    let starter = Starter::new(&folders.run, home_of(&folders));
    let keepers = Keepers::new(daemon::endpoint(&folders), &hello, starter);
    let desk = Desk::new(entry, keepers)?;
    desk.open();
    client::read_on_a_thread(&desk)?;
    Ok(desk)
}

/// The folder that holds all of ours, if one was named.
fn home_of(folders: &Folders) -> Option<PathBuf> {
    let home = folders.home_tag.as_ref().and(folders.config.parent());
    home.map(Path::to_owned)
}

/// Tells this relay's session from all others: the standard library's seeds are random.
fn session_id() -> String {
    let random = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sessions_have_two_ids() {
        assert_ne!(session_id(), session_id());
        assert_eq!(session_id().len(), 32);
    }
}
