//! The control interface for programs in another process: `/_fake/…` on the same address.
//!
//! | request | body | does |
//! |---|---|---|
//! | `GET /_fake/counters` | | answers [`Counters`](crate::Counters) |
//! | `POST /_fake/faults` | [`FaultOrder`] | puts a fault in the queue |
//! | `DELETE /_fake/faults` | | clears the queue |
//! | `POST /_fake/lifetime` | [`Lifetime`] | the lifetime of tokens to come |
//! | `POST /_fake/mode` | `"single"`, `"multi"`, `"cap:3"` | what a new token kills |
//! | `POST /_fake/scopes` | [`Scopes`] | the scopes of the app |
//! | `POST /_fake/revoke` | | kills every access token |
//! | `POST /_fake/consent` | `"approve"`, `"deny"`, `"wrong_state"`, `"wait"` | what the user does at the sign-in page |
//! | `POST /_fake/end_sign_ins` | | kills every refresh token and what belongs to it |
//! | `POST /_fake/reset` | | clears counters and faults |
//!
//! Success is 204 without a body, except for the counters; a bad body is 400 with the reason.

use crate::config::Mode;
use crate::fault::{Endpoint, Fault};
use crate::oauth::Consent;
use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fault to be put in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultOrder {
    /// Where it strikes.
    pub endpoint: Endpoint,
    /// What goes wrong.
    pub fault: Fault,
    /// How many requests it strikes; `null` for all until cleared. Absent counts as `null`.
    #[serde(default)]
    pub times: Option<u32>,
}

/// The lifetime of tokens to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifetime {
    /// In seconds.
    pub seconds: u64,
}

/// The scopes of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    /// Their names.
    pub scopes: Vec<String>,
}

impl World {
    /// Answers a request below `/_fake/`.
    pub(crate) fn control(&mut self, request: &Request) -> Reply {
        let what = request.path.strip_prefix("/_fake/").unwrap_or_default();
        let done = match (request.method.as_str(), what) {
            ("GET", "counters") => return self.counters_reply(),
            ("POST", "faults") => body(request).map(|order: FaultOrder| self.order(order)),
            ("DELETE", "faults") => {
                self.plan.clear();
                Ok(())
            }
            ("POST", "lifetime") => {
                body(request).map(|Lifetime { seconds }| self.lifetime_seconds = seconds)
            }
            ("POST", "mode") => body(request).map(|mode: Mode| self.mode = mode),
            ("POST", "scopes") => body(request).map(|Scopes { scopes }| self.scopes = scopes),
            ("POST", "revoke") => {
                self.ledger.revoke_all();
                Ok(())
            }
            ("POST", "consent") => body(request).map(|consent: Consent| self.consent = consent),
            ("POST", "end_sign_ins") => {
                self.end_sign_ins();
                Ok(())
            }
            ("POST", "reset") => {
                self.reset();
                Ok(())
            }
            _ => return Reply::text(404, "text/plain", "no such control request\n"),
        };
        match done {
            Ok(()) => Reply::no_content(),
            Err(error) => Reply::text(400, "text/plain", &format!("{error}\n")),
        }
    }

    pub(crate) fn order(&mut self, order: FaultOrder) {
        self.plan.push(order.endpoint, order.fault, order.times);
    }

    pub(crate) fn reset(&mut self) {
        self.plan.clear();
        self.counters.reset();
    }

    fn counters_reply(&self) -> Reply {
        match serde_json::to_value(&self.counters) {
            Ok(value) => Reply::json(200, &value),
            Err(error) => Reply::text(500, "text/plain", &format!("{error}\n")),
        }
    }
}

fn body<T: DeserializeOwned>(request: &Request) -> Result<T, serde_json::Error> {
    serde_json::from_slice(&request.body)
}
