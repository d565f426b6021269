//! One token from the environment. It cannot be refreshed, and says so.

use super::{
    Account, Answer, Lease, Problem, Refreshed, SourceError, TokenSource, TokenStatus, Upkeep,
};
use crate::clock;
use lifecycle::{Activity, Condition, Span, WallTime};
use secrecy::{ExposeSecret, SecretString};
use std::pin::Pin;
use std::time::Duration;
use zoom::ServiceUrls;

/// The token of `ZOOM_ACCESS_TOKEN`.
pub(crate) struct FixedToken {
    token: SecretString,
    api_url: Option<String>,
    /// Its life, as far as it says itself.
    span: Option<Span>,
    account: Account,
}

/// Which generation the token counts as: older than any of the keeper's.
pub(super) const GENERATION: u64 = 0;

/// Zoom's usual lifetime, for a token that says when it ends but not when it was issued.
const LIFETIME: Duration = Duration::from_hours(1);

/// What to do when a fixed token is not enough.
const FIXED: &str = "the token comes from ZOOM_ACCESS_TOKEN and cannot be refreshed here; remove \
                     that variable so that Zoomtray keeps the token, or set a new one and restart \
                     the server";

impl FixedToken {
    /// `api_url` is where the token is good; none is Zoom itself. `now` is when it was given.
    pub(crate) fn new(token: SecretString, api_url: Option<String>, now: WallTime) -> Self {
        let expires = zoom::expiry_hint(token.expose_secret());
        Self {
            token,
            api_url,
            span: expires.map(|expires| Span {
                issued: expires.minus(LIFETIME).min(now),
                expires,
            }),
            account: Account::default(),
        }
    }

    /// The same token, known to be this account's.
    pub(super) fn of(self, account: Account) -> Self {
        Self { account, ..self }
    }

    /// What is left of it at `now`; none if it does not say.
    pub(super) fn remaining(&self, now: WallTime) -> Option<Duration> {
        self.span.map(|span| span.remaining(now))
    }

    pub(super) fn lease(&self) -> Result<Lease, SourceError> {
        let default = ServiceUrls::default();
        let urls = match &self.api_url {
            Some(api) => ServiceUrls::parse(default.oauth(), api)
                .map_err(|error| SourceError::new(Problem::Local, error.to_string()))?,
            None => default,
        };
        Ok(Lease {
            token: self.token.clone(),
            generation: GENERATION,
            urls,
            account: self.account.clone(),
        })
    }

    pub(super) fn look(&self, now: WallTime) -> TokenStatus {
        let condition = |span| Condition {
            token: Some(span),
            activity: Activity::Idle,
        };
        TokenStatus {
            account: self.account.clone(),
            state: self.span.map(|span| condition(span).state(now)),
            span: self.span,
            last_refresh: None,
            next_attempt: None,
        }
    }
}

impl TokenSource for FixedToken {
    fn token(&self) -> Answer<'_, Lease> {
        Box::pin(async { self.lease() })
    }

    fn status(&self) -> Answer<'_, TokenStatus> {
        Box::pin(async { Ok(self.look(clock::now())) })
    }

    fn refresh(&self) -> Answer<'_, Refreshed> {
        let message = format!("Nothing was refreshed: {FIXED}.");
        Box::pin(async { Err(SourceError::new(Problem::NotPossible, message)) })
    }

    fn newer_than(&self, _rejected: Lease) -> Answer<'_, Lease> {
        let message = format!("Zoom rejects the token: {FIXED}.");
        Box::pin(async { Err(SourceError::new(Problem::TokenRejected, message)) })
    }

    fn upkeep(&self, _least: Duration) -> Answer<'_, Upkeep> {
        Box::pin(async { Ok(Upkeep::Nobody) })
    }

    fn unattended(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async {})
    }

    fn leave(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(async {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lifecycle::State;

    /// `{"exp":1700003600}` as a JWT.
    const DATED: &str = "e30.eyJleHAiOjE3MDAwMDM2MDB9.c2ln";
    const ISSUED: WallTime = WallTime(1_700_000_000_000);

    #[test]
    fn a_token_that_says_when_it_ends_has_a_life() {
        let token = FixedToken::new(DATED.into(), None, ISSUED);
        let status = token.look(ISSUED.plus(Duration::from_mins(50)));
        assert_eq!(status.state, Some(State::ExpiringSoon));
        let later = ISSUED.plus(Duration::from_hours(2));
        assert_eq!(token.look(later).state, Some(State::Expired));
        assert_eq!(token.remaining(later), Some(Duration::ZERO));
    }

    #[test]
    fn one_that_lives_longer_than_usual_is_fresh_all_the_same() {
        let day_before = ISSUED.minus(Duration::from_hours(24));
        let token = FixedToken::new(DATED.into(), None, day_before);
        assert_eq!(token.look(ISSUED).state, Some(State::Fresh));
    }

    #[test]
    fn an_opaque_token_is_of_unknown_life() {
        let token = FixedToken::new("opaque".into(), None, ISSUED);
        assert_eq!(
            (token.look(ISSUED).state, token.remaining(ISSUED)),
            (None, None)
        );
    }
}
