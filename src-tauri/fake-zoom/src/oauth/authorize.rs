//! `GET /oauth/authorize`: the page on which a user agrees, played by a robot.
//!
//! A request that Zoom cannot lead back anywhere ends on a page; every other one leads back.

use super::codes::{Challenge, Code};
use super::user_app::UserApp;
use crate::access_token;
use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use url::Url;

/// What the user at the page does, as `POST /_fake/consent` orders it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Agrees at once.
    #[default]
    Approve,
    /// Declines.
    Deny,
    /// Agrees, but is led back with another state, as by a forged page.
    WrongState,
    /// Looks at the page and does nothing.
    Wait,
}

/// What a request asks for.
struct Asked {
    client_id: String,
    redirect: Url,
    /// As it was written: it must come again at the exchange.
    written: String,
    state: Option<String>,
    challenge: Option<Challenge>,
}

impl World {
    pub(crate) fn authorize(&mut self, request: &Request, now: i64) -> Reply {
        let asked = match self.asked(request) {
            Ok(asked) => asked,
            Err(complaint) => {
                let reply = page(400, &complaint);
                self.counters.complain(format!("authorize: {complaint}"));
                return reply;
            }
        };
        let state = asked.state.clone();
        match self.consent {
            Consent::Approve => self.approve(asked, state, now),
            Consent::WrongState => self.approve(asked, Some("another-state".into()), now),
            Consent::Deny => {
                self.counters.grants.denied += 1;
                lead_back(asked.redirect, ("error", "access_denied"), state)
            }
            Consent::Wait => page(200, "Do you want to allow this app?"),
        }
    }

    fn approve(&mut self, asked: Asked, state: Option<String>, now: i64) -> Reply {
        let text = access_token::opaque(self.next_number());
        let code = Code {
            client_id: asked.client_id,
            redirect: asked.written,
            challenge: asked.challenge,
            issued: now,
        };
        self.codes.issue(text.clone(), code);
        self.counters.grants.authorized += 1;
        lead_back(asked.redirect, ("code", &text), state)
    }

    fn asked(&self, request: &Request) -> Result<Asked, String> {
        let query = request.query.as_deref().unwrap_or_default();
        let query: BTreeMap<String, String> = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        if request.method != "GET" || query.get("response_type").map(String::as_str) != Some("code")
        {
            return Err("no request for a code".into());
        }
        let client_id = query.get("client_id").cloned().unwrap_or_default();
        let app = self.user_apps.iter().find(|app| app.client_id == client_id);
        let app = app.ok_or("no such app")?;
        let written = query.get("redirect_uri").cloned().unwrap_or_default();
        if !app.redirects.contains(&written) {
            return Err("Invalid redirect (4,700): it is not registered with the app".into());
        }
        Ok(Asked {
            redirect: Url::parse(&written).map_err(|error| error.to_string())?,
            challenge: challenge(app, &query)?,
            state: query.get("state").cloned(),
            client_id,
            written,
        })
    }
}

/// A public app must have one. The method is `plain` where none is named, as Zoom has it.
fn challenge(app: &UserApp, query: &BTreeMap<String, String>) -> Result<Option<Challenge>, String> {
    let method = query.get("code_challenge_method").map(String::as_str);
    match (query.get("code_challenge"), method) {
        (Some(text), Some("S256")) => Ok(Some(Challenge::S256(text.clone()))),
        (Some(text), None | Some("plain")) => Ok(Some(Challenge::Plain(text.clone()))),
        (Some(_), Some(_)) => Err("unknown code_challenge_method".into()),
        (None, _) if app.client_secret.is_none() => Err("a public app needs a challenge".into()),
        (None, _) => Ok(None),
    }
}

fn lead_back(mut to: Url, (name, value): (&str, &str), state: Option<String>) -> Reply {
    to.query_pairs_mut().append_pair(name, value);
    if let Some(state) = state {
        to.query_pairs_mut().append_pair("state", &state);
    }
    Reply::redirect(to.as_str())
}

fn page(status: u16, text: &str) -> Reply {
    let page = format!("<!DOCTYPE html>\n<html><body><p>{text}</p></body></html>\n");
    Reply::text(status, "text/html; charset=utf-8", &page)
}
