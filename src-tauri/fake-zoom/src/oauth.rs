//! The OAuth endpoints: who may have a token, and what is said to everybody else.

use crate::access_token::{self, Claims};
use crate::basic;
use crate::config::App;
use crate::fault::Fault;
use crate::form::{self, Form, FormError};
use crate::ledger::Slot;
use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
use serde_json::json;

impl World {
    /// `POST /oauth/token`. `now` in milliseconds since the Unix epoch; `fault` may change the form
    /// of the grant.
    pub(crate) fn token(&mut self, request: &Request, fault: Option<&Fault>, now: i64) -> Reply {
        let known = ["grant_type", "account_id", "token_index"];
        let (app, form) = match self.client_and_form(request, &known) {
            Ok(both) => both,
            Err(reply) => return reply,
        };
        if form.get("grant_type").map(String::as_str) != Some("account_credentials") {
            return Reply::unsupported_grant();
        }
        if form.get("account_id") != Some(&app.account_id) {
            return Reply::bad_request();
        }
        match index(&form, &app) {
            Some(index) => self.grant(&app, index, fault, now),
            None => Reply::oauth_error("Invalid Grant", "invalid_request"),
        }
    }

    /// `POST /oauth/revoke`. The refusal of a dead token is assumed to be that of a dead grant.
    pub(crate) fn revoke(&mut self, request: &Request) -> Reply {
        let form = match self.client_and_form(request, &["token"]) {
            Ok((_, form)) => form,
            Err(reply) => return reply,
        };
        if form
            .get("token")
            .is_some_and(|token| self.ledger.revoke(token))
        {
            Reply::json(200, &json!({"status": "success"}))
        } else {
            Reply::oauth_error("Invalid Token!", "invalid_grant")
        }
    }

    fn client_and_form(&mut self, request: &Request, known: &[&str]) -> Result<(App, Form), Reply> {
        if request.method != "POST" {
            self.counters
                .complain(format!("{} {}", request.method, request.path));
            return Err(Reply::json(
                405,
                &json!({"reason": "Method Not Allowed", "error": "invalid_request"}),
            ));
        }
        let form = match form::read(request, known) {
            Ok(form) => form,
            Err(FormError::NotAForm) => {
                self.counters
                    .complain("the body's content type is not a form's".into());
                return Err(Reply::unsupported_grant());
            }
            Err(FormError::Malformed(complaint)) => {
                self.counters.complain(complaint);
                return Err(Reply::bad_request());
            }
        };
        let app = self.client(request).ok_or_else(Reply::invalid_client)?;
        Ok((app, form))
    }

    fn client(&mut self, request: &Request) -> Option<App> {
        let Some((id, secret)) = basic::credentials(request) else {
            self.counters.complain("no Basic credentials".into());
            return None;
        };
        self.apps
            .iter()
            .find(|app| app.client_id == id && app.client_secret == secret)
            .cloned()
    }

    fn grant(&mut self, app: &App, index: u32, fault: Option<&Fault>, now: i64) -> Reply {
        let lifetime = i64::try_from(self.lifetime_seconds).unwrap_or(i64::MAX / 2_000);
        let number = self.next_number();
        let token = match fault {
            Some(Fault::NothingAboutExpiry) => access_token::opaque(number),
            _ => access_token::jwt(&Claims {
                account_id: &app.account_id,
                client_id: &app.client_id,
                issued: now / 1_000,
                expires: now / 1_000 + lifetime,
                number,
            }),
        };
        let slot = Slot {
            client_id: app.client_id.clone(),
            index,
        };
        let expires = now.saturating_add(lifetime.saturating_mul(1_000));
        self.ledger.issue(
            token.clone(),
            slot,
            app.account_id.clone(),
            expires,
            self.mode,
        );
        self.counters.token.granted += 1;
        self.grant_body(&token, fault)
    }

    fn grant_body(&self, token: &str, fault: Option<&Fault>) -> Reply {
        let mut body = json!({
            "access_token": token,
            "token_type": "bearer",
            "expires_in": self.lifetime_seconds,
            "scope": self.scopes.join(" "),
            "api_url": "https://api-us.zoom.us",
        });
        match (fault, body.as_object_mut()) {
            (Some(Fault::NoExpiresIn | Fault::NothingAboutExpiry), Some(fields)) => {
                fields.shift_remove("expires_in");
            }
            (Some(Fault::ExpiresIn { value }), Some(fields)) => {
                fields.insert("expires_in".into(), value.clone());
            }
            _ => {}
        }
        Reply::json(200, &body)
    }
}

/// The slot asked for; `None` if the app has no such index.
fn index(form: &Form, app: &App) -> Option<u32> {
    match form.get("token_index") {
        Some(text) => text
            .parse()
            .ok()
            .filter(|index| *index <= app.highest_index),
        None => Some(0),
    }
}
