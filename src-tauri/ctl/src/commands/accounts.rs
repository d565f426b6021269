//! `accounts`: add, list, remove.

use crate::arguments::AddAccount;
use crate::exit::{Failed, NO, YES};
use crate::terminal;
use control::{
    AccountView, Credentials, EntryMode, GetSnapshot, RemoveAccount, Snapshot, WireSecret,
};
use daemon::{Reached, Setup};
use std::process::ExitCode;

pub(crate) async fn add(account: AddAccount) -> Result<ExitCode, Failed> {
    let setup = Setup::from_process()?;
    let client_secret = WireSecret(terminal::secret("Client secret: ")?);
    let credentials = Credentials {
        account_id: account.account_id,
        client_id: account.client_id,
        client_secret,
        token_index: account.token_index,
        oauth_url: setup.service.oauth.clone(),
        api_url: setup.service.api.clone(),
    };
    let reached = daemon::reach(&setup).await?;
    let call = control::AddAccount {
        credentials,
        label: account.label,
    };
    let outcome = reached.client.call(call).await;
    reached.leave().await;
    let added = outcome?;
    for notice in &added.notices {
        terminal::note(notice);
    }
    terminal::say(&format!(
        "Account {} is saved; Zoom gave it a token.",
        added.account
    ))?;
    Ok(YES.into())
}

pub(crate) async fn list() -> Result<ExitCode, Failed> {
    let (reached, snapshot) = look().await?;
    reached.leave().await;
    let saved: Vec<_> = saved(&snapshot).collect();
    if saved.is_empty() {
        terminal::note("No account is saved. Add one with `zoomtrayctl accounts add`.");
    }
    for account in saved {
        terminal::say(&format!(
            "{}  {}  account {} · client {} · {}",
            account.id, account.label, account.account_id, account.client_id, account.host
        ))?;
    }
    Ok(YES.into())
}

pub(crate) async fn remove(id: String, yes: bool) -> Result<ExitCode, Failed> {
    let (reached, snapshot) = look().await?;
    let outcome = remove_from(&reached, &snapshot, id, yes).await;
    reached.leave().await;
    outcome
}

async fn remove_from(
    reached: &Reached,
    snapshot: &Snapshot,
    id: String,
    yes: bool,
) -> Result<ExitCode, Failed> {
    if !saved(snapshot).any(|account| account.id == id) {
        return Err(Failed::new(format!(
            "No account {id} is saved. `zoomtrayctl accounts list` names them."
        )));
    }
    for line in consequences(snapshot) {
        terminal::note(&line);
    }
    if !yes && !terminal::agrees(&format!("Remove account {id} and its keychain items?"))? {
        return Ok(NO.into());
    }
    reached
        .client
        .call(RemoveAccount {
            account: id.clone(),
        })
        .await?;
    terminal::say(&format!("Account {id} is removed."))?;
    Ok(YES.into())
}

/// The entries of Claude's config that get no more tokens.
fn consequences(snapshot: &Snapshot) -> Vec<String> {
    let tied = snapshot
        .claude
        .entries
        .iter()
        .filter(|entry| entry.mode != EntryMode::Off);
    tied.map(|entry| format!("Claude Desktop's entry {} gets no more tokens.", entry.name))
        .collect()
}

async fn look() -> Result<(Reached, Snapshot), Failed> {
    let reached = daemon::reach(&Setup::from_process()?).await?;
    let snapshot = reached.client.call(GetSnapshot {}).await?;
    Ok((reached, snapshot))
}

fn saved(snapshot: &Snapshot) -> impl Iterator<Item = &AccountView> {
    snapshot.accounts.iter().filter(|account| !account.guest)
}
