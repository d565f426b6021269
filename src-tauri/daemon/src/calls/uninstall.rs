//! Everything of ours gone: entries given back, then keychain items, login item, folders.
//!
//! Nothing is begun that could not be finished: while Claude Desktop runs, while an entry cannot
//! be given back, or while the keychain is locked, nothing is done at all. The folders go last,
//! when the keeper ends.

use crate::accounts::NotAllHere;
use crate::calls::accounts;
use crate::calls::claude::try_ask;
use crate::core::{Core, Leave};
use crate::delivery::order::Order;
use crate::login_item;
use crate::removal::Removal;
use control::{
    Failure, FailureKind, Progress, Rank, RemoveAccount, Uninstall, Uninstalled, answered,
};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// How long a caller that stays connected, as the app's own window does, has to read its answer.
const READING: Duration = Duration::from_millis(500);

/// Removes everything, and ends the keeper behind the answer.
pub(crate) async fn uninstall(
    core: &Arc<Core>,
    call: Uninstall,
    progress: Progress,
) -> Result<Value, Failure> {
    let ids = if call.keep_accounts {
        Vec::new()
    } else {
        accounts_to_remove(core).await?
    };
    if !ids.is_empty() {
        accounts::check_vault(core, "Nothing was removed").await?;
    }
    let entries = try_ask(core, |reply| Order::GiveAllBack { reply }).await?;
    let mut removed = 0;
    for account in ids {
        accounts::remove(core, RemoveAccount { account }).await?;
        removed += 1;
    }
    login_item::remove(&core.setup.folders)
        .map_err(|error| Failure::new(FailureKind::Internal, error.to_string()))?;
    let removal = Removal::new(&core.setup.folders, call.keep_accounts);
    let folders = removal.folders();
    core.removal.send_replace(Some(removal));
    leave_behind_the_answer(core, progress);
    answered::<Uninstall>(&Uninstalled {
        entries,
        accounts: removed,
        folders,
    })
}

/// Every saved account, by its id. One that this keeper does not have would leave its secrets in
/// the vault.
async fn accounts_to_remove(core: &Core) -> Result<Vec<String>, Failure> {
    let accounts = core.accounts.lock().await;
    let known = accounts.saved();
    match accounts.file.check(&known) {
        Ok(()) => {}
        Err(error @ NotAllHere::Unknown) => return Err(refusal(&error.to_string())),
        Err(NotAllHere::Unreadable(error)) => {
            let leaves =
                "Their secrets would stay in the vault; `--keep-accounts` leaves them there";
            return Err(refusal(&format!("{error}. {leaves}")));
        }
    }
    let ids = known.iter().map(|account| account.id.to_string());
    Ok(ids.collect())
}

fn refusal(why: &str) -> Failure {
    let message = format!("Nothing was removed; {why}.");
    Failure::new(FailureKind::Internal, message)
}

/// A brief keeper leaves by itself when its command is done.
fn leave_behind_the_answer(core: &Arc<Core>, progress: Progress) {
    if core.rank == Rank::Brief {
        return;
    }
    let core = core.clone();
    tokio::spawn(async move {
        // Either way the answer has been read.
        let _either = tokio::time::timeout(READING, progress.gone()).await;
        core.leave.send_replace(Leave::Quit);
    });
}
