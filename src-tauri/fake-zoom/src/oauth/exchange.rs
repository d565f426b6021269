//! The token endpoint's grants of a user's app: a code or a refresh token for a pair.

use super::Asker;
use super::codes::Wrong;
use super::pairs::Use;
use crate::access_token;
use crate::fault::Fault;
use crate::form::Form;
use crate::reply::Reply;
use crate::world::World;
use serde_json::json;

impl World {
    /// The `authorization_code` grant. The body for a redirect that differs is assumed; the code
    /// is that of Zoom's table.
    pub(super) fn exchange(
        &mut self,
        asker: &Asker,
        form: &Form,
        fault: Option<&Fault>,
        now: i64,
    ) -> Reply {
        let text = |name: &str| form.get(name).map(String::as_str);
        let redeemed = self.codes.redeem(
            text("code").unwrap_or_default(),
            &asker.client_id,
            text("redirect_uri").unwrap_or_default(),
            text("code_verifier"),
            now,
        );
        match redeemed {
            Ok(()) => self.counters.grants.codes_redeemed += 1,
            Err(wrong) => {
                self.counters.grants.codes_refused += 1;
                return match wrong {
                    Wrong::Code => {
                        Reply::oauth_error("Invalid authorization code", "invalid_grant")
                    }
                    Wrong::Redirect => Reply::api_error(400, 4709, "Redirect URI mismatch."),
                };
            }
        }
        let refresh = self.next_refresh_token();
        let (sign_in, ended) = self.pairs.sign_in(&asker.client_id, refresh.clone());
        self.end_access(&ended);
        self.pair(asker, sign_in, Some(&refresh), fault, now)
    }

    /// The `refresh_token` grant: each is good once.
    pub(super) fn refresh(
        &mut self,
        asker: &Asker,
        form: &Form,
        fault: Option<&Fault>,
        now: i64,
    ) -> Reply {
        let given = form.get("refresh_token").map_or("", String::as_str);
        let sign_in = match self.pairs.look_up(&asker.client_id, given) {
            Use::Works(sign_in) => sign_in,
            dead => {
                self.counters.grants.reused += u64::from(dead == Use::Reused);
                self.counters.grants.refresh_refused += 1;
                return Reply::oauth_error("Invalid Token!", "invalid_grant");
            }
        };
        self.counters.grants.refreshed += 1;
        if matches!(fault, Some(Fault::NoRefreshToken)) {
            return self.pair(asker, sign_in, None, fault, now);
        }
        let next = self.next_refresh_token();
        self.pairs.rotate(given, next.clone());
        self.pair(asker, sign_in, Some(&next), fault, now)
    }

    pub(super) fn end_access(&mut self, tokens: &[String]) {
        for token in tokens {
            self.ledger.revoke(token);
        }
    }

    fn pair(
        &mut self,
        asker: &Asker,
        sign_in: u64,
        refresh: Option<&str>,
        fault: Option<&Fault>,
        now: i64,
    ) -> Reply {
        let (token, mut reply) = self.grant(asker, 0, fault, now);
        self.pairs.issued(sign_in, token);
        if let Some(refresh) = refresh {
            reply.add(&json!({"refresh_token": refresh}));
        }
        reply
    }

    /// A sign-in that did not go by the page.
    pub(crate) fn sign_in(&mut self, client_id: &str) -> String {
        let refresh = self.next_refresh_token();
        let (_, ended) = self.pairs.sign_in(client_id, refresh.clone());
        self.end_access(&ended);
        refresh
    }

    fn next_refresh_token(&mut self) -> String {
        access_token::opaque(self.next_number())
    }
}
