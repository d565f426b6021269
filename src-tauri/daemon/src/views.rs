//! A keeper's state in the words of a snapshot.

use crate::accounts::Account;
use control::{AccountView, Failure, FailureKind, RefreshOutcome, RefreshView};
use keeper::{KeeperError, View};
use lifecycle::{Activity, Condition};

/// An account before its keeper has said anything.
pub(crate) fn placeholder(account: &Account, guest: bool) -> AccountView {
    AccountView {
        id: account.id.to_string(),
        label: account.label.clone(),
        account_id: account.account_id.clone(),
        client_id: account.client_id.clone(),
        host: host_of(account.service.oauth()),
        guest,
        condition: Condition {
            token: None,
            activity: Activity::Idle,
        },
        generation: None,
        last_refresh: None,
        failures: 0,
        next_attempt: None,
    }
}

/// Brings what is shown up to what the keeper says.
pub(crate) fn update(shown: &mut AccountView, view: &View) {
    shown.condition = view.lifecycle.condition;
    shown.generation = view.lifecycle.generation.map(|generation| generation.0);
    shown.failures = view.lifecycle.failures;
    shown.next_attempt = view.lifecycle.next_attempt;
    shown.last_refresh = view.lifecycle.last_ended.map(|ended| {
        let text = view.last_failure.as_ref();
        RefreshView {
            at: ended.at,
            outcome: match ended.failure {
                None => RefreshOutcome::Refreshed,
                Some(lifecycle::Failure::Answered(_)) => RefreshOutcome::Refused,
                Some(lifecycle::Failure::Transient(_)) => RefreshOutcome::Unreachable,
                Some(lifecycle::Failure::Local(_)) => RefreshOutcome::Local,
            },
            message: text.map(|text| text.message.clone()).unwrap_or_default(),
            detail: text.and_then(|text| text.detail.clone()),
        }
    });
}

/// Why a caller gets no token.
pub(crate) fn failure_of(error: &KeeperError) -> Failure {
    let (kind, detail) = match error {
        KeeperError::Refused { detail, .. } => (FailureKind::Refused, detail.clone()),
        KeeperError::Suspended { detail, .. } => (FailureKind::Suspended, detail.clone()),
        KeeperError::Unreachable { detail, .. } => (FailureKind::Unreachable, detail.clone()),
        KeeperError::Vault { .. } => (FailureKind::Vault, None),
        KeeperError::Closed => (FailureKind::Internal, None),
    };
    Failure {
        kind,
        message: error.to_string(),
        detail,
    }
}

fn host_of(address: &str) -> String {
    url::Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| address.to_owned())
}
