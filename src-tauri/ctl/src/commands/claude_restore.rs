//! `claude restore`: what Claude Desktop lost, or a kept copy of its whole config.

use crate::exit::{Failed, YES};
use crate::{terminal, words};
use control::{Client, Delivery, ListBackups, RestoreBackup, RestoreLost, Restored};
use daemon::wall_now;
use std::process::ExitCode;

pub(crate) async fn lost(client: &Client) -> Result<ExitCode, Failed> {
    let entries = client.call(RestoreLost {}).await?.entries;
    if entries.is_empty() {
        terminal::say(
            "Nothing of Zoomtray's is lost from Claude Desktop's config. \
             `zoomtrayctl claude restore --list` lists the kept copies of the whole file.",
        )?;
    }
    for entry in entries {
        let name = entry.name;
        terminal::say(&match entry.delivery {
            Delivery::Written | Delivery::AlreadySo => format!("Entry {name} is back."),
            Delivery::Pending => format!(
                "Entry {name} waits: it is put back once Claude Desktop is quit, or now with \
                 `zoomtrayctl claude restart`."
            ),
        })?;
    }
    Ok(YES.into())
}

pub(crate) async fn list(client: &Client) -> Result<ExitCode, Failed> {
    let now = wall_now();
    let backups = client.call(ListBackups {}).await?.backups;
    if backups.is_empty() {
        terminal::say("No copy of Claude Desktop's config is kept yet.")?;
    }
    for backup in backups {
        terminal::say(&format!(
            "{:>4}  {}  {} bytes  {}",
            backup.number,
            words::clock(backup.made, now),
            backup.bytes,
            backup.path.display()
        ))?;
    }
    Ok(YES.into())
}

pub(crate) async fn backup(client: &Client, number: u32) -> Result<ExitCode, Failed> {
    let restored = client.call(RestoreBackup { number }).await?;
    for line in lines(&restored) {
        terminal::say(&line)?;
    }
    Ok(YES.into())
}

fn lines(restored: &Restored) -> Vec<String> {
    let mut lines = vec![format!(
        "Copy {} is Claude Desktop's config again.",
        restored.number
    )];
    lines.extend(
        restored
            .off
            .iter()
            .map(|name| format!("Entry {name} holds its own again and is off.")),
    );
    lines.extend(restored.missing.iter().map(|pointer| {
        format!("{pointer} was a secret that is not known any more. Put it in place of <redacted>.")
    }));
    lines.extend(
        restored
            .set_aside
            .iter()
            .map(|path| format!("The file before is kept as {}.", path.display())),
    );
    lines
}
