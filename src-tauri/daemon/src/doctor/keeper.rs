//! The keeper, its programs, vault, accounts and server.

use super::finding::About;
use super::{Code, Finding};
use crate::clock::wall_now;
use crate::delivery::program_place::check_place;
use crate::server::companion;
use crate::settings::VaultSetting;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use claude::Platform;
use control::{AccountView, Rank, ServerView, Snapshot};
use lifecycle::State;
use vault::VaultChoice;

const KEEPER: About = About("keeper");
const PROGRAM: About = About("program");
const VAULT: About = About("vault");
const ACCOUNT: About = About("account");
const SERVER: About = About("server");

pub(super) fn findings(setup: &Setup, snapshot: &Snapshot) -> Vec<Finding> {
    let mut findings = vec![keeper(snapshot)];
    findings.extend(programs());
    findings.extend(place());
    findings.push(vault_choice(setup));
    findings.extend(accounts(snapshot));
    findings
}

pub(super) fn warnings(snapshot: &Snapshot) -> Vec<Finding> {
    let warnings = snapshot.warnings.iter();
    warnings
        .map(|text| About("warning").wrong(Code::KeeperWarning, text))
        .collect()
}

fn keeper(snapshot: &Snapshot) -> Finding {
    let pid = snapshot.keeper.pid;
    match snapshot.keeper.rank {
        Rank::App => KEEPER.well(
            Code::KeeperApp,
            format!("the Zoomtray app (pid {pid}) keeps the tokens"),
        ),
        Rank::Watch => KEEPER.well(
            Code::KeeperWatch,
            format!("`zoomtrayctl watch` (pid {pid}) keeps the tokens"),
        ),
        Rank::Brief => KEEPER.note(
            Code::KeeperNone,
            "nothing keeps the tokens between commands. Start Zoomtray, or `zoomtrayctl watch`.",
        ),
    }
}

fn programs() -> impl Iterator<Item = Finding> {
    let names = ["zoomtray", "zoomtrayctl", "zoomtray-mcp"];
    names.into_iter().map(|name| {
        let path = companion(name);
        let place = path.display();
        if path.is_file() {
            PROGRAM.well(Code::ProgramFound, format!("{name} is at {place}"))
        } else {
            PROGRAM.wrong(
                Code::ProgramMissing,
                format!("{place} is missing. Install Zoomtray again."),
            )
        }
    })
}

/// Claude's config names the relay by its path.
fn place() -> Option<Finding> {
    let program = companion("zoomtrayctl");
    let temporary = [std::env::temp_dir().to_string_lossy().into_owned()];
    let unfit = check_place(Platform::current(), &program.to_string_lossy(), &temporary).err()?;
    Some(PROGRAM.wrong(Code::ProgramPlace, format!("{unfit}.")))
}

fn vault_choice(setup: &Setup) -> Finding {
    let setting = SettingsFile::open(setup.folders.config.join("settings.json"))
        .0
        .get()
        .vault;
    let in_files = |folder: &std::path::Path| {
        let text = format!("secrets are in private files in {}", folder.display());
        VAULT.note(Code::VaultFile, text)
    };
    match (&setup.vault, setting) {
        (Some(VaultChoice::File(folder)), _) => in_files(folder),
        (Some(VaultChoice::Memory), _) => VAULT.note(
            Code::VaultMemory,
            "secrets are in memory and lost when the keeper ends",
        ),
        (None, VaultSetting::File) => in_files(&VaultChoice::folder_in(&setup.folders.data)),
        (Some(VaultChoice::Keychain), _) | (None, VaultSetting::Keychain) => {
            VAULT.well(Code::VaultKeychain, "secrets are in the system's keychain")
        }
    }
}

fn accounts(snapshot: &Snapshot) -> Vec<Finding> {
    if snapshot.accounts.is_empty() {
        let text = "there is none. Add one with `zoomtrayctl accounts add --server-to-server`.";
        return vec![ACCOUNT.wrong(Code::AccountNone, text)];
    }
    snapshot.accounts.iter().map(account).collect()
}

fn account(account: &AccountView) -> Finding {
    let label = &account.label;
    match account.condition.state(wall_now()) {
        State::Suspended | State::SignInAgain | State::Offline => {
            let last = account.last_refresh.as_ref();
            let why = last.map_or("suspended", |last| last.message.as_str());
            ACCOUNT.wrong(Code::AccountFailing, format!("{label}: {why}"))
        }
        State::Expired => {
            ACCOUNT.note(Code::AccountExpired, format!("{label}: no valid token now"))
        }
        _ => ACCOUNT.well(Code::AccountValid, format!("{label}: the token is valid")),
    }
}

pub(super) fn server(snapshot: &Snapshot) -> Option<Finding> {
    match &snapshot.server {
        ServerView::None => None,
        ServerView::Starting => Some(SERVER.note(Code::ServerStarting, "starting")),
        ServerView::Connected { missing_scopes, .. } if missing_scopes.is_empty() => {
            Some(SERVER.well(Code::ServerConnected, "connected to Zoom"))
        }
        ServerView::Connected { missing_scopes, .. } => Some(SERVER.wrong(
            Code::ServerScopesMissing,
            format!(
                "connected, but the app lacks the scopes {}. Add them.",
                missing_scopes.join(", ")
            ),
        )),
        ServerView::Failed { message } => Some(SERVER.wrong(Code::ServerFailed, message)),
    }
}
