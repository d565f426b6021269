//! A keeper from its election to its end.

use crate::accounts::AccountsFile;
use crate::board::Board;
use crate::calls;
use crate::core::{Accounts, Core};
use crate::delivering::Delivering;
use crate::delivery::deliverer::Deliverer;
use crate::delivery::order::Order;
use crate::election::{Election, ElectionError, Office, stand};
use crate::gating::{self, Gating};
use crate::relays::{Relaying, Relays, RequestsOver};
use crate::server::ServerRunner;
use crate::settings::VaultSetting;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use control::{Connection, Rank, Server, Snapshot, Step};
use files::FoldersError;
use gateway::Farewell;
use std::sync::Arc;
use tokio::sync::{Mutex, broadcast, mpsc, watch};
use tokio::task::JoinHandle;
use vault::{Vault, VaultChoice, VaultError};

pub use crate::core::Leave;

/// A running keeper. Dropping it ends everything at once; [`Daemon::shut_down`] asks first.
pub struct Daemon {
    core: Arc<Core>,
    listening: Server,
    delivering: Delivering,
    farewells: JoinHandle<()>,
    gating: Gating,
    relaying: Relaying,
    office: Office,
}

/// A keeper that did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another one of the same or a higher rank runs.
    #[error("Zoomtray (pid {pid}) keeps the tokens already; quit it first")]
    Outranked {
        /// Its process.
        pid: u32,
        /// Its rank.
        rank: Rank,
    },
    /// The election came to no end.
    #[error(transparent)]
    Election(#[from] ElectionError),
    /// Our folders cannot be used.
    #[error(transparent)]
    Folders(#[from] FoldersError),
    /// The vault cannot be used at all.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The socket cannot be opened.
    #[error(transparent)]
    Bind(#[from] control::BindError),
}

impl Daemon {
    /// Becomes the keeper of these folders.
    pub async fn start(setup: Setup, rank: Rank) -> Result<Self, StartError> {
        setup.folders.create()?;
        #[cfg(unix)]
        setup.folders.socket()?;
        let endpoint = crate::endpoint(&setup.folders);
        let office = match stand(&setup.folders, &endpoint, rank).await? {
            Election::Won(office) => office,
            Election::Lost { pid, rank } => return Err(StartError::Outranked { pid, rank }),
        };
        let (core, inboxes) = assemble(setup, rank)?;
        let listening = Server::start(&endpoint, core.clone())?;
        let mut delivering = Delivering::start(inboxes.deliverer, inboxes.orders);
        let seeing_off = calls::accounts::see_guests_off(core.clone(), inboxes.leavers);
        let farewells = tokio::spawn(seeing_off);
        let gating = Gating::start(&core.gate, &core.setup, &core.board);
        let relaying = Relays::start(&core, inboxes.requests_over);
        calls::accounts::load(&core).await;
        if rank == Rank::Brief {
            // A command's first question finds the answer there.
            calls::accounts::settle(&core).await;
            delivering.settle().await;
        }
        Ok(Self {
            core,
            listening,
            delivering,
            farewells,
            gating,
            relaying,
            office,
        })
    }

    /// The state now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.core.board.snapshot()
    }

    /// The state, now and from here on.
    pub fn subscribe(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.core.board.subscribe()
    }

    /// The steps of each refresh sequence.
    pub fn steps(&self) -> broadcast::Receiver<Step> {
        self.core.sequence.subscribe()
    }

    /// Whether the keeper goes on.
    pub fn leaving(&self) -> watch::Receiver<Leave> {
        self.core.leave.subscribe()
    }

    /// Counts the wishes to see the window.
    pub fn windows(&self) -> watch::Receiver<u64> {
        self.core.windows.subscribe()
    }

    /// Ends once nobody's request is at work.
    pub async fn leave_when_idle(self) {
        let mut busy = self.core.busy.subscribe();
        // The sender lives as long as `self`.
        drop(busy.wait_for(|count| *count == 0).await);
        self.shut_down().await;
    }

    /// Whether a restart of Claude Desktop is under way, which [`Daemon::shut_down`] waits for.
    pub fn is_restarting(&self) -> bool {
        self.delivering.is_restarting()
    }

    /// Ends: no restart left in the middle, no more calls, children closed, tokens persisted,
    /// lock let go.
    pub async fn shut_down(self) {
        // Whoever wants a token meanwhile gets it.
        let _shut = self.delivering.finish_restart().await;
        let farewell = match *self.core.leave.borrow() {
            Leave::Yield => Farewell::None,
            Leave::Stay | Leave::Quit => Farewell::Bye,
        };
        self.core.relays.close(farewell).await;
        drop(self.relaying);
        drop(self.listening);
        self.delivering.end().await;
        self.farewells.abort();
        // It has ended then.
        let _aborted = self.farewells.await;
        drop(self.gating);
        self.core.stop().await;
        let removal = self.core.removal.send_replace(None);
        drop(self.office);
        if let Some(Err(error)) = removal.map(|removal| removal.carry_out()) {
            tracing::error!(%error, "a folder of Zoomtray's was not removed");
        }
    }
}

/// What runs beside the handler, and its inboxes.
struct Inboxes {
    deliverer: Deliverer,
    orders: mpsc::UnboundedReceiver<Order>,
    leavers: mpsc::UnboundedReceiver<Connection>,
    requests_over: RequestsOver,
}

fn assemble(setup: Setup, rank: Rank) -> Result<(Arc<Core>, Inboxes), StartError> {
    let (settings, problems) = SettingsFile::open(setup.folders.config.join("settings.json"));
    let settings = Arc::new(settings);
    let board = Arc::new(Board::new(rank, settings.get().auto_refresh));
    for problem in problems {
        board.warn(problem);
    }
    for misread in &setup.environment.misread {
        board.warn(misread.to_string());
    }
    let vault_choice = choice(&setup, &settings);
    let vault = Vault::open(&vault_choice, &service(&setup))?;
    let (orders, received) = mpsc::unbounded_channel();
    let (leavers, left) = mpsc::unbounded_channel();
    let deliverer =
        Deliverer::assemble(&setup, rank, board.clone(), settings.clone(), vault.clone());
    let sequence = deliverer.sequence.clone();
    let gate = gating::open(&setup.folders);
    let (relays, requests_over) = Relays::assemble(&setup, rank, &settings, &vault, &gate);
    let server = (rank == Rank::App).then(|| ServerRunner::start(&setup, board.clone()));
    let file = AccountsFile::new(setup.folders.data.join("accounts.json"));
    let core = Core {
        rank,
        board,
        settings,
        vault,
        vault_choice,
        accounts: Mutex::new(Accounts {
            file,
            running: Vec::new(),
        }),
        orders,
        sequence,
        tokens: broadcast::Sender::new(64),
        leave: watch::Sender::new(Leave::Stay),
        leavers,
        busy: watch::Sender::new(0),
        windows: watch::Sender::new(0),
        removal: watch::Sender::new(None),
        gate,
        relays,
        server: Mutex::new(server),
        setup,
    };
    Ok((
        Arc::new(core),
        Inboxes {
            deliverer,
            orders: received,
            leavers: left,
            requests_over,
        },
    ))
}

/// The environment's choice, else the setting's.
fn choice(setup: &Setup, settings: &SettingsFile) -> VaultChoice {
    setup
        .vault
        .clone()
        .unwrap_or_else(|| match settings.get().vault {
            VaultSetting::Keychain => VaultChoice::Keychain,
            VaultSetting::File => VaultChoice::File(VaultChoice::folder_in(&setup.folders.data)),
        })
}

fn service(setup: &Setup) -> String {
    vault::service_name(setup.folders.home_tag.as_deref())
}
