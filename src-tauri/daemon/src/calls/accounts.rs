//! Accounts: saved ones, guests, and what all of them share.

use crate::accounts::{Account, assign_id};
use crate::clock::wall_now;
use crate::core::{Accounts, Core, Running, Tenancy};
use crate::follow::{follow, show};
use crate::setup::ServiceAddresses;
use crate::views::{failure_of, placeholder};
use control::{
    AccountAdded, AddAccount, Connection, Credentials, Done, EventKind, Failure, FailureKind, Rank,
    RemoveAccount, SetAutoRefresh, UnlockVault, UseGuest, answered,
};
use keeper::{AttemptStore, ClientSecret, Configuration, Custody, KeeperHandle, News};
use secrecy::SecretString;
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use vault::{Item, Kind, Vault, VaultChoice, VaultError, VaultHealth};

/// Starts what keeps the saved accounts' tokens.
pub(crate) async fn load(core: &Arc<Core>) {
    let mut accounts = core.accounts.lock().await;
    let saved = match accounts.file.load() {
        Ok(saved) => saved,
        Err(error) => {
            core.board
                .warn(format!("The saved accounts are not used: {error}."));
            return;
        }
    };
    for account in saved {
        let keeper = keep(core, &account, ClientSecret::Vault);
        start(core, &mut accounts, account, keeper, Tenancy::Saved);
    }
}

/// Returns once every saved account's token was looked for, and is shown.
pub(crate) async fn settle(core: &Core) {
    for running in &core.accounts.lock().await.running {
        running.keeper.ready().await;
        show(core, running.account.id.as_str(), &running.keeper.view());
    }
}

/// Tries the credentials at Zoom, then saves them. An account that is saved already stays as
/// it was if they are refused.
pub(crate) async fn add(core: &Arc<Core>, call: AddAccount) -> Result<Value, Failure> {
    let mut accounts = core.accounts.lock().await;
    check_vault(core, "The account was not added").await?;
    check_file(&accounts, "The account was not added")?;
    let secret = call.credentials.client_secret.0.clone();
    let account = account_of(&accounts, &call.credentials, call.label)?;
    let before = accounts
        .saved()
        .into_iter()
        .find(|saved| saved.id == account.id);
    remove_running(core, &mut accounts, account.id.as_str()).await;
    let keeper = keep(core, &account, ClientSecret::Given(secret.clone()));
    let outcome = match try_out(&keeper).await {
        Ok(notices) => save(core, &mut accounts, &account, secret)
            .await
            .map(|()| notices),
        Err(failure) => Err(failure),
    };
    let notices = match outcome {
        Ok(notices) => notices,
        Err(failure) => {
            keeper.forget().await;
            if let Some(before) = before {
                let keeper = keep(core, &before, ClientSecret::Vault);
                start(core, &mut accounts, before, keeper, Tenancy::Saved);
            }
            return Err(failure);
        }
    };
    let id = account.id.to_string();
    let text = format!("Account {} was added.", account.label);
    start(core, &mut accounts, account, keeper, Tenancy::Saved);
    core.board.event(wall_now(), EventKind::Account, text);
    answered::<AddAccount>(&AccountAdded {
        account: id,
        notices,
    })
}

/// Nothing is begun that could not be finished: no token is asked for an account that could not
/// be saved. `nothing` says what was not done.
pub(crate) async fn check_vault(core: &Core, nothing: &str) -> Result<(), Failure> {
    let error = match core.vault.probe().await {
        VaultHealth::Available => return Ok(()),
        VaultHealth::Locked => VaultError::Locked,
        VaultHealth::Missing(lack) => VaultError::Missing(lack),
        VaultHealth::Failing(error) => error,
    };
    let message = format!("{nothing}; {error}.");
    Err(Failure::new(FailureKind::Vault, message))
}

/// The file of saved accounts is written anew as a whole: none may be lost by that. `nothing` says
/// what was not done.
fn check_file(accounts: &Accounts, nothing: &str) -> Result<(), Failure> {
    let checked = accounts.file.check(&accounts.saved());
    checked.map_err(|error| Failure::new(FailureKind::Internal, format!("{nothing}; {error}.")))
}

/// Asks Zoom for a token; what else there is to know, a sentence each.
async fn try_out(keeper: &KeeperHandle) -> Result<Vec<String>, Failure> {
    let mut news = keeper.news();
    keeper
        .token(Duration::ZERO)
        .await
        .map_err(|error| failure_of(&error))?;
    let mut notices = Vec::new();
    while let Ok(news) = news.try_recv() {
        if let News::Warning(text) = news {
            notices.push(text);
        }
    }
    Ok(notices)
}

async fn save(
    core: &Core,
    accounts: &mut Accounts,
    account: &Account,
    secret: SecretString,
) -> Result<(), Failure> {
    let generation = u64::try_from(wall_now().0).unwrap_or(0);
    let item = Item::lasting(generation, secret);
    core.vault
        .write_verified(&account.id, Kind::ClientSecret, item)
        .await
        .map_err(|error| vault_failure(&error))?;
    let mut saved = accounts.saved();
    saved.push(account.clone());
    accounts
        .file
        .save(&saved)
        .map_err(|error| Failure::new(FailureKind::Internal, error.to_string()))
}

/// Deletes an account and its items.
pub(crate) async fn remove(core: &Arc<Core>, call: RemoveAccount) -> Result<Value, Failure> {
    let mut accounts = core.accounts.lock().await;
    check_file(&accounts, "The account was not removed")?;
    let Some(position) = accounts
        .running
        .iter()
        .position(|running| running.account.id.as_str() == call.account)
    else {
        let message = format!("There is no account {}. Nothing was removed.", call.account);
        return Err(Failure::new(FailureKind::UnknownAccount, message));
    };
    let running = accounts.running.remove(position);
    running.keeper.forget().await;
    for kind in [Kind::ClientSecret, Kind::RefreshToken, Kind::AccessToken] {
        let deleted = core.vault.delete(&running.account.id, kind).await;
        deleted.map_err(|error| vault_failure(&error))?;
    }
    let saved = accounts.saved();
    accounts
        .file
        .save(&saved)
        .map_err(|error| Failure::new(FailureKind::Internal, error.to_string()))?;
    hide(core, &call.account);
    let text = format!("Account {} was removed.", running.account.label);
    core.board.event(wall_now(), EventKind::Account, text);
    answered::<RemoveAccount>(&Done {})
}

/// Takes credentials of the caller's environment, for as long as it is connected.
pub(crate) async fn use_guest(
    core: &Arc<Core>,
    connection: Connection,
    call: UseGuest,
) -> Result<Value, Failure> {
    let mut accounts = core.accounts.lock().await;
    let account = account_of(&accounts, &call.credentials, None)?;
    let id = account.id.to_string();
    let known = accounts
        .running
        .iter_mut()
        .find(|running| running.account.id == account.id);
    match known {
        Some(Running {
            tenancy: Tenancy::Saved,
            ..
        }) => {}
        Some(Running {
            tenancy: Tenancy::Guest(connections),
            keeper,
            ..
        }) => {
            connections.insert(connection);
            keeper.set_secret(call.credentials.client_secret.0).await;
        }
        None => {
            let secret = ClientSecret::Given(call.credentials.client_secret.0);
            let keeper = keep_guest(core, &account, secret)?;
            let tenancy = Tenancy::Guest(HashSet::from([connection]));
            start(core, &mut accounts, account, keeper, tenancy);
        }
    }
    answered::<UseGuest>(&AccountAdded {
        account: id,
        notices: Vec::new(),
    })
}

/// Drops guests whose last connection has ended.
pub(crate) async fn see_guests_off(
    core: Arc<Core>,
    mut leavers: mpsc::UnboundedReceiver<Connection>,
) {
    while let Some(connection) = leavers.recv().await {
        let mut accounts = core.accounts.lock().await;
        let mut gone = Vec::new();
        for running in &mut accounts.running {
            if let Tenancy::Guest(connections) = &mut running.tenancy
                && connections.remove(&connection)
                && connections.is_empty()
            {
                gone.push(running.account.id.to_string());
            }
        }
        for id in gone {
            remove_running(&core, &mut accounts, &id).await;
        }
    }
}

/// Turns refreshing unasked on or off.
pub(crate) async fn set_auto_refresh(core: &Core, call: SetAutoRefresh) -> Result<Value, Failure> {
    core.settings
        .change(|settings| settings.auto_refresh = call.on)
        .map_err(|error| Failure::new(FailureKind::Internal, error.to_string()))?;
    core.board
        .change(|snapshot| snapshot.auto_refresh = call.on);
    for running in &core.accounts.lock().await.running {
        running.keeper.set_auto_refresh(call.on).await;
    }
    answered::<SetAutoRefresh>(&Done {})
}

/// Opens the keychain, with its prompt if it has one.
pub(crate) async fn unlock(core: &Core) -> Result<Value, Failure> {
    core.vault
        .unlock()
        .await
        .map_err(|error| vault_failure(&error))?;
    for running in &core.accounts.lock().await.running {
        running.keeper.vault_returned().await;
    }
    answered::<UnlockVault>(&Done {})
}

fn account_of(
    accounts: &Accounts,
    credentials: &Credentials,
    label: Option<String>,
) -> Result<Account, Failure> {
    let invalid = |message: String| Failure::new(FailureKind::Invalid, message);
    let service = ServiceAddresses::urls(
        credentials.oauth_url.as_deref(),
        credentials.api_url.as_deref(),
    )
    .map_err(|error| invalid(error.to_string()))?;
    let (account_id, client_id) = (
        credentials.account_id.clone(),
        credentials.client_id.clone(),
    );
    let id = assign_id(&accounts.known(), &account_id, &client_id, &service)
        .map_err(|error| invalid(error.to_string()))?;
    let label = label.unwrap_or_else(|| account_id.clone());
    let token_index = credentials.token_index;
    Ok(Account {
        id,
        label,
        account_id,
        client_id,
        token_index,
        service,
    })
}

/// Starts a keeper for a saved account, or for one that is about to be saved.
fn keep(core: &Core, account: &Account, secret: ClientSecret) -> KeeperHandle {
    let attempts = AttemptStore::in_folder(&core.setup.folders.data, &account.id);
    keep_in(core, account, secret, core.vault.clone(), attempts)
}

fn keep_in(
    core: &Core,
    account: &Account,
    secret: ClientSecret,
    vault: Vault,
    attempts: AttemptStore,
) -> KeeperHandle {
    let settings = core.settings.get();
    let threshold = core.setup.environment.threshold(&settings);
    keeper::start(Configuration {
        account: account.id.clone(),
        credentials: keeper::Credentials {
            account_id: account.account_id.clone(),
            client_id: account.client_id.clone(),
            token_index: account.token_index,
        },
        secret,
        service: account.service.clone(),
        threshold,
        auto_refresh: settings.auto_refresh && core.rank != Rank::Brief,
        vault,
        custody: if core.files_hold_tokens() {
            Custody::Shared
        } else {
            Custody::Sole
        },
        attempts,
        before_request: core.relays.before_request(&account.id),
    })
}

fn start(
    core: &Arc<Core>,
    accounts: &mut Accounts,
    account: Account,
    keeper: KeeperHandle,
    tenancy: Tenancy,
) {
    let guest = matches!(tenancy, Tenancy::Guest(_));
    core.board
        .change(|snapshot| snapshot.accounts.push(placeholder(&account, guest)));
    let follower = tokio::spawn(follow(core.clone(), account.id.to_string(), keeper.clone()));
    let follower = follower.abort_handle();
    accounts.running.push(Running {
        account,
        keeper,
        tenancy,
        follower,
    });
}

async fn remove_running(core: &Core, accounts: &mut Accounts, id: &str) {
    let position = accounts
        .running
        .iter()
        .position(|running| running.account.id.as_str() == id);
    if let Some(position) = position {
        let running = accounts.running.remove(position);
        running.keeper.close().await;
        hide(core, id);
    }
}

fn hide(core: &Core, id: &str) {
    core.board
        .change(|snapshot| snapshot.accounts.retain(|account| account.id != id));
}

/// A guest's token and attempts are kept in memory, or in the file vault where that was chosen.
fn keep_guest(
    core: &Core,
    account: &Account,
    secret: ClientSecret,
) -> Result<KeeperHandle, Failure> {
    if core.files_hold_tokens() {
        return Ok(keep(core, account, secret));
    }
    let memory = Vault::open(&VaultChoice::Memory, "zoomtray");
    let memory = memory.map_err(|error| vault_failure(&error))?;
    Ok(keep_in(core, account, secret, memory, AttemptStore::Memory))
}

impl Core {
    /// Whether tokens lie in files that people delete or damage by hand.
    fn files_hold_tokens(&self) -> bool {
        matches!(self.vault_choice, VaultChoice::File(_))
    }
}

fn vault_failure(error: &VaultError) -> Failure {
    Failure::new(FailureKind::Vault, error.to_string())
}
