//! What a keeper says, on its way to the board, to subscribers and to the deliverer.

use crate::clock::wall_now;
use crate::core::{Core, NewToken};
use crate::delivery::order::{FreshToken, Order};
use crate::delivery::steps;
use crate::views;
use control::EventKind;
use keeper::{KeeperHandle, News, View};
use lifecycle::{Notice, Span, SuspendReason};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// Follows one account's keeper until it ends.
pub(crate) async fn follow(core: Arc<Core>, account: String, keeper: KeeperHandle) {
    let mut news = keeper.news();
    let mut seen = keeper.views();
    show(&core, &account, &keeper.view());
    core.catch_up(&account, &keeper).await;
    loop {
        let view = seen.borrow_and_update().clone();
        show(&core, &account, &view);
        tokio::select! {
            biased;
            heard = news.recv() => match heard {
                Ok(news) => {
                    // Who delivers a token looks at the board whether refreshing is suspended.
                    show(&core, &account, &keeper.view());
                    core.hear(&account, news).await;
                }
                Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "news of a keeper were missed"),
                Err(RecvError::Closed) => return,
            },
            changed = seen.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}

/// Puts an account's state on the board.
pub(crate) fn show(core: &Core, account: &str, view: &View) {
    core.board.change(|snapshot| {
        if let Some(shown) = snapshot
            .accounts
            .iter_mut()
            .find(|shown| shown.id == account)
        {
            views::update(shown, view);
        }
    });
}

impl Core {
    /// Passes on a token that was there before anybody followed.
    async fn catch_up(&self, account: &str, keeper: &KeeperHandle) {
        let lives = |span: Span| !span.remaining(wall_now()).is_zero();
        if keeper.view().lifecycle.condition.token.is_some_and(lives)
            && let Ok(lease) = keeper.token(Duration::ZERO).await
        {
            let token = FreshToken {
                generation: lease.generation.0,
                secret: lease.token,
            };
            self.pass_on(account, token).await;
        }
    }

    async fn hear(&self, account: &str, news: News) {
        match news {
            News::Fetched {
                generation,
                token,
                took,
            } => {
                self.board.event(
                    wall_now(),
                    EventKind::Refreshed,
                    "A new token came from Zoom.",
                );
                self.sequence.done(steps::FETCH, took);
                self.pass_on(
                    account,
                    FreshToken {
                        generation: generation.0,
                        secret: token,
                    },
                )
                .await;
            }
            News::Loaded { generation, token } => {
                self.pass_on(
                    account,
                    FreshToken {
                        generation: generation.0,
                        secret: token,
                    },
                )
                .await;
            }
            News::Failed {
                message,
                detail,
                took,
            } => {
                let text = detail.map_or(message.clone(), |detail| format!("{message} ({detail})"));
                self.sequence.failed(steps::FETCH, took, &text);
                self.board.event(wall_now(), EventKind::Failed, text);
            }
            News::Warning(text) => self.board.event(wall_now(), EventKind::Notice, text),
            News::Notice(notice) => self.notice(notice),
        }
    }

    /// To subscribers, the bundled server's proof, and every place a token is delivered to.
    async fn pass_on(&self, account: &str, token: FreshToken) {
        let new = NewToken {
            account: account.to_owned(),
            generation: token.generation,
        };
        // Nobody subscribed is fine.
        let _unheard = self.tokens.send(new);
        if let Some(server) = self.server.lock().await.as_ref() {
            server.prove();
        }
        let default = self
            .accounts
            .lock()
            .await
            .find(None)
            .map(|first| first.account.id.to_string());
        if default.as_deref() == Some(account) && self.orders.send(Order::Deliver(token)).is_err() {
            tracing::debug!("a token came while the keeper was closing");
        }
    }

    fn notice(&self, notice: Notice) {
        let now = wall_now();
        match notice {
            // Told with the failure itself.
            Notice::Failed(_) => {}
            Notice::Suspended(reason) => {
                self.board
                    .event(now, EventKind::Suspension, suspended(reason));
            }
            Notice::Recovered => {
                self.board
                    .event(now, EventKind::Suspension, "Refreshing works again.");
            }
            Notice::RotatedElsewhere { .. } => self.board.event(
                now,
                EventKind::Notice,
                "Zoom ended the token early: another program asked for one with the same app. A \
                 new one is fetched.",
            ),
            Notice::SaveFailed { .. } => self.board.event(
                now,
                EventKind::Notice,
                "The token works but could not be saved; it is lost when Zoomtray ends. Check \
                 the keychain.",
            ),
            Notice::AssumedLifetime { lifetime, .. } => self.board.event(
                now,
                EventKind::Notice,
                format!(
                    "Zoom named no lifetime; {} minutes are assumed.",
                    lifetime.as_secs() / 60
                ),
            ),
        }
    }
}

fn suspended(reason: SuspendReason) -> &'static str {
    match reason {
        SuspendReason::Refused => {
            "Zoom refused three times in a row; refreshing is suspended. Check the app's \
             credentials, then refresh."
        }
        SuspendReason::NewTokensRejected => {
            "Zoom rejects new tokens; refreshing is suspended. Check that the app is active, then \
             refresh."
        }
        SuspendReason::SignInAgain => "The sign-in has ended. Sign in again.",
    }
}
