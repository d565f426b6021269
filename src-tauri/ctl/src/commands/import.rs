//! `accounts import`: credentials in clear text are shown masked, then moved into the vault and
//! taken out of their file, each step only if the user agrees.

use crate::arguments::ImportAccounts;
use crate::exit::{Failed, NO, YES};
use crate::terminal;
use control::{
    AccountFound, Client, Delivery, FindCredentials, FoundCredentials, FoundView, GetSnapshot,
    ImportCredentials, Rank, Removal, RemoveCredentials,
};
use daemon::Setup;
use std::process::ExitCode;

pub(crate) async fn run(arguments: ImportAccounts) -> Result<ExitCode, Failed> {
    let setup = Setup::from_process()?;
    let reached = daemon::reach(&setup).await?;
    let import = Import {
        client: &reached.client,
        setup: &setup,
        arguments,
    };
    let outcome = import.run().await;
    reached.leave().await;
    outcome
}

struct Import<'a> {
    client: &'a Client,
    setup: &'a Setup,
    arguments: ImportAccounts,
}

impl Import<'_> {
    async fn run(&self) -> Result<ExitCode, Failed> {
        let FoundCredentials { found, unread } = self.find().await?;
        for why in &unread {
            terminal::note(why);
        }
        if found.is_empty() {
            terminal::say("No Zoom credentials in clear text were found.")?;
        }
        let mut well = unread.is_empty();
        for found in &found {
            show(found)?;
            if self.is_wanted(found)? {
                well &= self.take(found).await?;
            }
        }
        if self.arguments.dry_run {
            terminal::say("Nothing was changed.")?;
        }
        Ok(if well { YES } else { NO }.into())
    }

    async fn find(&self) -> Result<FoundCredentials, Failed> {
        let working = std::env::current_dir().unwrap_or_default();
        let from = self.arguments.from.as_ref().map(|path| working.join(path));
        let env_file = Some(working.join(".env")).filter(|path| path.is_file());
        Ok(self.client.call(FindCredentials { from, env_file }).await?)
    }

    fn is_wanted(&self, found: &FoundView) -> Result<bool, Failed> {
        if self.arguments.dry_run || found.account != AccountFound::Whole {
            return Ok(false);
        }
        let question = "Move the client secret into the vault? Zoom is asked for a token first.";
        Ok(self.arguments.yes || terminal::agrees(question)?)
    }

    /// Saves the account, then takes the secrets out. Whether it was saved.
    async fn take(&self, found: &FoundView) -> Result<bool, Failed> {
        let call = ImportCredentials {
            at: found.at.clone(),
            oauth_url: self.setup.service.oauth.clone(),
            api_url: self.setup.service.api.clone(),
        };
        let added = match self.client.call(call).await {
            Ok(added) => added,
            Err(error) => {
                let failed = Failed::from(error);
                terminal::note(&format!("Not imported: {}", failed.message));
                return Ok(false);
            }
        };
        for notice in &added.notices {
            terminal::note(notice);
        }
        let account = added.account;
        terminal::say(&format!(
            "Account {account} is saved; Zoom gave it a token."
        ))?;
        self.remove(found, account).await?;
        Ok(true)
    }

    async fn remove(&self, found: &FoundView, account: String) -> Result<(), Failed> {
        if let Some(why) = by_hand(found) {
            return terminal::say(&why);
        }
        let (names, place) = (going(found), place(found));
        if !self.arguments.yes && !terminal::agrees(&format!("Take {names} out of {place}?"))? {
            return terminal::say(&format!("{place} keeps its credentials in clear text."));
        }
        let at = found.at.clone();
        let delivery = self.client.call(RemoveCredentials { at, account }).await?;
        let line = match delivery {
            Delivery::Written => format!("Taken out of {place}: {names}.{}", next(found)),
            Delivery::AlreadySo => format!("{place} does not hold {names} any more."),
            Delivery::Pending => self.pending().await?,
        };
        terminal::say(&line)
    }

    /// A keeper that leaves with this command makes no later change.
    async fn pending(&self) -> Result<String, Failed> {
        let rank = self.client.call(GetSnapshot {}).await?.keeper.rank;
        let then = match rank {
            Rank::Brief => "Quit it, then run `zoomtrayctl accounts import` again.",
            Rank::Watch | Rank::App => "It is made once Claude Desktop is quit.",
        };
        Ok(format!(
            "Claude Desktop is running and would overwrite the change. {then}"
        ))
    }
}

fn show(found: &FoundView) -> Result<(), Failed> {
    terminal::say(&format!("{}:", place(found)))?;
    for secret in &found.secrets {
        let among = if secret.in_arguments {
            ", among the arguments"
        } else {
            ""
        };
        terminal::say(&format!("   {:<18}  {}{among}", secret.name, secret.masked))?;
    }
    if let Some(account) = ids(found) {
        terminal::say(&format!("   {account}"))?;
    }
    match &found.account {
        AccountFound::Whole => Ok(()),
        AccountFound::Lacks { missing } => terminal::say(&format!(
            "   Stays there: there is no {} beside it. Add the account with `zoomtrayctl accounts add`.",
            missing.join(" and no ")
        )),
        AccountFound::TokensOnly => terminal::say(
            "   Stays there: Zoomtray cannot renew a token without the app's client secret. Add \
             the account with `zoomtrayctl accounts add`.",
        ),
    }
}

fn ids(found: &FoundView) -> Option<String> {
    let account = found.account_id.as_ref().map(|id| format!("account {id}"));
    let client = found.client_id.as_ref().map(|id| format!("client {id}"));
    let ids: Vec<String> = account.into_iter().chain(client).collect();
    (!ids.is_empty()).then(|| ids.join(" · "))
}

fn place(found: &FoundView) -> String {
    let file = found.at.file.display();
    match &found.at.entry {
        Some(entry) => format!("entry {entry} in {file}"),
        None => file.to_string(),
    }
}

/// What is taken out, in words.
fn going(found: &FoundView) -> String {
    let mut names: Vec<&str> = Vec::new();
    for secret in found.secrets.iter().filter(|secret| secret.goes) {
        if !names.contains(&secret.name.as_str()) {
            names.push(&secret.name);
        }
    }
    names.join(" and ")
}

fn by_hand(found: &FoundView) -> Option<String> {
    let place = place(found);
    match found.removal {
        Removal::FromClaude | Removal::FromEnvFile => None,
        Removal::ExtensionOwned => Some(format!(
            "An extension owns {place}. Delete the credentials in the extension's settings in \
             Claude Desktop."
        )),
        Removal::ByHand if found.at.entry.is_none() => Some(format!(
            "{place} was left as it is. To take the credentials out of it, run `zoomtrayctl \
             accounts import --from {}`.",
            found.at.file.display()
        )),
        Removal::ByHand => Some(format!(
            "{place} was left as it is: it is not the config that Claude Desktop reads. Delete \
             the credentials there."
        )),
    }
}

/// Without its credentials a server gets no token by itself.
fn next(found: &FoundView) -> String {
    match &found.at.entry {
        Some(entry) => format!(" Give it tokens with `zoomtrayctl claude connect {entry}`."),
        None => String::new(),
    }
}
