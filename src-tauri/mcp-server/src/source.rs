//! Where tokens come from: the keeper, or one fixed token of the environment.

mod fixed;
mod given;
mod keeper;

use crate::clock;
use control::RefreshView;
use daemon::Setup;
#[cfg(test)]
pub(crate) use fixed::FixedToken;
use lifecycle::{Span, State, WallTime};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Serialize;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use zoom::ServiceUrls;

/// An answer that takes a while.
pub(crate) type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, SourceError>> + Send + 'a>>;

/// Hands out tokens and makes new ones. Opens nothing before the first call.
pub(crate) trait TokenSource: Send + Sync {
    /// A valid token, fetched if need be.
    fn token(&self) -> Answer<'_, Lease>;
    /// What is known of the token; makes no request to Zoom.
    fn status(&self) -> Answer<'_, TokenStatus>;
    /// A new token now, after the cooldown. The token itself is not part of the answer.
    fn refresh(&self) -> Answer<'_, Refreshed>;
    /// A token newer than one that Zoom rejected.
    fn newer_than(&self, rejected: Lease) -> Answer<'_, Lease>;
    /// Sees to it that the token lives at least so long, where nobody else does.
    fn upkeep(&self, least: Duration) -> Answer<'_, Upkeep>;
    /// Returns once the keeper that sees to it has gone.
    fn unattended(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
    /// Lets go of what was opened.
    fn leave(&self) -> Pin<Box<dyn Future<Output = ()> + '_>>;
}

/// Who sees to it that the token stays fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Upkeep {
    /// The app or `zoomtrayctl watch`, which show it too.
    Elsewhere,
    /// Whoever wants it fresh: this process, as it was asked to.
    Here,
    /// Nobody: it cannot be refreshed, or the user does not want it to be.
    Nobody,
}

/// A token to use for one call.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    /// The token.
    pub(crate) token: SecretString,
    /// Which one it is, for the keeper.
    pub(crate) generation: u64,
    /// Where it is good.
    pub(crate) urls: ServiceUrls,
    /// The account, where known.
    pub(crate) account: Account,
}

/// Whose token it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    /// Zoom's account id.
    pub(crate) account_id: Option<String>,
    /// The app's client id.
    pub(crate) client_id: Option<String>,
}

/// What is known of the token.
#[derive(Clone, Debug)]
pub(crate) struct TokenStatus {
    /// The account.
    pub(crate) account: Account,
    /// The state by the user's clock; none if only Zoom could say.
    pub(crate) state: Option<State>,
    /// Its life, if it has one that is known.
    pub(crate) span: Option<Span>,
    /// The last attempt to refresh.
    pub(crate) last_refresh: Option<RefreshView>,
    /// When the next attempt is due.
    pub(crate) next_attempt: Option<WallTime>,
}

/// A refresh that worked.
#[derive(Clone, Debug)]
pub(crate) struct Refreshed {
    /// The new token's life.
    pub(crate) span: Span,
    /// Until when the cooldown made it wait, if it did.
    pub(crate) waited_until: Option<WallTime>,
    /// What else to know, a sentence each.
    pub(crate) notices: Vec<String>,
}

/// Why there is no token: what happened and what to do now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct SourceError {
    /// What callers tell apart.
    pub(crate) problem: Problem,
    /// One line for the person.
    pub(crate) message: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(crate) enum Problem {
    /// Zoom does not accept the token.
    TokenRejected,
    /// There is no account.
    NoAccount,
    /// Zoom refuses new tokens, or refreshing is suspended.
    Refused,
    /// Zoom was not reached.
    Unreachable,
    /// Zoomtray itself: keychain, settings or the program.
    Local,
    /// It cannot be done with this token.
    NotPossible,
}

impl SourceError {
    /// An error of a kind.
    pub(crate) fn new(problem: Problem, message: impl Into<String>) -> Self {
        Self {
            problem,
            message: message.into(),
        }
    }
}

/// The token of `ZOOM_ACCESS_TOKEN` where it is set, because who sets it wants that one; with
/// credentials beside it the keeper's after that. Else the keeper's.
pub(crate) fn from_environment() -> Arc<dyn TokenSource> {
    let Some(token) = text("ZOOM_ACCESS_TOKEN") else {
        return Arc::new(keeper::KeeperTokens::default());
    };
    let given = fixed::FixedToken::new(token.into(), text("ZOOM_API_URL"), clock::now());
    // What is wrong with the surroundings is said where they are needed.
    let guest = Setup::from_process()
        .ok()
        .and_then(|setup| setup.environment.guest);
    match guest {
        Some(guest) => Arc::new(given::GivenThenKept::new(given, &guest)),
        None => Arc::new(given),
    }
}

fn text(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
