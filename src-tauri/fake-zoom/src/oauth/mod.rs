//! The OAuth endpoints: who may have a token, and what is said to everybody else.

mod authorize;
mod codes;
mod exchange;
mod pairs;
#[cfg(test)]
mod tests;
mod user_app;

use crate::access_token::{self, Claims};
use crate::basic;
use crate::config::App;
use crate::fault::Fault;
use crate::form::{self, Form, FormError};
use crate::ledger::Slot;
use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
pub use authorize::Consent;
pub(crate) use codes::Codes;
pub(crate) use pairs::Pairs;
use serde_json::json;
pub use user_app::UserApp;

/// What each grant's form may hold beside `grant_type`.
const ACCOUNT_CREDENTIALS: &[&str] = &["account_id", "token_index"];
const AUTHORIZATION_CODE: &[&str] = &["code", "redirect_uri", "code_verifier", "client_id"];
const REFRESH_TOKEN: &[&str] = &["refresh_token", "client_id"];

/// Who asks, proven.
#[derive(Clone, Debug)]
struct Asker {
    account_id: String,
    client_id: String,
    kind: AskerKind,
}

#[derive(Clone, Debug)]
enum AskerKind {
    ServerToServer(App),
    User,
}

impl World {
    /// `POST /oauth/token`. `now` in milliseconds since the Unix epoch; `fault` may change the form
    /// of the grant.
    pub(crate) fn token(&mut self, request: &Request, fault: Option<&Fault>, now: i64) -> Reply {
        let (asker, form) = match self.client_and_form(request, known_of_form) {
            Ok(both) => both,
            Err(reply) => return reply,
        };
        match (grant_type(&form), &asker.kind) {
            ("account_credentials", AskerKind::ServerToServer(app)) => {
                self.account_credentials(&asker, app, &form, fault, now)
            }
            ("authorization_code", AskerKind::User) => self.exchange(&asker, &form, fault, now),
            ("refresh_token", _) => self.refresh(&asker, &form, fault, now),
            _ => Reply::unsupported_grant(),
        }
    }

    fn account_credentials(
        &mut self,
        asker: &Asker,
        app: &App,
        form: &Form,
        fault: Option<&Fault>,
        now: i64,
    ) -> Reply {
        if form.get("account_id") != Some(&app.account_id) {
            return Reply::bad_request();
        }
        match index(form, app) {
            Some(index) => self.grant(asker, index, fault, now).1,
            None => Reply::oauth_error("Invalid Grant", "invalid_request"),
        }
    }

    /// `POST /oauth/revoke`. The refusal of a dead token is assumed to be that of a dead grant.
    pub(crate) fn revoke(&mut self, request: &Request) -> Reply {
        let known = |_: &Form| ["token", "client_id"].to_vec();
        let form = match self.client_and_form(request, known) {
            Ok((_, form)) => form,
            Err(reply) => return reply,
        };
        let token = form.get("token").map_or("", String::as_str);
        let was_alive = match self.pairs.revoke(token) {
            Some(ended) => {
                self.end_access(&ended);
                true
            }
            None => self.ledger.revoke(token),
        };
        if was_alive {
            Reply::json(200, &json!({"status": "success"}))
        } else {
            Reply::oauth_error("Invalid Token!", "invalid_grant")
        }
    }

    /// Ends every sign-in, as when the user signs in elsewhere or removes the app.
    pub(crate) fn end_sign_ins(&mut self) {
        let ended = self.pairs.end_all();
        self.end_access(&ended);
    }

    fn client_and_form(
        &mut self,
        request: &Request,
        known: impl Fn(&Form) -> Vec<&'static str>,
    ) -> Result<(Asker, Form), Reply> {
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
        let asker = self
            .client(request, &form)
            .ok_or_else(Reply::invalid_client)?;
        Ok((asker, form))
    }

    /// A client with a secret proves itself by Basic credentials, one without names its id in the
    /// form; nobody does both.
    fn client(&mut self, request: &Request, form: &Form) -> Option<Asker> {
        match (basic::credentials(request), form.get("client_id")) {
            (Some((id, secret)), None) => self.confidential(&id, &secret),
            (None, Some(id)) => self.public(id),
            (Some(_), Some(_)) => {
                self.counters
                    .complain("client_id beside Basic credentials".into());
                None
            }
            (None, None) => {
                self.counters.complain("no Basic credentials".into());
                None
            }
        }
    }

    fn confidential(&self, id: &str, secret: &str) -> Option<Asker> {
        let server = self
            .apps
            .iter()
            .find(|app| app.client_id == id && app.client_secret == secret);
        if let Some(app) = server {
            return Some(Asker {
                account_id: app.account_id.clone(),
                client_id: app.client_id.clone(),
                kind: AskerKind::ServerToServer(app.clone()),
            });
        }
        self.user_client(id, Some(secret))
    }

    fn public(&self, id: &str) -> Option<Asker> {
        self.user_client(id, None)
    }

    fn user_client(&self, id: &str, secret: Option<&str>) -> Option<Asker> {
        let app = self
            .user_apps
            .iter()
            .find(|app| app.client_id == id && app.client_secret.as_deref() == secret)?;
        Some(Asker {
            account_id: app.account_id.clone(),
            client_id: app.client_id.clone(),
            kind: AskerKind::User,
        })
    }

    /// Issues an access token; returns it and the answer that brings it.
    fn grant(
        &mut self,
        asker: &Asker,
        index: u32,
        fault: Option<&Fault>,
        now: i64,
    ) -> (String, Reply) {
        let lifetime = i64::try_from(self.lifetime_seconds).unwrap_or(i64::MAX / 2_000);
        let number = self.next_number();
        let token = match fault {
            Some(Fault::NothingAboutExpiry) => access_token::opaque(number),
            _ => access_token::jwt(&Claims {
                account_id: &asker.account_id,
                client_id: &asker.client_id,
                issued: now / 1_000,
                expires: now / 1_000 + lifetime,
                number,
            }),
        };
        let slot = Slot {
            client_id: asker.client_id.clone(),
            index,
        };
        let expires = now.saturating_add(lifetime.saturating_mul(1_000));
        self.ledger.issue(
            token.clone(),
            slot,
            asker.account_id.clone(),
            expires,
            self.mode,
        );
        self.counters.token.granted += 1;
        let reply = self.grant_body(&token, fault);
        (token, reply)
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

fn grant_type(form: &Form) -> &str {
    form.get("grant_type").map_or("", String::as_str)
}

fn known_of_form(form: &Form) -> Vec<&'static str> {
    let own = match grant_type(form) {
        "authorization_code" => AUTHORIZATION_CODE,
        "refresh_token" => REFRESH_TOKEN,
        _ => ACCOUNT_CREDENTIALS,
    };
    [&["grant_type"], own].concat()
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
