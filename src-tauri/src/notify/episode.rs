//! One account's episode of trouble.

use control::{AccountView, RefreshOutcome};
use lifecycle::{Activity, Health, Span, WaitReason, WallTime, very_soon};

/// Something to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// The token is about to expire and will not be refreshed by itself.
    ExpiresSoon,
    /// The token has expired and will not be refreshed by itself.
    Expired,
    /// Attempts have stopped.
    Suspended,
    /// The trouble is over.
    Recovered,
}

/// What has been said since the last recovery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Episode {
    expires_soon: bool,
    expired: bool,
    suspended: bool,
    /// The newest token when the episode began; a recovery needs a newer one.
    since: Option<u64>,
}

impl Episode {
    /// The episode after looking at `account`, and what is to be said.
    pub(super) fn step(
        self,
        account: &AccountView,
        auto_refresh: bool,
        now: WallTime,
    ) -> (Self, Option<News>) {
        if self.is_open() && self.is_over(account, now) {
            return (Self::default(), Some(News::Recovered));
        }
        let Some(news) = trouble(account, auto_refresh, now) else {
            return (self, None);
        };
        if self.has_said(news) {
            (self, None)
        } else {
            (self.saying(news, account), Some(news))
        }
    }

    fn is_open(self) -> bool {
        self.expires_soon || self.expired || self.suspended
    }

    fn is_over(self, account: &AccountView, now: WallTime) -> bool {
        let healthy = account
            .condition
            .token
            .is_some_and(|span| matches!(span.health(now), Health::Fresh | Health::ExpiringSoon));
        let suspended = matches!(account.condition.activity, Activity::Suspended { .. });
        healthy && !suspended && account.generation > self.since
    }

    /// What is worse includes what is less: after *expired* nobody needs *expires soon*.
    fn has_said(self, news: News) -> bool {
        match news {
            News::ExpiresSoon => self.is_open(),
            News::Expired => self.expired,
            News::Suspended => self.suspended,
            News::Recovered => false,
        }
    }

    fn saying(self, news: News, account: &AccountView) -> Self {
        let since = if self.is_open() {
            self.since
        } else {
            account.generation
        };
        Self {
            expires_soon: self.expires_soon || news == News::ExpiresSoon,
            expired: self.expired || news == News::Expired,
            suspended: self.suspended || news == News::Suspended,
            since,
        }
    }
}

/// When a token that will not be refreshed is worth a word: five minutes before the end of an
/// hour, and as the last twelfth of a shorter life.
pub(super) fn warned_from(span: Span) -> WallTime {
    let lead = i64::try_from(very_soon(span.lifetime()).as_millis()).unwrap_or(i64::MAX);
    WallTime(span.expires.0.saturating_sub(lead))
}

/// The worst trouble of `account` at `now`. A token that is merely short of time and about to
/// be refreshed by itself is none.
fn trouble(account: &AccountView, auto_refresh: bool, now: WallTime) -> Option<News> {
    let suspended = matches!(account.condition.activity, Activity::Suspended { .. });
    let left_alone = !auto_refresh || suspended || is_failing(account);
    match account.condition.token {
        Some(span) if left_alone && now >= span.expires => Some(News::Expired),
        _ if suspended => Some(News::Suspended),
        Some(span) if left_alone && now >= warned_from(span) => Some(News::ExpiresSoon),
        _ => None,
    }
}

/// Whether the last attempt failed, or the next one is put off because of a failure.
fn is_failing(account: &AccountView) -> bool {
    let last = account.last_refresh.as_ref();
    let failed = last.is_some_and(|last| last.outcome != RefreshOutcome::Refreshed);
    let put_off = matches!(
        account.condition.activity,
        Activity::Waiting { reason, .. } if reason != WaitReason::Cooldown
    );
    failed || put_off
}
