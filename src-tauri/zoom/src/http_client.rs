//! One request, one answer: the client every call here goes through.
//!
//! It trusts the system's roots (on Linux also `SSL_CERT_FILE`), uses the system's proxy, follows
//! no redirect and reads no more of a body than any answer of Zoom's needs.

use crate::names::{NameError, SystemNames};
use crate::outage::{Outage, OutageCause};
use crate::scrub::Scrubber;
use crate::urls::host_of;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{RequestBuilder, Response, redirect};
use std::error::Error;
use std::time::Duration;

/// More than the largest page Zoom sends (300 recordings with their files).
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// The HTTPS client could not be set up; nothing was sent.
#[derive(Debug, thiserror::Error)]
#[error(
    "HTTPS cannot be used on this computer: {reason}. Install the system's CA certificates \
     (package ca-certificates), or name a PEM file that holds them in SSL_CERT_FILE"
)]
pub struct ClientError {
    /// What the TLS library reported.
    reason: String,
}

/// Whether connections outlive their request.
#[derive(Clone, Copy)]
pub(crate) enum Connections {
    /// Requests are an hour apart: an idle connection would only go stale.
    CloseAfterUse,
    /// Requests follow each other.
    KeepAlive,
}

pub(crate) struct HttpClient {
    client: reqwest::Client,
    proxies: Matcher,
}

/// A complete answer, of any status.
pub(crate) struct Answer {
    pub(crate) host: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// What was read of an answer's body.
pub(crate) enum Body {
    Complete(Vec<u8>),
    /// The connection ended first.
    Cut,
    TooLarge,
}

impl HttpClient {
    pub(crate) fn new(timeout: Duration, connections: Connections) -> Result<Self, ClientError> {
        let mut builder = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(redirect::Policy::none())
            .dns_resolver(SystemNames)
            .user_agent(concat!("zoomtray/", env!("CARGO_PKG_VERSION")));
        if matches!(connections, Connections::CloseAfterUse) {
            builder = builder.pool_max_idle_per_host(0);
        }
        let client = builder.build().map_err(|error| ClientError {
            reason: innermost(&error),
        })?;
        Ok(Self {
            client,
            proxies: Matcher::from_system(),
        })
    }

    pub(crate) fn requests(&self) -> &reqwest::Client {
        &self.client
    }

    /// Sends a request built by [`Self::requests`] for `url`.
    pub(crate) async fn send(
        &self,
        url: &str,
        request: RequestBuilder,
        scrubber: &Scrubber,
    ) -> Result<Answer, Outage> {
        let outage = |error| self.outage(url, error, scrubber);
        let response = request.send().await.map_err(outage)?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = read(response).await.map_err(outage)?;
        Ok(Answer {
            host: host_of(url),
            status,
            headers,
            body,
        })
    }

    fn outage(&self, url: &str, error: reqwest::Error, scrubber: &Scrubber) -> Outage {
        let error = error.without_url();
        Outage {
            cause: cause_of(&error, self.is_proxied(url)),
            host: host_of(url),
            retry_after: None,
            detail: scrubber.clean(&innermost(&error)),
        }
    }

    fn is_proxied(&self, url: &str) -> bool {
        url.parse::<http::Uri>()
            .is_ok_and(|uri| self.proxies.intercept(&uri).is_some())
    }
}

impl Answer {
    pub(crate) fn is_html(&self) -> bool {
        self.headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .trim_start()
                    .to_ascii_lowercase()
                    .starts_with("text/html")
            })
    }
}

async fn read(mut response: Response) -> Result<Body, reqwest::Error> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > LARGEST_BODY => {
                return Ok(Body::TooLarge);
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(Body::Complete(body)),
            Err(error) if error.is_timeout() => return Err(error),
            Err(_) => return Ok(Body::Cut),
        }
    }
}

/// The order matters: a time-out while connecting is both, and behind a proxy the first name
/// looked up and the first host connected to are the proxy's.
fn cause_of(error: &reqwest::Error, proxied: bool) -> OutageCause {
    let tls = find::<rustls::Error>(error);
    if error.is_timeout() {
        OutageCause::Timeout
    } else if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
        OutageCause::Tls
    } else if !error.is_connect() {
        OutageCause::ConnectionLost
    } else if proxied {
        OutageCause::Proxy
    } else if find::<NameError>(error).is_some() {
        OutageCause::Dns
    } else if tls.is_some() {
        OutageCause::Tls
    } else {
        OutageCause::Connect
    }
}

/// The first error of this type in the chain. An I/O error hides what it wraps from `source`, and
/// TLS errors come wrapped twice, so each I/O error is asked for what it holds.
fn find<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        link = match error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
        {
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    None
}

/// The last error of the chain says most: `Connection refused` rather than `client error`.
fn innermost(error: &reqwest::Error) -> String {
    let mut last: &dyn Error = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
