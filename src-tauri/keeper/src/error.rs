//! Why a caller gets no token.

use crate::news::Explanation;
use lifecycle::{Failure, Now, Refusal, SuspendReason};

/// Why there is no token. `Display` says what happened and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeeperError {
    /// Zoom said no.
    #[error("{message}")]
    Refused {
        /// What happened and what to do.
        message: String,
        /// Zoom's own words.
        detail: Option<String>,
    },
    /// No attempt is made until the user acts.
    #[error("{message}")]
    Suspended {
        /// Why.
        reason: SuspendReason,
        /// What happened and what to do.
        message: String,
        /// Zoom's own words.
        detail: Option<String>,
    },
    /// Nothing usable came from Zoom.
    #[error("{message}")]
    Unreachable {
        /// What happened and what to do.
        message: String,
        /// What was reported.
        detail: Option<String>,
    },
    /// The vault failed, so that no request was made.
    #[error("{message}")]
    Vault {
        /// What happened and what to do.
        message: String,
    },
    /// The account was removed, or the keeper is ending.
    #[error("this account's token is no longer kept here; try again")]
    Closed,
}

const REFUSED: &str = "Zoom refused three times in a row, so refreshing is suspended. Check the \
     app's credentials, then refresh.";
const REJECTED: &str = "Zoom's API rejects the tokens Zoom grants, so refreshing is suspended. \
     Check that the app is active and that no other program uses it, then refresh.";
const SIGN_IN: &str = "The sign-in has ended. Sign in again.";
const SHORT_LIVED: &str = "The token had ended when it came. Check the network connection, then \
     refresh.";

impl KeeperError {
    /// What `refusal` means at `now`, where `explanation` is that of the last failure.
    pub(crate) fn of(refusal: Refusal, explanation: Option<Explanation>, now: Now) -> Self {
        let detail = explanation
            .as_ref()
            .and_then(|explanation| explanation.detail.clone());
        match refusal {
            Refusal::Failed(failure) => Self::failed(failure, explanation),
            Refusal::Suspended(reason) => Self::Suspended {
                reason,
                message: suspended(reason).to_owned(),
                detail,
            },
            Refusal::ShortLived => Self::unreachable(SHORT_LIVED),
            Refusal::RetryAfter { until } => {
                let seconds = now.wall.until(until).as_secs();
                let message = format!(
                    "Zoom limits the requests of this app and wants none for another {seconds} s. \
                     Wait, and let fewer programs use this app."
                );
                Self::Unreachable { message, detail }
            }
        }
    }

    fn failed(failure: Failure, explanation: Option<Explanation>) -> Self {
        let Explanation { message, detail } = explanation.unwrap_or_else(|| Explanation {
            message: "The token could not be refreshed.".to_owned(),
            detail: None,
        });
        match failure {
            Failure::Answered(_) => Self::Refused { message, detail },
            Failure::Transient(_) => Self::Unreachable { message, detail },
            Failure::Local(_) => Self::Vault { message },
        }
    }

    fn unreachable(message: &str) -> Self {
        Self::Unreachable {
            message: message.to_owned(),
            detail: None,
        }
    }
}

fn suspended(reason: SuspendReason) -> &'static str {
    match reason {
        SuspendReason::Refused => REFUSED,
        SuspendReason::NewTokensRejected => REJECTED,
        SuspendReason::SignInAgain => SIGN_IN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lifecycle::{Answered, BootTime, WallTime};

    const NOW: Now = Now {
        wall: WallTime(1_000_000),
        boot: BootTime(5),
    };

    fn explanation() -> Explanation {
        let message = "Zoom refused the client secret.".to_owned();
        Explanation {
            message,
            detail: Some("HTTP 400".to_owned()),
        }
    }

    #[test]
    fn a_refusal_keeps_zooms_words() {
        let refusal = Refusal::Failed(Failure::Answered(Answered::InvalidClient));
        let error = KeeperError::of(refusal, Some(explanation()), NOW);
        assert_eq!(error.to_string(), "Zoom refused the client secret.");
        assert!(
            matches!(error, KeeperError::Refused { detail: Some(detail), .. } if detail == "HTTP 400")
        );
    }

    #[test]
    fn a_wait_is_said_in_seconds() {
        let refusal = Refusal::RetryAfter {
            until: WallTime(1_090_000),
        };
        let error = KeeperError::of(refusal, None, NOW);
        assert!(error.to_string().contains("another 90 s"), "{error}");
    }

    #[test]
    fn each_suspension_says_what_to_do() {
        for (reason, act) in [
            (SuspendReason::Refused, "then refresh"),
            (SuspendReason::NewTokensRejected, "then refresh"),
            (SuspendReason::SignInAgain, "Sign in again"),
        ] {
            let error = KeeperError::of(Refusal::Suspended(reason), Some(explanation()), NOW);
            assert!(error.to_string().contains(act), "{error}");
        }
    }
}
