//! Where Zoom is. Base addresses without a trailing slash, https unless the host is this machine.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::{Host, Url};

const OAUTH: &str = "https://zoom.us/oauth";
const API: &str = "https://api.zoom.us/v2";

/// The two base addresses of the service. Each is https, or on loopback; neither carries
/// credentials, a query or a fragment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Texts", into = "Texts")]
pub struct ServiceUrls {
    oauth: String,
    api: String,
}

/// The stored form.
#[derive(Serialize, Deserialize)]
struct Texts {
    oauth: String,
    api: String,
}

/// Why an address is refused. Each sentence names the address's purpose and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UrlError {
    /// Not an absolute address.
    #[error("the {what} address is no URL ({reason}); write it like {example}")]
    NotAUrl {
        /// `OAuth` or `API`.
        what: &'static str,
        /// What the parser found.
        reason: String,
        /// The default.
        example: &'static str,
    },
    /// Not https and not this machine.
    #[error(
        "the {what} address {scheme}://{host} would send secrets unprotected; use https (other \
         schemes are accepted for this machine alone)"
    )]
    NotHttps {
        /// `OAuth` or `API`.
        what: &'static str,
        /// The scheme given.
        scheme: String,
        /// The host given.
        host: String,
    },
    /// Something that does not belong into a base address.
    #[error("the {what} address holds a user, a query or a fragment; write it like {example}")]
    Excess {
        /// `OAuth` or `API`.
        what: &'static str,
        /// The default.
        example: &'static str,
    },
}

impl ServiceUrls {
    /// Checks both addresses.
    pub fn parse(oauth: &str, api: &str) -> Result<Self, UrlError> {
        Ok(Self {
            oauth: base("OAuth", OAUTH, oauth)?,
            api: base("API", API, api)?,
        })
    }

    /// The OAuth base, by default `https://zoom.us/oauth`. No trailing slash.
    pub fn oauth(&self) -> &str {
        &self.oauth
    }

    /// The API base, by default `https://api.zoom.us/v2`. No trailing slash.
    pub fn api(&self) -> &str {
        &self.api
    }

    /// Where tokens are granted.
    pub(crate) fn token_endpoint(&self) -> String {
        format!("{}/token", self.oauth)
    }

    /// Where the browser signs in.
    pub(crate) fn authorize_endpoint(&self) -> String {
        format!("{}/authorize", self.oauth)
    }

    /// Where tokens are revoked.
    pub(crate) fn revoke_endpoint(&self) -> String {
        format!("{}/revoke", self.oauth)
    }
}

impl Default for ServiceUrls {
    fn default() -> Self {
        Self {
            oauth: OAUTH.into(),
            api: API.into(),
        }
    }
}

impl TryFrom<Texts> for ServiceUrls {
    type Error = UrlError;

    fn try_from(texts: Texts) -> Result<Self, UrlError> {
        Self::parse(&texts.oauth, &texts.api)
    }
}

impl From<ServiceUrls> for Texts {
    fn from(urls: ServiceUrls) -> Self {
        Self {
            oauth: urls.oauth,
            api: urls.api,
        }
    }
}

fn base(what: &'static str, example: &'static str, text: &str) -> Result<String, UrlError> {
    let not_a_url = |reason: String| UrlError::NotAUrl {
        what,
        reason,
        example,
    };
    let url = Url::parse(text.trim()).map_err(|error| not_a_url(error.to_string()))?;
    let host = url.host().ok_or_else(|| not_a_url("no host".into()))?;
    let allowed = match url.scheme() {
        "https" => true,
        "http" => is_loopback(&host),
        _ => false,
    };
    if !allowed {
        let (scheme, host) = (url.scheme().to_owned(), host.to_string());
        return Err(UrlError::NotHttps { what, scheme, host });
    }
    if has_excess(&url) {
        return Err(UrlError::Excess { what, example });
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn has_excess(url: &Url) -> bool {
    !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
}

/// `localhost` counts: RFC 6761 binds the name to loopback.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// The host of an address, for sentences. The whole text if it is no URL.
pub(crate) fn host_of(url: &str) -> String {
    Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oauth(text: &str) -> Result<ServiceUrls, UrlError> {
        ServiceUrls::parse(text, API)
    }

    #[test]
    fn https_anywhere_and_http_on_this_machine_are_accepted() {
        for text in [
            "https://zoomgov.com/oauth",
            "http://127.0.0.1:8080/oauth",
            "http://127.9.9.9/oauth",
            "http://[::1]:1/oauth",
            "http://localhost:3000/oauth",
        ] {
            assert_eq!(
                oauth(text).map(|urls| urls.oauth().to_owned()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn other_schemes_are_refused() {
        for text in [
            "http://zoom.us/oauth",
            "http://127.0.0.1.example.com/oauth",
            "http://localhost.example.com/oauth",
            "ftp://127.0.0.1/oauth",
        ] {
            assert!(
                matches!(oauth(text), Err(UrlError::NotHttps { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn a_base_carries_nothing_but_scheme_host_and_path() {
        for text in [
            "https://u:p@zoom.us/oauth",
            "https://zoom.us/?a=b",
            "https://zoom.us/#x",
        ] {
            assert!(
                matches!(oauth(text), Err(UrlError::Excess { .. })),
                "{text}"
            );
        }
        assert!(matches!(
            oauth("zoom.us/oauth"),
            Err(UrlError::NotAUrl { .. })
        ));
    }

    #[test]
    fn a_refusal_never_repeats_the_credentials_in_it() {
        let error = oauth("http://user:hunter2@zoom.us/oauth")
            .unwrap_err()
            .to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn a_trailing_slash_is_dropped() {
        let urls = ServiceUrls::parse("https://zoom.us/oauth/", "https://api.zoom.us/v2/");
        assert_eq!(urls, Ok(ServiceUrls::default()));
    }

    #[test]
    fn stored_addresses_are_checked_when_read() {
        let stored = serde_json::to_string(&ServiceUrls::default()).unwrap();
        assert_eq!(
            serde_json::from_str::<ServiceUrls>(&stored).unwrap(),
            ServiceUrls::default()
        );
        let tampered = stored.replace("https://zoom.us", "http://zoom.us");
        assert!(serde_json::from_str::<ServiceUrls>(&tampered).is_err());
    }
}
