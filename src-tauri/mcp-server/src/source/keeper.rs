//! Tokens from the keeper over its socket, or from this process as a brief keeper.
//!
//! The connection is opened by the first call and opened again when the keeper went away. The
//! token is held by subscription: while no newer one is announced it is used without asking.

use super::{
    Account, Answer, Lease, Problem, Refreshed, SourceError, TokenSource, TokenStatus, Upkeep,
};
use crate::clock;
use control::{
    AccountView, Call, CallError, Credentials, FailureKind, GetSnapshot, GetToken, Rank, Refresh,
    Rejected, Snapshot, Subscribe, Token, Told, UseGuest, WireSecret,
};
use daemon::{GuestCredentials, Reached, Setup};
use lifecycle::{Span, State, WallTime};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use zoom::ServiceUrls;

/// A token must live this long to be used: longer than a tool call and its retry take.
const LEAST_LIFE: Duration = Duration::from_mins(1);

/// Asks the keeper.
#[derive(Default)]
pub(crate) struct KeeperTokens {
    link: tokio::sync::Mutex<Option<Arc<Link>>>,
}

/// A connection to a keeper and what it told.
struct Link {
    reached: Reached,
    /// Our id of the account; none is the keeper's default.
    account: Option<String>,
    whose: Account,
    /// Whether the keeper refreshes unasked, as the app and `watch` do.
    resident: bool,
    /// Closed when the keeper has gone.
    departure: watch::Receiver<()>,
    heard: Arc<Mutex<Heard>>,
}

/// What the keeper told unasked, and the token that holds until it tells of another.
#[derive(Default)]
struct Heard {
    gone: bool,
    /// Whether the user wants tokens refreshed unasked.
    auto_refresh: bool,
    held: Option<(Lease, Span)>,
    waits_until: Option<WallTime>,
}

impl KeeperTokens {
    async fn link(&self) -> Result<Arc<Link>, SourceError> {
        let mut link = self.link.lock().await;
        if let Some(link) = link.as_ref().filter(|link| !link.heard().gone) {
            return Ok(link.clone());
        }
        Ok(link.insert(Arc::new(Link::open().await?)).clone())
    }

    /// Asks; once more, over a new connection, if the keeper went away meanwhile.
    async fn ask<C: Call>(
        &self,
        call: impl Fn(Option<String>) -> C + Send + Sync,
    ) -> Result<(C::Answer, Arc<Link>), SourceError> {
        let link = self.link().await?;
        match link.reached.client.call(call(link.account.clone())).await {
            Ok(answer) => Ok((answer, link)),
            Err(CallError::Gone) => {
                link.heard().gone = true;
                let link = self.link().await?;
                let answer = link.reached.client.call(call(link.account.clone())).await;
                Ok((answer.map_err(failed)?, link))
            }
            Err(error) => Err(failed(error)),
        }
    }

    async fn lasting_token(&self, needed: Duration) -> Result<Lease, SourceError> {
        let link = self.link().await?;
        if let Some(lease) = link.held(needed, clock::now()) {
            return Ok(lease);
        }
        let min_ttl_s = needed.as_secs();
        let (token, link) = self.ask(|account| GetToken { account, min_ttl_s }).await?;
        link.hold(token)
    }

    async fn tend(&self, needed: Duration) -> Result<Upkeep, SourceError> {
        let link = self.link().await?;
        if link.resident {
            return Ok(Upkeep::Elsewhere);
        }
        if !link.heard().auto_refresh {
            return Ok(Upkeep::Nobody);
        }
        self.lasting_token(needed).await?;
        Ok(Upkeep::Here)
    }

    async fn departure(&self) {
        let link = self.link.lock().await;
        let departure = link.as_ref().map(|link| link.departure.clone());
        drop(link);
        if let Some(mut departure) = departure {
            // Nothing is ever sent: it ends with who would send it.
            while departure.changed().await.is_ok() {}
        }
    }

    async fn look(&self) -> Result<TokenStatus, SourceError> {
        let (snapshot, link) = self.ask(|_account| GetSnapshot {}).await?;
        Ok(status(
            find(&snapshot, link.account.as_deref()),
            clock::now(),
        ))
    }

    async fn renew(&self) -> Result<Refreshed, SourceError> {
        self.link().await?.heard().waits_until = None;
        let (refreshed, link) = self.ask(|account| Refresh { account }).await?;
        let waited_until = link.heard().waits_until;
        Ok(Refreshed {
            span: refreshed.span,
            waited_until,
            notices: refreshed.notices,
        })
    }

    async fn replace(&self, rejected: Lease) -> Result<Lease, SourceError> {
        let generation = rejected.generation;
        let (token, link) = self
            .ask(|account| Rejected {
                account,
                generation,
            })
            .await?;
        link.hold(token)
    }
}

impl TokenSource for KeeperTokens {
    fn token(&self) -> Answer<'_, Lease> {
        Box::pin(self.lasting_token(LEAST_LIFE))
    }

    fn status(&self) -> Answer<'_, TokenStatus> {
        Box::pin(self.look())
    }

    fn refresh(&self) -> Answer<'_, Refreshed> {
        Box::pin(self.renew())
    }

    fn newer_than(&self, rejected: Lease) -> Answer<'_, Lease> {
        Box::pin(self.replace(rejected))
    }

    fn upkeep(&self, needed: Duration) -> Answer<'_, Upkeep> {
        Box::pin(self.tend(needed))
    }

    fn unattended(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(self.departure())
    }

    fn leave(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(async {
            let link = self.link.lock().await.take();
            if let Some(link) = link.and_then(Arc::into_inner) {
                link.reached.leave().await;
            }
        })
    }
}

impl Link {
    async fn open() -> Result<Self, SourceError> {
        let setup = Setup::from_process().map_err(|error| local(&error))?;
        let mut reached = daemon::reach(&setup).await.map_err(|error| local(&error))?;
        let snapshot = reached.client.call(Subscribe {}).await.map_err(failed)?;
        let saved = snapshot.accounts.iter().find(|account| !account.guest);
        let (account, whose) = match (saved, setup.environment.guest) {
            (Some(account), _) => (Some(account.id.clone()), whose(account)),
            (None, Some(guest)) => bring(&reached, guest).await?,
            (None, None) => (None, Account::default()),
        };
        let heard = Arc::new(Mutex::new(Heard {
            auto_refresh: snapshot.auto_refresh,
            ..Heard::default()
        }));
        let told = std::mem::replace(&mut reached.told, mpsc::channel(1).1);
        let (here, departure) = watch::channel(());
        tokio::spawn(listen(told, account.clone(), heard.clone(), here));
        Ok(Self {
            reached,
            account,
            whose,
            resident: snapshot.keeper.rank != Rank::Brief,
            departure,
            heard,
        })
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self, needed: Duration, now: WallTime) -> Option<Lease> {
        let heard = self.heard();
        let (lease, span) = heard.held.as_ref()?;
        (span.remaining(now) > needed).then(|| lease.clone())
    }

    fn hold(&self, token: Token) -> Result<Lease, SourceError> {
        let urls = ServiceUrls::parse(ServiceUrls::default().oauth(), &token.api_url)
            .map_err(|error| local(&error))?;
        let (generation, account) = (token.generation, self.whose.clone());
        let lease = Lease {
            token: token.access_token.0,
            generation,
            urls,
            account,
        };
        self.heard().held = Some((lease.clone(), token.span));
        Ok(lease)
    }
}

/// Notes what the keeper tells until it goes away, and with it `_here`.
async fn listen(
    mut told: mpsc::Receiver<Told>,
    account: Option<String>,
    heard: Arc<Mutex<Heard>>,
    _here: watch::Sender<()>,
) {
    while let Some(telling) = told.recv().await {
        heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .note(telling, account.as_deref());
    }
    let gone = Heard {
        gone: true,
        ..Heard::default()
    };
    *heard.lock().unwrap_or_else(PoisonError::into_inner) = gone;
}

impl Heard {
    fn note(&mut self, telling: Told, account: Option<&str>) {
        match telling {
            Told::Token {
                account: whose,
                generation,
            } => {
                let ours = account.is_none_or(|account| account == whose);
                let newer = self
                    .held
                    .as_ref()
                    .is_some_and(|(lease, _)| lease.generation < generation);
                if ours && newer {
                    self.held = None;
                }
            }
            Told::Waiting { until, .. } => self.waits_until = Some(until),
            Told::Snapshot(snapshot) => self.auto_refresh = snapshot.auto_refresh,
            Told::Step(_) => {}
        }
    }
}

/// Makes the environment's credentials an account of the keeper while this connection lives.
async fn bring(
    reached: &Reached,
    guest: GuestCredentials,
) -> Result<(Option<String>, Account), SourceError> {
    let whose = Account {
        account_id: Some(guest.account_id.clone()),
        client_id: Some(guest.client_id.clone()),
    };
    let credentials = Credentials {
        account_id: guest.account_id,
        client_id: guest.client_id,
        client_secret: WireSecret(guest.client_secret),
        token_index: None,
        oauth_url: guest.oauth_url,
        api_url: guest.api_url,
    };
    let added = reached
        .client
        .call(UseGuest { credentials })
        .await
        .map_err(failed)?;
    Ok((Some(added.account), whose))
}

fn whose(account: &AccountView) -> Account {
    Account {
        account_id: Some(account.account_id.clone()),
        client_id: Some(account.client_id.clone()),
    }
}

fn find<'a>(snapshot: &'a Snapshot, id: Option<&str>) -> Option<&'a AccountView> {
    match id {
        Some(id) => snapshot.accounts.iter().find(|account| account.id == id),
        None => snapshot.accounts.first(),
    }
}

fn status(account: Option<&AccountView>, now: WallTime) -> TokenStatus {
    TokenStatus {
        account: account.map(whose).unwrap_or_default(),
        state: Some(account.map_or(State::NoAccount, |account| account.condition.state(now))),
        span: account.and_then(|account| account.condition.token),
        last_refresh: account.and_then(|account| account.last_refresh.clone()),
        next_attempt: account.and_then(|account| account.next_attempt),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
fn failed(error: CallError) -> SourceError {
    let problem = match error.kind() {
        Some(FailureKind::NoAccount | FailureKind::UnknownAccount) => Problem::NoAccount,
        Some(FailureKind::Refused | FailureKind::Suspended) => Problem::Refused,
        Some(FailureKind::Unreachable) => Problem::Unreachable,
        _ => Problem::Local,
    };
    SourceError::new(problem, error.to_string())
}

fn local(error: &impl std::error::Error) -> SourceError {
    SourceError::new(Problem::Local, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(generation: u64) -> Heard {
        let lease = Lease {
            token: "t".into(),
            generation,
            urls: ServiceUrls::default(),
            account: Account::default(),
        };
        let span = Span {
            issued: WallTime(0),
            expires: WallTime(3_600_000),
        };
        Heard {
            held: Some((lease, span)),
            ..Heard::default()
        }
    }

    fn token(account: &str, generation: u64) -> Told {
        Told::Token {
            account: account.to_owned(),
            generation,
        }
    }

    #[test]
    fn only_a_newer_token_of_the_same_account_ends_the_lease() {
        for (telling, kept) in [
            (token("a", 6), false),
            (token("a", 5), true),
            (token("b", 6), true),
        ] {
            let mut heard = heard(5);
            heard.note(telling.clone(), Some("a"));
            assert_eq!(heard.held.is_some(), kept, "{telling:?}");
        }
    }

    #[test]
    fn the_keepers_failures_keep_their_words() {
        let failure = control::Failure::new(FailureKind::Suspended, "Zoom refused three times.");
        let error = failed(failure.into());
        assert_eq!(
            (error.problem, error.message.as_str()),
            (Problem::Refused, "Zoom refused three times.")
        );
    }
}
