//! The token of `ZOOM_ACCESS_TOKEN` for as long as it serves, then the keeper's, which has the
//! credentials beside it. There is no way back.

use super::fixed::{FixedToken, GENERATION};
use super::keeper::KeeperTokens;
use super::{Account, Answer, Lease, Refreshed, SourceError, TokenSource, TokenStatus, Upkeep};
use crate::clock;
use daemon::GuestCredentials;
use lifecycle::WallTime;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A given token, and who has the next.
pub(crate) struct GivenThenKept {
    given: FixedToken,
    kept: KeeperTokens,
    spent: AtomicBool,
}

/// A given token with less left than a tool call and its retry take is not used.
const LEAST_LIFE: Duration = Duration::from_mins(1);

impl GivenThenKept {
    /// `given` is taken for the token of `guest`'s account.
    pub(crate) fn new(given: FixedToken, guest: &GuestCredentials) -> Self {
        let account = Account {
            account_id: Some(guest.account_id.clone()),
            client_id: Some(guest.client_id.clone()),
        };
        Self {
            given: given.of(account),
            kept: KeeperTokens::default(),
            spent: AtomicBool::new(false),
        }
    }

    /// Whether the given token serves somebody who needs it for `least`.
    fn serves(&self, least: Duration, now: WallTime) -> bool {
        let lives = self.given.remaining(now).is_none_or(|left| left >= least);
        lives && !self.spent.load(Ordering::Relaxed)
    }

    /// There is a better one.
    fn spend(&self) {
        self.spent.store(true, Ordering::Relaxed);
    }

    async fn tend(&self, least: Duration) -> Result<Upkeep, SourceError> {
        if self.serves(least, clock::now()) {
            return Ok(Upkeep::Here);
        }
        let upkeep = self.kept.upkeep(least).await?;
        if upkeep != Upkeep::Nobody {
            self.spend();
        }
        Ok(upkeep)
    }
}

impl TokenSource for GivenThenKept {
    fn token(&self) -> Answer<'_, Lease> {
        if self.serves(LEAST_LIFE, clock::now()) {
            return self.given.token();
        }
        self.kept.token()
    }

    fn status(&self) -> Answer<'_, TokenStatus> {
        if self.serves(Duration::ZERO, clock::now()) {
            return self.given.status();
        }
        self.kept.status()
    }

    fn refresh(&self) -> Answer<'_, Refreshed> {
        Box::pin(async {
            let refreshed = self.kept.refresh().await?;
            self.spend();
            Ok(refreshed)
        })
    }

    fn newer_than(&self, rejected: Lease) -> Answer<'_, Lease> {
        if rejected.generation == GENERATION {
            self.spend();
            return self.kept.token();
        }
        self.kept.newer_than(rejected)
    }

    fn upkeep(&self, least: Duration) -> Answer<'_, Upkeep> {
        Box::pin(self.tend(least))
    }

    fn unattended(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.kept.unattended()
    }

    fn leave(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        self.kept.leave()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_given_token_serves_while_it_lives_and_until_there_is_a_better_one() {
        let guest = GuestCredentials {
            account_id: "account".to_owned(),
            client_id: "client".to_owned(),
            client_secret: "secret".into(),
            oauth_url: None,
            api_url: None,
            from_env_file: false,
        };
        // {"exp":3600}
        let token = "e30.eyJleHAiOjM2MDB9.c2ln".to_owned();
        let token = FixedToken::new(token.into(), None, WallTime(0));
        let source = GivenThenKept::new(token, &guest);
        assert!(source.serves(LEAST_LIFE, WallTime(0)));
        assert!(!source.serves(LEAST_LIFE, WallTime(3_541_000)));
        assert!(source.serves(Duration::ZERO, WallTime(3_541_000)));
        source.spend();
        assert!(
            !source.serves(LEAST_LIFE, WallTime(0)),
            "there is no way back"
        );
    }
}
