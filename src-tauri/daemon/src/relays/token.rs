//! The default account's token, as relayed servers know it.

use crate::calls::tokens::NO_ACCOUNT;
use crate::core::Core;
use gateway::{AccountToken, Gateway};
use keeper::{KeeperHandle, TokenLease, View};
use lifecycle::{Activity, WallTime};
use session::{Moment, Token, TokenState};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};

/// Follows the default account's keeper.
pub(super) struct Follower {
    pub(super) token: watch::Sender<AccountToken>,
    /// A call waits for a token.
    pub(super) wanted: Arc<Notify>,
    /// A request that ends the last token is over.
    pub(super) over: mpsc::UnboundedReceiver<()>,
    pub(super) gateway: Gateway,
}

/// What a follower waits for.
enum Happened {
    Changed,
    /// The keeper has ended.
    Ended,
    Wanted,
    RequestOver,
}

/// The keeper that is followed.
struct Followed {
    keeper: KeeperHandle,
    views: watch::Receiver<View>,
}

impl Follower {
    /// Never ends by itself.
    pub(super) async fn follow(mut self, core: Arc<Core>) {
        let mut board = core.board.subscribe();
        let mut followed: Option<Followed> = None;
        loop {
            let snapshot = board.borrow_and_update().clone();
            let first = snapshot.accounts.first().map(|account| account.id.as_str());
            if first != followed.as_ref().map(Followed::account) {
                followed = Followed::find(&core, first).await;
            }
            self.publish(followed.as_mut());
            let happened = tokio::select! {
                Ok(()) = board.changed() => Happened::Changed,
                happened = changed(followed.as_mut()) => happened,
                () = self.wanted.notified() => Happened::Wanted,
                Some(()) = self.over.recv() => Happened::RequestOver,
            };
            match happened {
                Happened::Changed => {}
                Happened::Ended => followed = None,
                Happened::Wanted => ask(followed.as_ref()),
                Happened::RequestOver => {
                    self.publish(followed.as_mut());
                    self.gateway.request_over();
                }
            }
        }
    }

    fn publish(&self, followed: Option<&mut Followed>) {
        let known = followed.map_or_else(nobody, |followed| {
            let last = self.token.borrow().clone();
            followed.known(&last)
        });
        self.token.send_if_modified(|token| {
            let differs = (&token.account, &token.state) != (&known.account, &known.state);
            *token = known;
            differs
        });
    }
}

impl Followed {
    async fn find(core: &Core, account: Option<&str>) -> Option<Self> {
        let accounts = core.accounts.lock().await;
        let keeper = accounts.find(account)?.keeper.clone();
        let views = keeper.views();
        Some(Self { keeper, views })
    }

    fn account(&self) -> &str {
        self.keeper.account().as_str()
    }

    /// What is known of its token; `last` is what was known before.
    fn known(&mut self, last: &AccountToken) -> AccountToken {
        let view = self.views.borrow_and_update().clone();
        let lease = self.keeper.current();
        AccountToken {
            account: self.account().to_owned(),
            state: settled(&last.state, state(lease.as_ref(), &view)),
            secret: lease
                .map(|lease| lease.token)
                .or_else(|| last.secret.clone()),
        }
    }
}

/// Returns at the next change of the account's state.
async fn changed(followed: Option<&mut Followed>) -> Happened {
    match followed {
        Some(followed) => match followed.views.changed().await {
            Ok(()) => Happened::Changed,
            Err(_) => Happened::Ended,
        },
        None => std::future::pending().await,
    }
}

/// Asks for a token on behalf of those that wait: refreshing may be off.
fn ask(followed: Option<&Followed>) {
    if let Some(keeper) = followed.map(|followed| followed.keeper.clone()) {
        tokio::spawn(async move {
            if let Err(error) = keeper.token(Duration::ZERO).await {
                tracing::debug!(%error, "a call waits for a token that does not come");
            }
        });
    }
}

fn nobody() -> AccountToken {
    AccountToken {
        state: TokenState::Refused {
            advice: NO_ACCOUNT.to_owned(),
        },
        ..AccountToken::default()
    }
}

fn state(lease: Option<&TokenLease>, view: &View) -> TokenState {
    if let Some(lease) = lease {
        return TokenState::Valid(token(lease, crate::wall_now(), super::clock()));
    }
    let advice = view.last_failure.as_ref().map(|why| why.message.clone());
    let advice = advice.unwrap_or_default();
    match view.lifecycle.condition.activity {
        Activity::Suspended { .. } => TokenState::Refused { advice },
        _ => TokenState::Awaited { advice },
    }
}

/// The lease on the clock that counts sleep.
fn token(lease: &TokenLease, wall: WallTime, boot: Moment) -> Token {
    Token {
        generation: lease.generation.0,
        until: boot.plus(lease.span.remaining(wall)),
    }
}

/// How far the ends of one token may lie apart: the two clocks are read one after the other.
const SAME: Duration = Duration::from_secs(2);

/// `now`, or `last` if both are the same token: told again, it would pass for news.
fn settled(last: &TokenState, now: TokenState) -> TokenState {
    match (last, &now) {
        (TokenState::Valid(old), TokenState::Valid(new))
            if old.generation == new.generation
                && old.until.until(new.until).max(new.until.until(old.until)) < SAME =>
        {
            last.clone()
        }
        _ => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(generation: u64, until: u64) -> TokenState {
        let until = Moment(until);
        TokenState::Valid(Token { generation, until })
    }

    #[test]
    fn a_token_is_news_if_it_is_another_or_ends_at_another_time() {
        for (now, wanted) in [
            (valid(1, 10_003), valid(1, 10_000)),
            (valid(1, 9_000), valid(1, 10_000)),
            (valid(1, 60_000), valid(1, 60_000)),
            (valid(2, 10_000), valid(2, 10_000)),
        ] {
            assert_eq!(settled(&valid(1, 10_000), now), wanted);
        }
    }
}
