//! An app that users sign in to.

use crate::config::App;

/// A user-managed OAuth app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserApp {
    /// The account of the user who signs in.
    pub account_id: String,
    /// Its client id.
    pub client_id: String,
    /// Its client secret, a fake; a public app has none.
    pub client_secret: Option<String>,
    /// The redirect addresses it has registered, compared character by character.
    pub redirects: Vec<String>,
}

impl UserApp {
    /// An app with a secret, and this redirect address.
    #[must_use]
    pub fn confidential(redirect: &str) -> Self {
        Self {
            account_id: App::default().account_id,
            client_id: "FakeUserClient_012345".into(),
            client_secret: Some("FakeUserSecret0123456789abcdefAB".into()),
            redirects: vec![redirect.to_owned()],
        }
    }

    /// An app without a secret, and this redirect address.
    #[must_use]
    pub fn public(redirect: &str) -> Self {
        Self {
            client_id: "FakePublicClient_0123".into(),
            client_secret: None,
            ..Self::confidential(redirect)
        }
    }
}
