//! Asking for a pair. One call is one request and ends within the client's time-out.

use super::grant_type::GrantType;
use super::redirected::Code;
use super::user_app::{Form, UserApp};
use crate::scrub::Scrubber;
use crate::token::{TokenClient, TokenOutcome};
use crate::token_answer;
use crate::urls::ServiceUrls;
use secrecy::{ExposeSecret, SecretString};

impl TokenClient {
    /// The `refresh_token` grant. Whatever comes of it, the refresh token may be used up; a grant
    /// without a new one leaves it in use.
    pub async fn refresh(
        &self,
        urls: &ServiceUrls,
        app: &UserApp,
        refresh_token: &SecretString,
    ) -> TokenOutcome {
        let form = vec![
            ("grant_type", GrantType::RefreshToken.name()),
            ("refresh_token", refresh_token.expose_secret()),
        ];
        let scrubber = app.scrubber(refresh_token);
        self.ask(urls, app, form, GrantType::RefreshToken, &scrubber)
            .await
    }

    /// The `authorization_code` grant: ends a sign-in with a pair. A code works once, within five
    /// minutes.
    pub async fn exchange(&self, urls: &ServiceUrls, app: &UserApp, code: Code) -> TokenOutcome {
        let form = vec![
            ("grant_type", GrantType::AuthorizationCode.name()),
            ("code", code.text.expose_secret()),
            ("redirect_uri", &code.redirect),
            ("code_verifier", code.verifier.expose_secret()),
        ];
        let scrubber = app.scrubber(&code.text).with(&code.verifier);
        self.ask(urls, app, form, GrantType::AuthorizationCode, &scrubber)
            .await
    }

    async fn ask(
        &self,
        urls: &ServiceUrls,
        app: &UserApp,
        form: Form<'_>,
        grant: GrantType,
        scrubber: &Scrubber,
    ) -> TokenOutcome {
        let url = urls.token_endpoint();
        let request = self.http.requests().post(&url).timeout(self.timeout);
        match self
            .http
            .send(&url, app.sign(request, form), scrubber)
            .await
        {
            Ok(answer) => token_answer::read(&answer, grant, scrubber),
            Err(outage) => TokenOutcome::Unavailable(outage),
        }
    }
}
