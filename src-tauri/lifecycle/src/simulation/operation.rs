//! What can happen in a simulated life, and how likely it is.

use crate::lifetime::Granted;
use crate::outcome::{Answered, Local, Outcome, RetryAfter, Transient};
use crate::time::WallTime;
use proptest::prelude::*;
use std::time::Duration;

/// One thing that happens. The last four concern rotating accounts only; `Kill` ends the process
/// once so many more effects have been carried out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    Pass(Duration),
    Sleep { span: Duration, noticed: bool },
    SetClock { by_ms: i64 },
    NetworkReturned,
    Zoom { answer: Answer, latency: Duration },
    Vault(Saves),
    Want { min_ttl: Duration },
    Refresh,
    Reject { back: usize },
    Leave,
    StaleResult,
    DeleteToken,
    NewCredentials,
    AutoRefresh(bool),
    Restart { reboot: bool },
    Kill { after: u32 },
    RevokedElsewhere,
    DeleteRefreshToken,
    SignIn,
}

/// How Zoom answers from now on. A `Retry-After` date is relative to the clock then.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Plain(Outcome),
    LimitedUntil { in_ms: i64 },
}

/// What the vault does from now on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Saves {
    Within(Duration),
    Fail,
    Hang,
}

impl Answer {
    pub(super) fn at(self, now: WallTime) -> Outcome {
        match self {
            Self::Plain(outcome) => outcome,
            Self::LimitedUntil { in_ms } => Outcome::Transient {
                kind: Transient::RateLimited,
                retry_after: Some(RetryAfter::At(WallTime(now.0.saturating_add(in_ms)))),
            },
        }
    }
}

pub(super) fn operation() -> impl Strategy<Value = Operation> {
    let clock = [
        -7_200_000_i64,
        -1_800_000,
        -31_000,
        31_000,
        1_800_000,
        7_200_000,
    ];
    prop_oneof![
        10 => millis(0..900_000).prop_map(Operation::Pass),
        6 => millis(0..40_000).prop_map(Operation::Pass),
        2 => (millis(1_000..20_000_000), any::<bool>())
            .prop_map(|(span, noticed)| Operation::Sleep { span, noticed }),
        2 => prop::sample::select(clock.to_vec()).prop_map(|by_ms| Operation::SetClock { by_ms }),
        1 => Just(Operation::NetworkReturned),
        8 => (answer(), millis(1..30_000))
            .prop_map(|(answer, latency)| Operation::Zoom { answer, latency }),
        2 => saves().prop_map(Operation::Vault),
        6 => millis(0..7_200_000).prop_map(|min_ttl| Operation::Want { min_ttl }),
        3 => Just(Operation::Refresh),
        4 => (0_usize..3).prop_map(|back| Operation::Reject { back }),
        1 => Just(Operation::Leave),
        1 => Just(Operation::StaleResult),
        1 => Just(Operation::DeleteToken),
        1 => Just(Operation::NewCredentials),
        1 => any::<bool>().prop_map(Operation::AutoRefresh),
        2 => any::<bool>().prop_map(|reboot| Operation::Restart { reboot }),
        3 => (0_u32..12).prop_map(|after| Operation::Kill { after }),
        1 => Just(Operation::RevokedElsewhere),
        1 => Just(Operation::DeleteRefreshToken),
        3 => Just(Operation::SignIn),
    ]
}

fn millis(range: std::ops::Range<u64>) -> impl Strategy<Value = Duration> {
    range.prop_map(Duration::from_millis)
}

fn answer() -> impl Strategy<Value = Answer> {
    let lifetimes = [
        Some(20),
        Some(60),
        Some(915),
        Some(3_600),
        Some(36_000),
        None,
        Some(-1),
    ];
    let transient = |kind| Outcome::Transient {
        kind,
        retry_after: None,
    };
    prop_oneof![
        4 => prop::sample::select(lifetimes.to_vec()).prop_map(granted),
        2 => prop::sample::select(vec![
            Outcome::Answered(Answered::InvalidClient),
            Outcome::Answered(Answered::Other),
        ]).prop_map(Answer::Plain),
        2 => prop::sample::select(vec![
            transient(Transient::Unreachable),
            transient(Transient::ServerError),
            transient(Transient::Unreadable),
        ]).prop_map(Answer::Plain),
        1 => millis(0..100_000_000).prop_map(limited_for),
        1 => (-1_000_i64..100_000_000).prop_map(|in_ms| Answer::LimitedUntil { in_ms }),
        1 => Just(Answer::Plain(Outcome::Local(Local::VaultLocked))),
    ]
}

fn granted(expires_in: Option<i64>) -> Answer {
    Answer::Plain(Outcome::Granted(Granted {
        expires_in,
        token_expiry: None,
    }))
}

fn limited_for(span: Duration) -> Answer {
    let retry_after = Some(RetryAfter::In(span));
    Answer::Plain(Outcome::Transient {
        kind: Transient::RateLimited,
        retry_after,
    })
}

fn saves() -> impl Strategy<Value = Saves> {
    prop_oneof![
        millis(0..5_000).prop_map(Saves::Within),
        Just(Saves::Fail),
        Just(Saves::Hang),
    ]
}
