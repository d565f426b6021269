//! `uninstall`: everything of Zoomtray's gone, Claude Desktop's entries as they were.

use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::terminal;
use control::{Uninstall, Uninstalled};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long the keeper may take to end and to remove its folders.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks whether it has.
const LOOK: Duration = Duration::from_millis(50);

pub(crate) async fn run(keep_accounts: bool, yes: bool) -> Result<ExitCode, Failed> {
    if !yes && !terminal::agrees(question(keep_accounts))? {
        return Ok(NO.into());
    }
    let session = Session::open().await?;
    let outcome = session.client().call(Uninstall { keep_accounts }).await;
    // A keeper of this process ends here, and removes the folders.
    session.close().await;
    let uninstalled = outcome?;
    for line in lines(&uninstalled) {
        terminal::say(&line)?;
    }
    let left = wait_until_gone(&uninstalled.folders).await;
    if left.is_empty() {
        terminal::say("Zoomtray is removed. Remove the program the way you installed it.")?;
        return Ok(YES.into());
    }
    let left: Vec<String> = left.iter().map(|path| path.display().to_string()).collect();
    Err(Failed::new(format!(
        "{} could not be removed. Quit every Zoomtray and delete it.",
        left.join(", ")
    )))
}

fn question(keep_accounts: bool) -> &'static str {
    if keep_accounts {
        "Give Claude Desktop's entries back and remove Zoomtray's login item and folders? \
         Accounts, their secrets and the settings stay."
    } else {
        "Give Claude Desktop's entries back and remove Zoomtray's accounts, secrets, login item \
         and folders?"
    }
}

fn lines(uninstalled: &Uninstalled) -> Vec<String> {
    let entries = uninstalled.entries.iter();
    let mut lines: Vec<String> = entries
        .map(|name| format!("Claude Desktop's entry {name} holds its own value again."))
        .collect();
    match uninstalled.accounts {
        0 => {}
        1 => lines.push("1 account and its secrets are deleted.".to_owned()),
        count => lines.push(format!("{count} accounts and their secrets are deleted.")),
    }
    lines
}

/// Waits for the keeper's end; what is still there after that.
async fn wait_until_gone(folders: &[PathBuf]) -> Vec<PathBuf> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let left: Vec<PathBuf> = folders
            .iter()
            .filter(|path| path.exists())
            .cloned()
            .collect();
        if left.is_empty() || Instant::now() >= deadline {
            return left;
        }
        sleep(LOOK).await;
    }
}
