//! How long a granted token lives, and how that is known.

use crate::time::WallTime;
use std::time::Duration;

/// Lifetime taken if neither the answer nor the token names one: Zoom's documented hour.
const ASSUMED: Duration = Duration::from_hours(1);

/// What a grant says about its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    /// `expires_in` in seconds; none if absent or no whole number.
    pub expires_in: Option<i64>,
    /// The token's own `exp`, if it can be read. A hint: Zoom calls tokens opaque.
    pub token_expiry: Option<WallTime>,
}

/// How long a token lives, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// How long.
    pub span: Duration,
    /// From where.
    pub basis: Basis,
}

/// Where a lifetime comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// `expires_in`.
    Stated,
    /// The token's `exp`.
    Token,
    /// Zoom's documented hour.
    Assumed,
}

impl Granted {
    /// The lifetime of a token whose request was sent at `issued`.
    #[must_use]
    pub fn lifetime(self, issued: WallTime) -> Lifetime {
        let stated = self
            .expires_in
            .and_then(|seconds| u64::try_from(seconds).ok());
        if let Some(seconds) = stated.filter(|seconds| *seconds > 0) {
            return Lifetime {
                span: Duration::from_secs(seconds),
                basis: Basis::Stated,
            };
        }
        let own = self.token_expiry.map(|expiry| issued.until(expiry));
        match own.filter(|span| !span.is_zero()) {
            Some(span) => Lifetime {
                span,
                basis: Basis::Token,
            },
            None => Lifetime {
                span: ASSUMED,
                basis: Basis::Assumed,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);
    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn the_stated_lifetime_counts() {
        let granted = Granted {
            expires_in: Some(915),
            token_expiry: Some(WallTime(1)),
        };
        let lifetime = granted.lifetime(WallTime(0));
        assert_eq!(
            lifetime,
            Lifetime {
                span: Duration::from_secs(915),
                basis: Basis::Stated
            }
        );
    }

    #[test]
    fn without_a_usable_lifetime_the_tokens_own_expiry_counts_if_it_is_to_come() {
        for expires_in in [None, Some(0), Some(-5)] {
            let later = Granted {
                expires_in,
                token_expiry: Some(WallTime(61_000)),
            };
            let lifetime = later.lifetime(WallTime(1_000));
            assert_eq!(
                lifetime,
                Lifetime {
                    span: MINUTE,
                    basis: Basis::Token
                }
            );
            let passed = Granted {
                expires_in,
                token_expiry: Some(WallTime(1_000)),
            };
            let lifetime = passed.lifetime(WallTime(1_000));
            assert_eq!(
                lifetime,
                Lifetime {
                    span: HOUR,
                    basis: Basis::Assumed
                }
            );
        }
    }
}
