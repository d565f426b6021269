//! Ending a sign-in at Zoom.

use super::grant_type::GrantType;
use super::user_app::UserApp;
use crate::http_client::Answer;
use crate::outage::{Outage, OutageCause};
use crate::refusal::Refusal;
use crate::scrub::Scrubber;
use crate::token::TokenClient;
use crate::token_answer;
use crate::urls::ServiceUrls;
use lifecycle::Answered;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// What came of a revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevokeOutcome {
    /// The pair no longer works.
    Revoked,
    /// It no longer worked before.
    AlreadyDead,
    /// Zoom said no; the pair may still work.
    Refused(Refusal),
    /// No usable answer; the pair may still work.
    Unavailable(Outage),
}

impl TokenClient {
    /// Revokes `token`, an access token or a refresh token, and what belongs to it.
    pub async fn revoke(
        &self,
        urls: &ServiceUrls,
        app: &UserApp,
        token: &SecretString,
    ) -> RevokeOutcome {
        let url = urls.revoke_endpoint();
        let scrubber = app.scrubber(token);
        let request = self.http.requests().post(&url).timeout(self.timeout);
        let form = vec![("token", token.expose_secret())];
        match self
            .http
            .send(&url, app.sign(request, form), &scrubber)
            .await
        {
            Ok(answer) => read(&answer, &scrubber),
            Err(outage) => RevokeOutcome::Unavailable(outage),
        }
    }
}

fn read(answer: &Answer, scrubber: &Scrubber) -> RevokeOutcome {
    let value = match answer.json(scrubber) {
        Ok(value) => value,
        Err(outage) => return RevokeOutcome::Unavailable(outage),
    };
    match token_answer::refusal(answer.status, &value, GrantType::RefreshToken, scrubber) {
        Some(refusal) if refusal.kind == Answered::InvalidGrant => RevokeOutcome::AlreadyDead,
        Some(refusal) => RevokeOutcome::Refused(refusal),
        None if answer.status == 200 && is_success(&value) => RevokeOutcome::Revoked,
        None => {
            let cause = OutageCause::Unrecognised(answer.status);
            let detail = "neither a success nor an OAuth error";
            RevokeOutcome::Unavailable(answer.outage(cause, detail))
        }
    }
}

/// Zoom answers `{"status":"success"}`.
fn is_success(value: &Value) -> bool {
    value.get("status").and_then(Value::as_str) == Some("success")
}
