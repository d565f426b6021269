//! What is installed, found and missing, and what to do, a line each. Makes no request.

use crate::clock::wall_now;
use crate::server::companion;
use crate::settings::VaultSetting;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use control::{EntryMode, Rank, ServerView, Snapshot};
use lifecycle::State;
use vault::VaultChoice;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub subject: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// What was found, and what to do if it is not well.
    pub text: String,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Well,
    /// Worth knowing.
    Note,
    /// To be put right.
    Wrong,
}

/// Looks at everything that `snapshot` and this process can tell.
pub fn examine(setup: &Setup, snapshot: &Snapshot) -> Vec<Finding> {
    let mut findings = vec![keeper(snapshot)];
    findings.extend(programs());
    findings.push(vault_choice(setup));
    findings.extend(accounts(snapshot));
    findings.push(claude(snapshot));
    findings.extend(server(snapshot));
    findings.extend(visible_secrets(setup, snapshot));
    findings.extend(
        snapshot
            .warnings
            .iter()
            .map(|text| wrong("warning", text.clone())),
    );
    findings
}

fn keeper(snapshot: &Snapshot) -> Finding {
    let pid = snapshot.keeper.pid;
    match snapshot.keeper.rank {
        Rank::App => well(
            "keeper",
            format!("the Zoomtray app (pid {pid}) keeps the tokens"),
        ),
        Rank::Watch => well(
            "keeper",
            format!("`zoomtrayctl watch` (pid {pid}) keeps the tokens"),
        ),
        Rank::Brief => note(
            "keeper",
            "nothing keeps the tokens between commands. Start Zoomtray, or `zoomtrayctl watch`."
                .to_owned(),
        ),
    }
}

fn programs() -> Vec<Finding> {
    ["zoomtray", "zoomtrayctl", "zoomtray-mcp"]
        .into_iter()
        .map(|name| {
            let path = companion(name);
            if path.is_file() {
                well("program", format!("{name} is at {}", path.display()))
            } else {
                wrong(
                    "program",
                    format!("{} is missing. Install Zoomtray again.", path.display()),
                )
            }
        })
        .collect()
}

fn vault_choice(setup: &Setup) -> Finding {
    let setting = SettingsFile::open(setup.folders.config.join("settings.json"))
        .0
        .get()
        .vault;
    match (&setup.vault, setting) {
        (Some(VaultChoice::File(folder)), _) => note(
            "vault",
            format!("secrets are in private files in {}", folder.display()),
        ),
        (Some(VaultChoice::Memory), _) => note(
            "vault",
            "secrets are in memory and lost when the keeper ends".to_owned(),
        ),
        (None, VaultSetting::File) => {
            let folder = VaultChoice::folder_in(&setup.folders.data);
            note(
                "vault",
                format!("secrets are in private files in {}", folder.display()),
            )
        }
        (Some(VaultChoice::Keychain), _) | (None, VaultSetting::Keychain) => {
            well("vault", "secrets are in the system's keychain".to_owned())
        }
    }
}

fn accounts(snapshot: &Snapshot) -> Vec<Finding> {
    if snapshot.accounts.is_empty() {
        let text = "there is none. Add one with `zoomtrayctl accounts add --server-to-server`.";
        return vec![wrong("account", text.to_owned())];
    }
    let now = wall_now();
    snapshot
        .accounts
        .iter()
        .map(|account| {
            let state = account.condition.state(now);
            let failed = account
                .last_refresh
                .as_ref()
                .map(|last| last.message.clone());
            match state {
                State::Suspended | State::SignInAgain | State::Offline => wrong(
                    "account",
                    format!(
                        "{}: {}",
                        account.label,
                        failed.unwrap_or_else(|| "suspended".to_owned())
                    ),
                ),
                State::Expired => note("account", format!("{}: no valid token now", account.label)),
                _ => well("account", format!("{}: the token is valid", account.label)),
            }
        })
        .collect()
}

fn claude(snapshot: &Snapshot) -> Finding {
    match (&snapshot.claude.config, &snapshot.claude.problem) {
        (_, Some(problem)) => wrong("Claude Desktop", problem.clone()),
        (Some(path), None) => {
            let running = match snapshot.claude.running {
                Some(true) => "running",
                Some(false) => "not running",
                None => "not to be seen in the process list",
            };
            well(
                "Claude Desktop",
                format!("{running}; its config is {}", path.display()),
            )
        }
        (None, None) => note("Claude Desktop", "not looked at".to_owned()),
    }
}

fn server(snapshot: &Snapshot) -> Option<Finding> {
    match &snapshot.server {
        ServerView::None => None,
        ServerView::Starting => Some(note("server", "starting".to_owned())),
        ServerView::Connected { missing_scopes, .. } if missing_scopes.is_empty() => {
            Some(well("server", "connected to Zoom".to_owned()))
        }
        ServerView::Connected { missing_scopes, .. } => Some(wrong(
            "server",
            format!(
                "connected, but the app lacks the scopes {}. Add them.",
                missing_scopes.join(", ")
            ),
        )),
        ServerView::Failed { message } => Some(wrong("server", message.clone())),
    }
}

/// Where a token can be read because the user chose it.
fn visible_secrets(setup: &Setup, snapshot: &Snapshot) -> Vec<Finding> {
    let injected = snapshot
        .claude
        .entries
        .iter()
        .filter(|entry| entry.mode == EntryMode::Inject);
    let entries = injected.map(|entry| {
        note(
            "visible token",
            format!("Claude Desktop's entry {} holds the token", entry.name),
        )
    });
    let env_file = setup.env_target.iter().map(|path| {
        note(
            "visible token",
            format!("{} holds the token while `watch` runs", path.display()),
        )
    });
    entries.chain(env_file).collect()
}

fn well(subject: &'static str, text: String) -> Finding {
    Finding {
        subject,
        verdict: Verdict::Well,
        text,
    }
}

fn note(subject: &'static str, text: String) -> Finding {
    Finding {
        subject,
        verdict: Verdict::Note,
        text,
    }
}

fn wrong(subject: &'static str, text: String) -> Finding {
    Finding {
        subject,
        verdict: Verdict::Wrong,
        text,
    }
}
