//! Credentials in clear text: found, moved into the vault, and taken out of their file.
//!
//! The file is read anew for each step, so no secret is kept between them, and only what the
//! vault holds is taken out.

use crate::calls::{accounts, claude as desktop};
use crate::clear_text::{self, goes, invalid};
use crate::core::Core;
use crate::delivery::order::Order;
use crate::settings::Choice;
use claude::{Cut, Found, SecretName};
use control::{
    AddAccount, CredentialPlace, Credentials, Delivery, Failure, FailureKind, FindCredentials,
    FoundCredentials, ImportCredentials, Removal, RemoveCredentials, WireSecret, answered,
};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vault::Kind;

/// Looks into Claude's config and a `.env`, or into the file that was named. A config that
/// cannot be read does not hide what a `.env` holds; a named file that cannot be is an error.
pub(crate) async fn find(core: &Core, call: FindCredentials) -> Result<Value, Failure> {
    let config = desktop::look(core)
        .await?
        .config
        .filter(|path| path.exists());
    let named = call.from.is_some();
    let mut answer = FoundCredentials::default();
    let files = match call.from {
        Some(file) => vec![file],
        None => config.iter().cloned().chain(call.env_file).collect(),
    };
    for file in files {
        let outcome = clear_text::of_file(&file, &choices(core));
        match outcome {
            Ok(found) => {
                let views = found.iter().map(|found| {
                    let at = place(&file, found);
                    let removal = removal(&at, found, config.as_deref(), named);
                    clear_text::view(found, at, removal)
                });
                answer.found.extend(views);
            }
            Err(failure) if named => return Err(failure),
            Err(failure) => answer.unread.push(failure.message),
        }
    }
    answered::<FindCredentials>(&answer)
}

/// Tries the credentials at Zoom, then saves them.
pub(crate) async fn import(core: &Arc<Core>, call: ImportCredentials) -> Result<Value, Failure> {
    let found = read(core, &call.at)?;
    let Some(account) = found.server_to_server() else {
        return Err(invalid(
            "These credentials are not complete. Add the account with `zoomtrayctl accounts add`.",
        ));
    };
    let credentials = Credentials {
        account_id: account.account_id,
        client_id: account.client_id,
        client_secret: WireSecret(account.client_secret),
        token_index: None,
        oauth_url: call.oauth_url,
        api_url: call.api_url,
    };
    let label = None;
    accounts::add(core, AddAccount { credentials, label }).await
}

/// Takes the credentials out of their file.
pub(crate) async fn remove(core: &Core, call: RemoveCredentials) -> Result<Value, Failure> {
    let mut found = read(core, &call.at)?;
    check_kept(core, &found, &call.account).await?;
    found.secrets.retain(|secret| goes(secret.name));
    let delivery = match call.at.entry {
        Some(server) => remove_from_claude(core, &call.at.file, server, found).await?,
        None => remove_from_env_file(&call.at.file, &found)?,
    };
    answered::<RemoveCredentials>(&delivery)
}

fn place(file: &Path, found: &Found) -> CredentialPlace {
    CredentialPlace {
        file: file.to_owned(),
        entry: found.entry.clone(),
    }
}

/// A `.env` that nobody named is not changed, nor is any config but the one in use.
fn removal(at: &CredentialPlace, found: &Found, config: Option<&Path>, named: bool) -> Removal {
    match &at.entry {
        Some(_) if found.owned_by_extension => Removal::ExtensionOwned,
        Some(_) if config == Some(&at.file) => Removal::FromClaude,
        None if named => Removal::FromEnvFile,
        Some(_) | None => Removal::ByHand,
    }
}

/// The entries whose token may be Zoomtray's own.
fn choices(core: &Core) -> BTreeMap<String, Choice> {
    core.settings.get().choices(&core.setup.environment)
}

/// What stands there now.
fn read(core: &Core, at: &CredentialPlace) -> Result<Found, Failure> {
    let found = clear_text::of_file(&at.file, &choices(core))?;
    let there = found.into_iter().find(|found| found.entry == at.entry);
    there.ok_or_else(|| {
        let file = at.file.display();
        invalid(format!(
            "{file} holds no Zoom credentials there any more. Nothing was changed."
        ))
    })
}

/// What is not in the vault would be lost.
async fn check_kept(core: &Core, found: &Found, account: &str) -> Result<(), Failure> {
    let running = core.accounts.lock().await;
    let id = running
        .find(Some(account))
        .map(|kept| kept.account.id.clone());
    drop(running);
    let item = match id {
        Some(id) => core
            .vault
            .read(&id, Kind::ClientSecret)
            .await
            .map_err(|error| Failure::new(FailureKind::Vault, error.to_string()))?,
        None => None,
    };
    let kept = item.as_ref().map(|item| item.secret.expose_secret());
    let there = found.secret(SecretName::ClientSecret);
    if kept.is_some() && kept == there.map(ExposeSecret::expose_secret) {
        return Ok(());
    }
    Err(invalid(
        "The client secret there is not the one in the vault, so it was left. Import it again.",
    ))
}

async fn remove_from_claude(
    core: &Core,
    file: &PathBuf,
    server: String,
    found: Found,
) -> Result<Delivery, Failure> {
    if desktop::look(core).await?.config.as_ref() != Some(file) {
        let file = file.display();
        return Err(invalid(format!(
            "{file} is not the config that Claude Desktop reads, so it was left. Take the \
             credentials out of it by hand."
        )));
    }
    let secrets = found.secrets;
    let cuts = vec![Cut { server, secrets }];
    desktop::ask(core, |reply| Order::CutOut { cuts, reply }).await?
}

fn remove_from_env_file(file: &Path, found: &Found) -> Result<Delivery, Failure> {
    let wrong = |why: String| invalid(format!("{} was left alone: {why}.", file.display()));
    let names: Vec<SecretName> = found.secrets.iter().map(|secret| secret.name).collect();
    let before = clear_text::read(file)?;
    let after = claude::cut_env_file(before.expose_secret(), &names)
        .map_err(|error| wrong(error.to_string()))?;
    if after == before.expose_secret() {
        return Ok(Delivery::AlreadySo);
    }
    files::replace(file, &after, files::Mode::Keep)
        .map_err(|error| Failure::new(FailureKind::Internal, error.to_string()))?;
    Ok(Delivery::Written)
}
