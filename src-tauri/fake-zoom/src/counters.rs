//! What was asked of the fake Zoom, counted.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most complaints kept; the first say most.
const COMPLAINTS_KEPT: usize = 100;

/// Counts since the start or the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Requests to `/oauth/token`.
    pub token: TokenCounters,
    /// What became of sign-ins and refresh tokens.
    #[serde(default)]
    pub grants: GrantCounters,
    /// Requests to `/oauth/revoke`.
    pub revoke_requests: u64,
    /// API calls by method and path (`GET /v2/users/me`), then by the status answered. A call that
    /// got no answer counts under 0.
    pub api: BTreeMap<String, BTreeMap<u16, u64>>,
    /// What was wrong with requests that no correct client sends, in words. Names parameters and
    /// headers, never values. Empty after a run of a correct client.
    pub complaints: Vec<String>,
}

/// Counts of a user's sign-ins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantCounters {
    /// Requests to `/oauth/authorize`.
    pub authorize_requests: u64,
    /// Codes given out.
    pub authorized: u64,
    /// Requests that the user declined.
    pub denied: u64,
    /// Codes exchanged for a pair.
    pub codes_redeemed: u64,
    /// Codes refused.
    pub codes_refused: u64,
    /// Requests granted by a refresh token, including those whose answer a fault spoiled.
    pub refreshed: u64,
    /// Requests whose refresh token was dead or unknown.
    pub refresh_refused: u64,
    /// Of these, the ones with a refresh token that had been used before.
    pub reused: u64,
}

/// Counts of the token endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCounters {
    /// All requests, whatever came of them.
    pub requests: u64,
    /// Tokens issued, including those whose answer a fault spoiled.
    pub granted: u64,
    /// Answers of a 4xx status other than 408 and 429, those asked for as faults included.
    pub refused: u64,
    /// Requests a fault struck.
    pub faulted: u64,
    /// Requests being answered now.
    pub in_flight: u64,
    /// The most requests ever answered at once.
    pub peak_in_flight: u64,
}

impl Counters {
    /// How many calls of a path, e.g. `GET /v2/users/me`, were answered with `status`.
    #[must_use]
    pub fn api_calls(&self, method_and_path: &str, status: u16) -> u64 {
        self.api
            .get(method_and_path)
            .and_then(|by_status| by_status.get(&status))
            .copied()
            .unwrap_or(0)
    }

    pub(crate) fn complain(&mut self, complaint: String) {
        if self.complaints.len() < COMPLAINTS_KEPT {
            self.complaints.push(complaint);
        }
    }

    pub(crate) fn count_api(&mut self, method_and_path: String, status: u16) {
        *self
            .api
            .entry(method_and_path)
            .or_default()
            .entry(status)
            .or_default() += 1;
    }

    /// Zero, but for the requests still being answered.
    pub(crate) fn reset(&mut self) {
        let in_flight = self.token.in_flight;
        *self = Self::default();
        self.token.in_flight = in_flight;
        self.token.peak_in_flight = in_flight;
    }
}

impl TokenCounters {
    pub(crate) fn enter(&mut self) {
        self.requests += 1;
        self.in_flight += 1;
        self.peak_in_flight = self.peak_in_flight.max(self.in_flight);
    }

    pub(crate) fn leave(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    pub(crate) fn answered(&mut self, status: u16) {
        if (400..500).contains(&status) && !matches!(status, 408 | 429) {
            self.refused += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_the_most_at_once() {
        let mut token = TokenCounters::default();
        token.enter();
        token.enter();
        token.leave();
        token.enter();
        assert_eq!(
            (token.requests, token.in_flight, token.peak_in_flight),
            (3, 2, 2)
        );
    }

    #[test]
    fn a_reset_keeps_what_is_still_in_flight() {
        let mut counters = Counters::default();
        counters.token.enter();
        counters.count_api("GET /v2/users/me".into(), 200);
        counters.reset();
        assert_eq!(counters.token.in_flight, 1);
        assert_eq!(counters.token.requests, 0);
        assert_eq!(counters.api_calls("GET /v2/users/me", 200), 0);
    }
}
