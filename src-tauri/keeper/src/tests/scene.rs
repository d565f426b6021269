//! A fake Zoom, a folder, a clock, and keepers among them.

use super::manual_clock::ManualClock;
use crate::before_request::BeforeRequest;
use crate::configuration::{ClientSecret, Configuration, Credentials, Custody, start_by};
use crate::error::KeeperError;
use crate::handle::KeeperHandle;
use crate::lease::TokenLease;
use crate::news::View;
use crate::store::AttemptStore;
use fake_zoom::{App, Config, Endpoint, FakeZoom, Fault};
use lifecycle::WallTime;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use vault::{AccountId, Vault, VaultChoice};
use zoom::ServiceUrls;

pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const HOUR: Duration = Duration::from_hours(1);

pub(super) struct Scene {
    pub(super) zoom: FakeZoom,
    pub(super) folder: TempDir,
    pub(super) clock: Arc<ManualClock>,
    pub(super) vault: Vault,
    pub(super) custody: Custody,
    pub(super) auto_refresh: bool,
    pub(super) before_request: Option<Arc<dyn BeforeRequest>>,
}

impl Scene {
    /// A file vault that the keeper has for itself; tokens are fetched for callers only.
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let choice = VaultChoice::File(folder.path().join("vault"));
        Self {
            zoom: FakeZoom::start(Config::default()).await.unwrap(),
            vault: Vault::open(&choice, "zoomtray-test").unwrap(),
            folder,
            clock: Arc::new(ManualClock::new()),
            custody: Custody::Sole,
            auto_refresh: false,
            before_request: None,
        }
    }

    pub(super) fn account() -> AccountId {
        AccountId::new("acc").unwrap()
    }

    pub(super) fn vault_folder(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    pub(super) fn token_file(&self) -> PathBuf {
        self.vault_folder().join("zoom_token_acc.json")
    }

    pub(super) fn given_secret() -> ClientSecret {
        ClientSecret::Given(App::default().client_secret.into())
    }

    pub(super) fn keeper(&self) -> KeeperHandle {
        self.keeper_with(Self::given_secret())
    }

    pub(super) fn keeper_with(&self, secret: ClientSecret) -> KeeperHandle {
        let App {
            account_id,
            client_id,
            ..
        } = App::default();
        let configuration = Configuration {
            account: Self::account(),
            credentials: Credentials {
                account_id,
                client_id,
                token_index: None,
            },
            secret,
            service: ServiceUrls::parse(&self.zoom.oauth_url(), &self.zoom.api_url()).unwrap(),
            threshold: 300 * SECOND,
            auto_refresh: self.auto_refresh,
            vault: self.vault.clone(),
            custody: self.custody,
            attempts: AttemptStore::in_folder(self.folder.path(), &Self::account()),
            before_request: self.before_request.clone(),
        };
        start_by(configuration, self.clock.clone())
    }

    pub(super) fn fault(&self, fault: Fault, times: u32) {
        self.zoom.push_fault(Endpoint::Token, fault, Some(times));
    }

    /// Time passes, and the keeper has looked at the clock.
    pub(super) async fn pass_awake(&self, keeper: &KeeperHandle, span: Duration) {
        self.clock.advance(span);
        keeper.set_auto_refresh(self.auto_refresh).await;
    }

    pub(super) fn clock_now(&self) -> lifecycle::Now {
        crate::clock::Clock::now(&*self.clock)
    }

    pub(super) fn requests(&self) -> u64 {
        self.zoom.counters().token.requests
    }
}

pub(super) async fn token(keeper: &KeeperHandle) -> Result<TokenLease, KeeperError> {
    keeper.token(Duration::ZERO).await
}

/// A refresh in a task of its own, and where it says how long it waits.
pub(super) fn refresh(
    keeper: &KeeperHandle,
) -> (
    JoinHandle<Result<TokenLease, KeeperError>>,
    mpsc::UnboundedReceiver<WallTime>,
) {
    let (waits, told) = mpsc::unbounded_channel();
    let keeper = keeper.clone();
    (
        tokio::spawn(async move { keeper.refresh(waits).await }),
        told,
    )
}

/// The first view that `fits`.
pub(super) async fn seen(keeper: &KeeperHandle, fits: impl FnMut(&View) -> bool) -> View {
    keeper.views().wait_for(fits).await.unwrap().clone()
}
