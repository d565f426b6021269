//! How everybody else speaks to a keeper's task.

use crate::configuration::Custody;
use crate::error::KeeperError;
use crate::front::Front;
use crate::lease::TokenLease;
use crate::mailbox::{Caller, Memory, Message, Tell};
use crate::news::{News, View};
use lifecycle::{Event, Generation, Stored, Waiter, WallTime};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use vault::{AccountId, Kind, Vault};

/// A keeper. Clones speak to the same one; it ends with the last of them.
#[derive(Clone)]
pub struct KeeperHandle {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) account: AccountId,
    pub(crate) front: Arc<Front>,
    pub(crate) vault: Vault,
    pub(crate) custody: Custody,
    pub(crate) mailbox: mpsc::UnboundedSender<Message>,
    pub(crate) waiters: AtomicU64,
    pub(crate) news: broadcast::WeakSender<News>,
    pub(crate) views: watch::Receiver<View>,
}

impl KeeperHandle {
    /// Which account it keeps.
    #[must_use]
    pub fn account(&self) -> &AccountId {
        &self.shared.account
    }

    /// A token that lives `min_ttl` at least, or that is in the first quarter of its life.
    ///
    /// Waits for a request where one is needed, at most for the cooldown and the request's
    /// time-out. Dropping the future leaves the queue.
    pub async fn token(&self, min_ttl: Duration) -> Result<TokenLease, KeeperError> {
        if let Some(lease) = self.shared.front.lease(min_ttl)
            && self.is_still_there(&lease).await
        {
            return Ok(lease);
        }
        self.ask(None, |waiter| Event::Wanted { waiter, min_ttl })
            .await
    }

    /// The valid token, if there is one. Asks nobody for another.
    #[must_use]
    pub fn current(&self) -> Option<TokenLease> {
        self.shared.front.lease(Duration::ZERO)
    }

    /// A new token now, because the user says so. If the cooldown has to pass first, the end
    /// of the wait is sent to `waits`.
    pub async fn refresh(
        &self,
        waits: mpsc::UnboundedSender<WallTime>,
    ) -> Result<TokenLease, KeeperError> {
        self.ask(Some(waits), |waiter| Event::RefreshAsked { waiter })
            .await
    }

    /// A token newer than `generation`, which Zoom's API rejected.
    pub async fn rejected(&self, generation: Generation) -> Result<TokenLease, KeeperError> {
        self.ask(None, |waiter| Event::Rejected { waiter, generation })
            .await
    }

    /// Uses another client secret from now on; it is not saved. Ends a suspension.
    pub async fn set_secret(&self, secret: SecretString) {
        self.tell(Tell::Secret(secret)).await;
    }

    /// Turns refreshing unasked on or off.
    pub async fn set_auto_refresh(&self, on: bool) {
        self.tell(Tell::Event(Event::AutoRefresh(on))).await;
    }

    /// Returns once vault and attempts have been read: nothing is heard before.
    pub async fn ready(&self) {
        self.tell(Tell::Event(Event::Tick)).await;
    }

    /// The computer woke. A keeper notices that itself within half a minute.
    pub async fn woke(&self) {
        self.tell(Tell::Event(Event::Woke)).await;
    }

    /// The network is back.
    pub async fn network_returned(&self) {
        self.tell(Tell::Event(Event::NetworkReturned)).await;
    }

    /// The vault can be used again.
    pub async fn vault_returned(&self) {
        self.tell(Tell::VaultReturned).await;
    }

    /// Ends the keeper: waiting callers are refused, a request in flight is finished, its
    /// token saved. Returns when that is done.
    pub async fn close(&self) {
        self.end(Memory::Keep).await;
    }

    /// Ends the keeper and removes what was written of its attempts. The vault's items are
    /// the caller's to delete.
    pub async fn forget(&self) {
        self.end(Memory::Forget).await;
    }

    /// The state now.
    #[must_use]
    pub fn view(&self) -> View {
        self.shared.views.borrow().clone()
    }

    /// The state now and whenever it changes; closed when the keeper has ended.
    #[must_use]
    pub fn views(&self) -> watch::Receiver<View> {
        self.shared.views.clone()
    }

    /// What happens from now on; closed when the keeper has ended.
    #[must_use]
    pub fn news(&self) -> broadcast::Receiver<News> {
        match self.shared.news.upgrade() {
            Some(news) => news.subscribe(),
            None => broadcast::channel(1).1,
        }
    }

    /// Where others have access to the vault: whether it still has the token.
    async fn is_still_there(&self, lease: &TokenLease) -> bool {
        if self.shared.custody == Custody::Sole || lease.stored == Stored::Unsaved {
            return true;
        }
        let there = match self
            .shared
            .vault
            .read(&self.shared.account, Kind::AccessToken)
            .await
        {
            Ok(Some(item)) => item.secret.expose_secret() == lease.token.expose_secret(),
            Ok(None) => false,
            Err(error) => {
                tracing::debug!(%error, "the vault cannot say whether it still has the token");
                true
            }
        };
        if !there {
            // A task that has ended has nothing to replace; the question to come says so.
            let _ended = self.shared.mailbox.send(Message::Missing(lease.generation));
        }
        there
    }

    async fn ask(
        &self,
        waits: Option<mpsc::UnboundedSender<WallTime>>,
        event: impl FnOnce(Waiter) -> Event,
    ) -> Result<TokenLease, KeeperError> {
        let waiter = Waiter(self.shared.waiters.fetch_add(1, Ordering::Relaxed));
        let (answer, answered) = oneshot::channel();
        let message = Message::Ask {
            waiter,
            event: event(waiter),
            caller: Caller { answer, waits },
        };
        self.shared
            .mailbox
            .send(message)
            .map_err(|_| KeeperError::Closed)?;
        let mut place = Place {
            waiter,
            mailbox: Some(&self.shared.mailbox),
        };
        let outcome = answered.await.unwrap_or(Err(KeeperError::Closed));
        place.mailbox = None;
        outcome
    }

    async fn tell(&self, what: Tell) {
        let (done, is_done) = oneshot::channel();
        self.send_and_wait(Message::Tell { what, done }, is_done)
            .await;
    }

    async fn end(&self, memory: Memory) {
        let (done, is_done) = oneshot::channel();
        self.send_and_wait(Message::Close { memory, done }, is_done)
            .await;
    }

    async fn send_and_wait(&self, message: Message, is_done: oneshot::Receiver<()>) {
        if self.shared.mailbox.send(message).is_ok() && is_done.await.is_err() {
            tracing::debug!(account = %self.shared.account, "the keeper ended meanwhile");
        }
    }
}

impl fmt::Debug for KeeperHandle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("KeeperHandle")
            .field("account", &self.shared.account)
            .finish()
    }
}

/// A caller's place in the queue, which it leaves when it stops waiting.
struct Place<'a> {
    waiter: Waiter,
    mailbox: Option<&'a mpsc::UnboundedSender<Message>>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(mailbox) = self.mailbox {
            // Nobody waits in the queue of a task that has ended.
            let _ended = mailbox.send(Message::Leave(self.waiter));
        }
    }
}
