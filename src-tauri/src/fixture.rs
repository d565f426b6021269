//! Snapshots for tests.

use control::{
    AccountView, ClaudeView, GateView, KeeperView, QuestionView, Rank, ServerView, Snapshot,
};
use lifecycle::{Activity, Condition, Span, SuspendReason, WaitReason, WallTime};

/// 2026-11-21 15:07:30 UTC: when a token of [`account`] expires.
pub(crate) const EXPIRES: WallTime = WallTime(1_795_273_650_000);

/// `minutes` before [`EXPIRES`].
pub(crate) fn before(minutes: i64) -> WallTime {
    WallTime(EXPIRES.0 - minutes * 60_000)
}

/// A keeper with these accounts and nothing else.
pub(crate) fn snapshot(accounts: Vec<AccountView>) -> Snapshot {
    Snapshot {
        version: "1.0.0".to_owned(),
        keeper: KeeperView {
            pid: 1,
            rank: Rank::App,
        },
        auto_refresh: true,
        accounts,
        claude: ClaudeView::default(),
        server: ServerView::None,
        relays: Vec::new(),
        gate: GateView::default(),
        events: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A call that waits until a minute and ten seconds before [`before`] 40.
pub(crate) fn question(id: u32) -> QuestionView {
    let asked_at = before(42);
    QuestionView {
        id,
        tool: "create_meeting".to_owned(),
        entry: "zoom".to_owned(),
        asked_at,
        until: WallTime(asked_at.0 + 50_000),
        waits: true,
    }
}

/// An account with an hour's token.
pub(crate) fn account(activity: Activity) -> AccountView {
    AccountView {
        id: "work".to_owned(),
        label: "Work".to_owned(),
        account_id: "acc".to_owned(),
        client_id: "client".to_owned(),
        host: "zoom.us".to_owned(),
        guest: false,
        condition: Condition {
            token: Some(Span {
                issued: before(60),
                expires: EXPIRES,
            }),
            activity,
        },
        generation: Some(1),
        last_refresh: None,
        failures: 0,
        next_attempt: None,
    }
}

/// An account that never had a token.
pub(crate) fn without_token(activity: Activity) -> AccountView {
    let mut account = account(activity);
    account.condition.token = None;
    account.generation = None;
    account
}

/// Waiting until a minute after [`EXPIRES`].
pub(crate) fn waiting(reason: WaitReason) -> Activity {
    Activity::Waiting {
        reason,
        until: WallTime(EXPIRES.0 + 60_000),
    }
}

/// Suspended.
pub(crate) fn suspended(reason: SuspendReason) -> Activity {
    Activity::Suspended { reason }
}
