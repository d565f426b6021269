//! What the machine says, done.

use crate::actor::{Actor, Answered, Token, Work};
use crate::asking::local;
use crate::before_request::PATIENCE;
use crate::clock_off;
use crate::error::KeeperError;
use crate::lease::TokenLease;
use crate::news::News;
use jiff::tz::TimeZone;
use lifecycle::{
    Attempt, Attempts, Effect, Event, Failure, Generation, Notice, Now, Stored, TokenMeta, Waiter,
};
use tokio::time::timeout;
use vault::{Item, Kind};
use zoom::Grant;

impl Actor {
    pub(crate) async fn carry_out(&mut self, effect: Effect, now: Now) {
        match effect {
            Effect::Persist(attempts) => self.persist(attempts).await,
            Effect::Request { attempt } => self.request(attempt),
            Effect::SaveToken(meta) => self.save(meta),
            Effect::HandOut {
                waiter,
                generation,
                stored,
            } => {
                self.hand_out(waiter, generation, stored, now);
            }
            Effect::Refuse { waiter, why } => {
                let error = KeeperError::of(why, self.written.last_failure.clone(), now);
                self.answer_caller(waiter, Err(error));
            }
            Effect::ToldToWait { waiter, until, .. } => {
                if let Some(waits) = self
                    .callers
                    .get(&waiter)
                    .and_then(|caller| caller.waits.as_ref())
                {
                    // A caller that does not listen waits all the same.
                    let _unheard = waits.send(until);
                }
            }
            Effect::Published { generation } => self.published(generation, now),
            Effect::Notice(notice) => self.notice(notice),
        }
    }

    /// Writes the attempts, and why the last one failed. A disk that fails costs the memory
    /// of attempts, not the token.
    async fn persist(&mut self, attempts: Attempts) {
        self.written.attempts = attempts;
        if self
            .written
            .attempts
            .ended
            .is_none_or(|ended| ended.failure.is_none())
        {
            self.written.last_failure = None;
        }
        let (store, written) = (self.store.clone(), self.written.clone());
        match tokio::task::spawn_blocking(move || store.save(&written)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.tell(News::Warning(format!(
                "The attempt was not written down: {error}. Another start of Zoomtray may not \
                 keep the pause between requests."
            ))),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }

    fn request(&mut self, attempt: Attempt) {
        let (question, clock) = (self.question.clone(), self.clock.clone());
        let before_request = self.before_request.clone();
        self.works.spawn(async move {
            if let Some(told) = before_request
                && timeout(PATIENCE, told.ahead()).await.is_err()
            {
                tracing::warn!("a token request did not wait any longer for who uses the last one");
            }
            let sent = clock.now();
            let answer = question.ask().await;
            Work::Asked {
                attempt,
                answer,
                took: sent.until(clock.now()),
            }
        });
    }

    /// Takes the secret out of the answer, and saves it beside the task. The machine says so
    /// only while it takes in a grant.
    fn save(&mut self, meta: TokenMeta) {
        let Some(Answered {
            result: Ok(grant), ..
        }) = &self.answer
        else {
            return;
        };
        let token = Token {
            generation: meta.generation,
            secret: grant.access_token.clone(),
        };
        self.token = Some(token);
        let item = item(meta, grant);
        let (vault, account) = (self.question.vault.clone(), self.question.account.clone());
        self.works.spawn(async move {
            let generation = meta.generation;
            Work::Saved(match vault.write(&account, Kind::AccessToken, item).await {
                Ok(()) => Event::TokenSaved { generation },
                Err(error) => {
                    tracing::warn!(%error, %account, "a new token was not saved");
                    Event::SaveFailed {
                        generation,
                        why: local(&error),
                    }
                }
            })
        });
    }

    fn hand_out(&mut self, waiter: Waiter, generation: Generation, stored: Stored, now: Now) {
        let token = self
            .token
            .as_ref()
            .filter(|token| token.generation == generation);
        let life = self.machine.offered(now).map(|(life, _)| life);
        let lease = token.zip(life).map(|(token, life)| TokenLease {
            token: token.secret.clone(),
            generation,
            span: life.span(now),
            stored,
        });
        self.answer_caller(waiter, lease.ok_or(KeeperError::Closed));
    }

    fn answer_caller(&mut self, waiter: Waiter, answer: Result<TokenLease, KeeperError>) {
        if let Some(caller) = self.callers.remove(&waiter) {
            // A caller that no longer waits needs no answer.
            let _unheard = caller.answer.send(answer);
        }
    }

    fn published(&mut self, generation: Generation, now: Now) {
        let Some(Answered {
            result: Ok(grant),
            took,
        }) = &self.answer
        else {
            return;
        };
        let (token, took) = (grant.access_token.clone(), *took);
        for notice in &grant.notices {
            self.tell(News::Warning(notice.to_string()));
        }
        let zooms = grant.answered_at;
        if let Some(warning) =
            zooms.and_then(|zooms| clock_off::warning(now.wall, zooms, &TimeZone::system()))
        {
            self.tell(News::Warning(warning));
        }
        self.tell(News::Fetched {
            generation,
            token,
            took,
        });
    }

    fn notice(&mut self, notice: Notice) {
        if let (
            Notice::Failed(failure),
            Some(Answered {
                result: Err(why),
                took,
            }),
        ) = (notice, &self.answer)
        {
            self.written.last_failure = Some(why.clone());
            let (message, detail, took) = (why.message.clone(), why.detail.clone(), *took);
            log_failure(failure, &message);
            self.tell(News::Failed {
                message,
                detail,
                took,
            });
        }
        self.tell(News::Notice(notice));
    }
}

fn log_failure(failure: Failure, message: &str) {
    tracing::info!(?failure, message, "no token came");
}

fn item(meta: TokenMeta, grant: &Grant) -> Item {
    Item {
        generation: meta.generation.0,
        secret: grant.access_token.clone(),
        span: Some(meta.span),
        scope: Some(grant.scopes.join(" ")).filter(|scope| !scope.is_empty()),
        api_url: grant.api_url.clone(),
    }
}
