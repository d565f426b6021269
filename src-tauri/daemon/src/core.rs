//! What the parts of a keeper share.

use crate::accounts::{Account, AccountsFile};
use crate::board::Board;
use crate::delivery::order::Order;
use crate::delivery::steps::Sequence;
use crate::relays::Relays;
use crate::removal::Removal;
use crate::server::ServerRunner;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use control::{Connection, Rank};
use gateway::Gate;
use keeper::KeeperHandle;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::{Mutex, broadcast, mpsc, watch};
use tokio::task::AbortHandle;
use vault::{Vault, VaultChoice};

/// What the parts of a keeper share.
pub(crate) struct Core {
    pub(crate) setup: Setup,
    pub(crate) rank: Rank,
    pub(crate) board: Arc<Board>,
    pub(crate) settings: Arc<SettingsFile>,
    pub(crate) vault: Vault,
    pub(crate) vault_choice: VaultChoice,
    pub(crate) accounts: Mutex<Accounts>,
    pub(crate) orders: mpsc::UnboundedSender<Order>,
    pub(crate) sequence: Sequence,
    pub(crate) tokens: broadcast::Sender<NewToken>,
    pub(crate) leave: watch::Sender<Leave>,
    /// Connections that have ended, for the guests they brought.
    pub(crate) leavers: mpsc::UnboundedSender<Connection>,
    /// Requests at work.
    pub(crate) busy: watch::Sender<usize>,
    pub(crate) windows: watch::Sender<u64>,
    /// The folders that are removed when the keeper ends, if it was asked to uninstall.
    pub(crate) removal: watch::Sender<Option<Removal>>,
    /// What stands between relayed calls and their servers.
    pub(crate) gate: Gate,
    /// The relays.
    pub(crate) relays: Relays,
    /// The app's own bundled server.
    pub(crate) server: Mutex<Option<ServerRunner>>,
}

/// A token that has just come.
#[derive(Clone, Debug)]
pub(crate) struct NewToken {
    pub(crate) account: String,
    pub(crate) generation: u64,
}

/// Whether the keeper goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leave {
    /// It does.
    #[default]
    Stay,
    /// A higher rank takes over.
    Yield,
    /// The user quit it.
    Quit,
}

/// The accounts and their keepers.
pub(crate) struct Accounts {
    pub(crate) file: AccountsFile,
    /// The default one first; saved ones before guests.
    pub(crate) running: Vec<Running>,
}

/// An account and what keeps its token.
pub(crate) struct Running {
    pub(crate) account: Account,
    pub(crate) keeper: KeeperHandle,
    pub(crate) tenancy: Tenancy,
    pub(crate) follower: AbortHandle,
}

/// How long an account stays.
pub(crate) enum Tenancy {
    /// Until it is removed.
    Saved,
    /// While one of these connections lives.
    Guest(HashSet<Connection>),
}

impl Accounts {
    /// The account of this id, or the default one.
    pub(crate) fn find(&self, id: Option<&str>) -> Option<&Running> {
        match id {
            Some(id) => self
                .running
                .iter()
                .find(|running| running.account.id.as_str() == id),
            None => self.running.first(),
        }
    }

    /// The saved accounts.
    pub(crate) fn saved(&self) -> Vec<Account> {
        let saved = self
            .running
            .iter()
            .filter(|running| matches!(running.tenancy, Tenancy::Saved));
        saved.map(|running| running.account.clone()).collect()
    }

    /// Every account, guests too.
    pub(crate) fn known(&self) -> Vec<Account> {
        self.running
            .iter()
            .map(|running| running.account.clone())
            .collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Core {
    /// Ends what the tasks do not own.
    pub(crate) async fn stop(&self) {
        let server = self.server.lock().await.take();
        if let Some(server) = server {
            server.close().await;
        }
        self.gate.finish().await;
        let running = std::mem::take(&mut self.accounts.lock().await.running);
        for account in running {
            account.keeper.close().await;
        }
    }
}
