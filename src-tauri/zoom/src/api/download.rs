//! Files that Zoom's answers name by address, such as transcripts.
//!
//! The token goes to Zoom's hosts alone: one that an answer names elsewhere is not asked, and a
//! redirect elsewhere is followed without it.

use super::outcome::{ApiOutage, ApiOutcome};
use super::reading::{refused, unavailable, unrecognised};
use super::{ApiClient, lost, without_token};
use crate::http_client::{Answer, Body};
use crate::scrub::Scrubber;
use crate::urls::{ServiceUrls, is_loopback};
use reqwest::header::LOCATION;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use url::Url;

/// More than Zoom needs; a ring has no end.
const MOST_REDIRECTS: usize = 5;
/// Zoom's domains: the service, and that of its US government cloud.
const DOMAINS: [&str; 2] = ["zoom.us", "zoomgov.com"];

/// An address that gets no token and is not asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "the file's address leads to {host}, which is no host of Zoom's, so it was not fetched; open \
     the recording in Zoom's web portal"
)]
pub struct ForeignAddress {
    /// The host; `nowhere` if the address has none.
    pub host: String,
}

/// What an address may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// The token.
    Zoom,
    /// A request without it.
    Elsewhere,
    /// Nothing.
    Unsafe,
}

impl ApiClient {
    /// The file at an address that Zoom named, as text.
    pub async fn download(
        &self,
        urls: &ServiceUrls,
        token: &SecretString,
        address: &str,
    ) -> Result<ApiOutcome<String>, ForeignAddress> {
        let mut url = zooms(urls, address)?;
        let scrubber = Scrubber::for_bearer(token);
        for _hop in 0..=MOST_REDIRECTS {
            let answer = match self.fetch(urls, token, &url, &scrubber).await {
                Ok(answer) => answer,
                Err(outage) => return Ok(ApiOutcome::Unavailable(outage)),
            };
            match next(&url, &answer) {
                Some(next) if trust(urls, &next) != Trust::Unsafe => url = next,
                Some(next) => return Err(foreign(&next)),
                None => return Ok(text(&answer, trust(urls, &url), &scrubber)),
            }
        }
        Err(foreign(&url))
    }

    async fn fetch(
        &self,
        urls: &ServiceUrls,
        token: &SecretString,
        url: &Url,
        scrubber: &Scrubber,
    ) -> Result<Answer, ApiOutage> {
        let mut request = self.http.requests().get(url.clone());
        if trust(urls, url) == Trust::Zoom {
            request = request.bearer_auth(token.expose_secret());
        }
        let sent = self.http.send(url.as_str(), request, scrubber).await;
        sent.map(|answer| without_token(answer, scrubber))
            .map_err(lost)
    }
}

fn zooms(urls: &ServiceUrls, address: &str) -> Result<Url, ForeignAddress> {
    let nowhere = ForeignAddress {
        host: "nowhere".into(),
    };
    let url = Url::parse(address).map_err(|_| nowhere)?;
    match trust(urls, &url) {
        Trust::Zoom => Ok(url),
        Trust::Elsewhere | Trust::Unsafe => Err(foreign(&url)),
    }
}

fn foreign(url: &Url) -> ForeignAddress {
    ForeignAddress {
        host: url.host_str().unwrap_or("nowhere").to_owned(),
    }
}

/// Zoom is its domains over https, and the origin of the configured API. Where that is this machine
/// alone, so may be what it leads to.
fn trust(urls: &ServiceUrls, url: &Url) -> Trust {
    let api = Url::parse(urls.api()).ok();
    if api.as_ref().is_some_and(|api| api.origin() == url.origin()) {
        return Trust::Zoom;
    }
    let on_this_machine = |url: &Url| url.host().is_some_and(|host| is_loopback(&host));
    match url.scheme() {
        "https" if is_zooms(url.host_str().unwrap_or_default()) => Trust::Zoom,
        "https" => Trust::Elsewhere,
        "http" if on_this_machine(url) && api.as_ref().is_some_and(on_this_machine) => {
            Trust::Elsewhere
        }
        _ => Trust::Unsafe,
    }
}

fn is_zooms(host: &str) -> bool {
    DOMAINS.iter().any(|domain| {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// Where a redirect leads.
fn next(from: &Url, answer: &Answer) -> Option<Url> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.headers.get(LOCATION)?.to_str().ok()?;
    from.join(location).ok()
}

/// Who was not given the token cannot reject it.
fn text(answer: &Answer, from: Trust, scrubber: &Scrubber) -> ApiOutcome<String> {
    if from == Trust::Zoom
        && let Some(refused) = refused(answer, scrubber)
    {
        return refused;
    }
    match &answer.body {
        Body::Complete(bytes) if (200..300).contains(&answer.status) && !answer.is_html() => {
            ApiOutcome::Ok(String::from_utf8_lossy(bytes).into_owned())
        }
        Body::Complete(_) | Body::Cut | Body::TooLarge => match answer.json(scrubber) {
            Err(outage) => unavailable(answer, outage, scrubber),
            Ok(_) => ApiOutcome::Unavailable(unrecognised(answer, scrubber)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusts(api: &str, address: &str) -> Trust {
        let urls = ServiceUrls::parse("https://zoom.us/oauth", api).unwrap();
        trust(&urls, &Url::parse(address).unwrap())
    }

    #[test]
    fn the_token_is_for_zooms_hosts_alone() {
        for (address, expected) in [
            ("https://zoom.us/rec/download/x", Trust::Zoom),
            ("https://us02web.zoom.us/rec/download/x", Trust::Zoom),
            ("https://api.zoomgov.com/x", Trust::Zoom),
            ("https://zoom.us.example.com/x", Trust::Elsewhere),
            ("https://notzoom.us/x", Trust::Elsewhere),
            ("https://zoom.us@example.com/x", Trust::Elsewhere),
            ("http://zoom.us/rec/download/x", Trust::Unsafe),
            ("http://127.0.0.1:1/x", Trust::Unsafe),
            ("file:///etc/passwd", Trust::Unsafe),
        ] {
            let trust = trusts("https://api.zoom.us/v2", address);
            assert_eq!(trust, expected, "{address}");
        }
    }

    #[test]
    fn a_service_on_this_machine_is_trusted_by_its_origin() {
        let api = "http://127.0.0.1:8080/v2";
        assert_eq!(trusts(api, "http://127.0.0.1:8080/rec/x"), Trust::Zoom);
        assert_eq!(trusts(api, "http://127.0.0.1:8081/rec/x"), Trust::Elsewhere);
        assert_eq!(trusts(api, "http://example.com/x"), Trust::Unsafe);
    }

    #[test]
    fn an_address_elsewhere_is_named_and_not_asked() {
        let refused = zooms(&ServiceUrls::default(), "https://example.com/t.vtt").unwrap_err();
        assert!(refused.to_string().contains("example.com"), "{refused}");
        assert_eq!(
            zooms(&ServiceUrls::default(), "t.vtt").unwrap_err().host,
            "nowhere"
        );
    }
}
