//! A sign-in that has begun: the address for the browser, and what its answer is held against.

use super::redirected::{Code, RedirectError, read};
use super::user_app::UserApp;
use crate::urls::ServiceUrls;
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl};
use secrecy::SecretString;
use std::fmt;

/// The redirect address, or Zoom's, is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{address}` is no address to sign in with ({reason}); write it like http://127.0.0.1:8765/callback"
)]
pub struct BadRedirect {
    /// What was given.
    address: String,
    /// What the parser found.
    reason: String,
}

/// A sign-in under way. Verifier and state are its own: another sign-in is another value, and
/// whoever has a [`Code`] or a final error of it drops it.
pub struct SignIn {
    address: String,
    state: SecretString,
    verifier: SecretString,
    redirect: String,
}

impl SignIn {
    /// Begins one for `app`. Zoom compares `redirect` with what the app has registered character
    /// by character. The scopes are those of the app.
    pub fn begin(urls: &ServiceUrls, app: &UserApp, redirect: &str) -> Result<Self, BadRedirect> {
        let bad = |address: &str, error: url::ParseError| BadRedirect {
            address: address.to_owned(),
            reason: error.to_string(),
        };
        let authorize = urls.authorize_endpoint();
        let asked = AuthUrl::new(authorize.clone()).map_err(|error| bad(&authorize, error))?;
        let back = RedirectUrl::new(redirect.to_owned()).map_err(|error| bad(redirect, error))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state) = BasicClient::new(ClientId::new(app.client_id.clone()))
            .set_auth_uri(asked)
            .set_redirect_uri(back)
            .authorize_url(CsrfToken::new_random)
            .set_pkce_challenge(challenge)
            .url();
        Ok(Self {
            address: address.into(),
            state: state.into_secret().into(),
            verifier: verifier.into_secret().into(),
            redirect: redirect.to_owned(),
        })
    }

    /// What the browser opens. Holds no secret that would serve anybody without the verifier.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Reads the address that Zoom sent the browser to, or that the user pasted: whole, or from
    /// the path on. [`RedirectError::is_final`] says whether this sign-in goes on.
    pub fn read(&self, redirected: &str) -> Result<Code, RedirectError> {
        Ok(Code {
            text: read(redirected, &self.state)?,
            verifier: self.verifier.clone(),
            redirect: self.redirect.clone(),
        })
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SignIn")
            .field("redirect", &self.redirect)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    use secrecy::ExposeSecret;
    use std::collections::BTreeMap;
    use url::Url;

    const REDIRECT: &str = "http://127.0.0.1:8765/callback";

    fn begun() -> SignIn {
        let app = UserApp {
            client_id: "cid".into(),
            client_secret: None,
        };
        SignIn::begin(&ServiceUrls::default(), &app, REDIRECT).unwrap()
    }

    #[test]
    fn the_address_asks_for_a_code_with_a_challenge() {
        let sign_in = begun();
        let address = Url::parse(sign_in.address()).unwrap();
        let query: BTreeMap<_, _> = address.query_pairs().into_owned().collect();
        assert!(
            sign_in
                .address()
                .starts_with("https://zoom.us/oauth/authorize?")
        );
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], "cid");
        assert_eq!(query["redirect_uri"], REDIRECT);
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["state"], sign_in.state.expose_secret());
        assert_eq!(query.len(), 6, "{query:?}");
        let challenge = BASE64_URL_SAFE_NO_PAD
            .decode(&query["code_challenge"])
            .unwrap();
        assert_eq!(challenge.len(), 32, "a SHA-256");
        let verifier = sign_in.verifier.expose_secret();
        assert!((43..=128).contains(&verifier.len()), "RFC 7636");
        assert!(!sign_in.address().contains(verifier));
    }

    #[test]
    fn no_two_sign_ins_are_alike() {
        let (first, second) = (begun(), begun());
        assert_ne!(first.state.expose_secret(), second.state.expose_secret());
        assert_ne!(
            first.verifier.expose_secret(),
            second.verifier.expose_secret()
        );
    }

    #[test]
    fn nothing_secret_is_printed() {
        let sign_in = begun();
        let printed = format!("{sign_in:?}");
        for secret in [&sign_in.state, &sign_in.verifier] {
            assert!(!printed.contains(secret.expose_secret()), "{printed}");
        }
    }

    #[test]
    fn a_redirect_that_is_no_address_is_named() {
        let app = UserApp {
            client_id: "cid".into(),
            client_secret: None,
        };
        let error = SignIn::begin(&ServiceUrls::default(), &app, "8765").unwrap_err();
        assert!(
            error.to_string().starts_with("`8765` is no address"),
            "{error}"
        );
    }
}
