//! The state behind the endpoints, and which request goes where.

use crate::api::DOWNLOADS;
use crate::config::{App, Config, Mode};
use crate::contents::Contents;
use crate::counters::Counters;
use crate::fault::{Endpoint, Fault, Plan};
use crate::ledger::Ledger;
use crate::oauth::{Codes, Consent, Pairs, UserApp};
use crate::reply::{Ending, Reply};
use crate::wire::Request;

/// Everything that changes while it runs.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) apps: Vec<App>,
    pub(crate) user_apps: Vec<UserApp>,
    pub(crate) consent: Consent,
    pub(crate) codes: Codes,
    pub(crate) pairs: Pairs,
    pub(crate) lifetime_seconds: u64,
    pub(crate) mode: Mode,
    pub(crate) scopes: Vec<String>,
    pub(crate) contents: Contents,
    /// Scheme, host and port of this very server.
    pub(crate) base: String,
    pub(crate) ledger: Ledger,
    pub(crate) plan: Plan,
    pub(crate) counters: Counters,
    numbers: u64,
}

impl World {
    /// `base` is where it listens, e.g. `http://127.0.0.1:8080`.
    pub(crate) fn new(config: Config, base: String) -> Self {
        let mut pairs = Pairs::default();
        if let (Some(token), Some(app)) = (config.refresh_token, config.apps.first()) {
            pairs.sign_in(&app.client_id, token);
        }
        Self {
            apps: config.apps,
            user_apps: config.user_apps,
            consent: Consent::default(),
            codes: Codes::default(),
            pairs,
            lifetime_seconds: config.lifetime_seconds,
            mode: config.mode,
            scopes: config.scopes,
            contents: config.contents,
            base,
            ledger: Ledger::default(),
            plan: Plan::default(),
            counters: Counters::default(),
            numbers: 0,
        }
    }

    /// Answers a request to the service, and counts it.
    pub(crate) fn answer(&mut self, endpoint: Endpoint, request: &Request, now: i64) -> Reply {
        let fault = self.plan.next(endpoint);
        let instead = fault.as_ref().and_then(Fault::instead);
        let reply = instead.unwrap_or_else(|| self.real(endpoint, request, fault.as_ref(), now));
        self.count(endpoint, request, &reply, fault.is_some());
        let number = self.next_number();
        reply.with(
            "x-zm-trackingid",
            format!("v=2.0;clid=us02;rid=WEB_{number:032x}"),
        )
    }

    /// Zoom's own answer, its delivery spoiled where a fault says so.
    fn real(
        &mut self,
        endpoint: Endpoint,
        request: &Request,
        fault: Option<&Fault>,
        now: i64,
    ) -> Reply {
        let mut reply = match endpoint {
            Endpoint::Authorize => self.authorize(request, now),
            Endpoint::Token => self.token(request, fault, now),
            Endpoint::Revoke => self.revoke(request),
            Endpoint::Api => self.api(request, now),
            Endpoint::Download => self.download(request, now),
        };
        if let Some(fault) = fault {
            fault.spoil(&mut reply);
        }
        reply
    }

    fn count(&mut self, endpoint: Endpoint, request: &Request, reply: &Reply, faulted: bool) {
        let status = if reply.ending == Ending::NoAnswer {
            0
        } else {
            reply.status
        };
        match endpoint {
            Endpoint::Token => {
                self.counters.token.answered(status);
                self.counters.token.faulted += u64::from(faulted);
            }
            Endpoint::Authorize => self.counters.grants.authorize_requests += 1,
            Endpoint::Revoke => self.counters.revoke_requests += 1,
            Endpoint::Api | Endpoint::Download => {
                self.counters
                    .count_api(format!("{} {}", request.method, request.path), status);
            }
        }
    }

    /// A number never given before.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }
}

impl Endpoint {
    /// Where a path leads; `None` for paths Zoom's service does not have.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            "/oauth/authorize" => Some(Self::Authorize),
            "/oauth/token" => Some(Self::Token),
            "/oauth/revoke" => Some(Self::Revoke),
            _ if path.starts_with("/v2/") => Some(Self::Api),
            _ if path.starts_with(DOWNLOADS) => Some(Self::Download),
            _ => None,
        }
    }
}
