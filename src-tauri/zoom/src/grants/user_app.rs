//! A user's app, and how it proves itself in a request.

use crate::scrub::Scrubber;
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};

/// An app that users sign in to.
#[derive(Clone, Debug)]
pub struct UserApp {
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret; a public client has none.
    pub client_secret: Option<SecretString>,
}

/// A form's parameters. Holds secrets.
pub(super) type Form<'a> = Vec<(&'static str, &'a str)>;

impl UserApp {
    /// The request with this form and the app's proof.
    pub(super) fn sign<'a>(
        &'a self,
        request: RequestBuilder,
        mut form: Form<'a>,
    ) -> RequestBuilder {
        if let Some(secret) = &self.client_secret {
            return request
                .basic_auth(&self.client_id, Some(secret.expose_secret()))
                .form(&form);
        }
        form.push(("client_id", &self.client_id));
        request.form(&form)
    }

    /// Knows the app's secret, and `secret` of the form.
    pub(super) fn scrubber(&self, secret: &SecretString) -> Scrubber {
        match &self.client_secret {
            Some(own) => Scrubber::for_basic(&self.client_id, own).with(secret),
            None => Scrubber::for_bearer(secret),
        }
    }
}
