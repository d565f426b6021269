//! The relays that this keeper serves: the gateway, and what it needs to know of entries,
//! accounts and tokens.
//!
//! App and `watch` serve them; a keeper that leaves at once refuses by name.

mod drain;
mod entries;
mod original;
mod showing;
mod token;

use crate::core::Core;
use crate::server::companion;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use control::{BYE, Rank, RefusalKind, RelayHello, RelayRefusal, RelayStream};
use drain::Drain;
use entries::KnownEntries;
use gateway::{AccountToken, Farewell, Gate, Gateway, GatewaySettings, Relay};
use keeper::BeforeRequest;
use session::Moment;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use vault::{AccountId, Vault};

pub(crate) use entries::RelayedEntry;

/// The relays, of a keeper that stays or leaves.
pub(crate) struct Relays {
    rank: Rank,
    gateway: Gateway,
    entries: Arc<KnownEntries>,
    settings: Arc<SettingsFile>,
    token: watch::Sender<AccountToken>,
    token_wanted: Arc<Notify>,
    /// Says that a token request is over.
    requests_over: mpsc::UnboundedSender<()>,
}

/// What serves the relays beside their sessions. Dropped, it ends.
pub(crate) struct Relaying {
    tasks: [JoinHandle<()>; 2],
}

impl Drop for Relaying {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// The inbox of what [`Relays::start`] starts.
pub(crate) struct RequestsOver(mpsc::UnboundedReceiver<()>);

impl Relays {
    pub(crate) fn assemble(
        setup: &Setup,
        rank: Rank,
        settings: &Arc<SettingsFile>,
        vault: &Vault,
        gate: &Gate,
    ) -> (Self, RequestsOver) {
        let entries = Arc::new(KnownEntries::new(setup, settings.clone(), vault.clone()));
        let token = watch::Sender::new(AccountToken::default());
        let token_wanted = Arc::new(Notify::new());
        let gateway = Gateway::new(GatewaySettings {
            guard: companion("zoomtrayctl"),
            logs: setup.folders.logs.clone(),
            handshakes: setup.folders.data.join("handshakes"),
            clock,
            wall: crate::wall_now,
            goodbye: BYE,
            gate: gate.clone(),
            token: token.subscribe(),
            token_wanted: token_wanted.clone(),
            entries: entries.clone(),
        });
        let (requests_over, over) = mpsc::unbounded_channel();
        let relays = Self {
            rank,
            gateway,
            entries,
            settings: settings.clone(),
            token,
            token_wanted,
            requests_over,
        };
        (relays, RequestsOver(over))
    }

    /// Follows the default account's token, and shows the sessions. Needs a tokio runtime.
    pub(crate) fn start(core: &Arc<Core>, over: RequestsOver) -> Relaying {
        let relays = &core.relays;
        let follower = token::Follower {
            token: relays.token.clone(),
            wanted: relays.token_wanted.clone(),
            over: over.0,
            gateway: relays.gateway.clone(),
        };
        let sessions = relays.gateway.sessions();
        Relaying {
            tasks: [
                tokio::spawn(follower.follow(core.clone())),
                tokio::spawn(showing::show(sessions, core.board.clone())),
            ],
        }
    }

    /// Whether a relay is served.
    pub(crate) fn admits(&self) -> Result<(), RelayRefusal> {
        let (kind, message) = if self.rank == Rank::Brief {
            let message = "A command keeps the tokens for a moment. Start the Zoomtray app.";
            (RefusalKind::NotHere, message)
        } else if self.gateway.is_closing() {
            (RefusalKind::Leaving, "Zoomtray is being quit.")
        } else {
            return Ok(());
        };
        let message = message.to_owned();
        Err(RelayRefusal { kind, message })
    }

    /// Serves a relay until its connection ends.
    pub(crate) async fn serve(&self, hello: RelayHello, stream: RelayStream) {
        let relay = Relay {
            entry: hello.entry,
            session: hello.session,
            environment: hello.environment,
            folder: hello.folder.map(Into::into),
        };
        let RelayStream { reading, writing } = stream;
        self.gateway.serve(relay, reading, writing).await;
    }

    /// Our id of the account whose token the entries get, if there is one.
    pub(crate) fn account(&self) -> Option<String> {
        let account = self.token.borrow().account.clone();
        (!account.is_empty()).then_some(account)
    }

    /// The entries that can be relayed, by name.
    pub(crate) fn entries(&self) -> Vec<RelayedEntry> {
        self.entries.all()
    }

    /// Who is told of the token requests of `account`, if a new token ends the last.
    pub(crate) fn before_request(&self, account: &AccountId) -> Option<Arc<dyn BeforeRequest>> {
        let settings = self.settings.get();
        let ends_the_last = settings
            .single_token
            .iter()
            .any(|id| id == account.as_str());
        let drain = || Drain::new(self.gateway.clone(), self.requests_over.clone());
        ends_the_last.then(|| Arc::new(drain()) as Arc<dyn BeforeRequest>)
    }

    /// Ends every session, with a word to the relays or none; returns when their servers have
    /// ended.
    pub(crate) async fn close(&self, farewell: Farewell) {
        self.gateway.close(farewell).await;
    }
}

/// Milliseconds since the computer started, sleep included.
fn clock() -> Moment {
    Moment(keeper::now().boot.0)
}
