//! Zoom's REST API with a bearer token.

mod download;
mod outcome;
mod reading;
mod request;

use crate::http_client::{Answer, Body, ClientError, Connections, HttpClient};
use crate::outage::Outage;
use crate::scrub::Scrubber;
use crate::urls::ServiceUrls;
pub use download::ForeignAddress;
pub use outcome::{ApiOutage, ApiOutcome, ApiRefusal, Limit, User};
use request::Method;
pub use request::{ApiRequest, IdError};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// Calls the REST API.
pub struct ApiClient {
    http: HttpClient,
}

impl ApiClient {
    /// Loads the system's roots and proxy settings, which takes some milliseconds; callers that
    /// start often do it before their first call. `timeout` bounds each call.
    pub fn new(timeout: Duration) -> Result<Self, ClientError> {
        Ok(Self {
            http: HttpClient::new(timeout, Connections::KeepAlive)?,
        })
    }

    /// `GET /users/me`: the owner of the token.
    pub async fn get_me(&self, urls: &ServiceUrls, token: &SecretString) -> ApiOutcome<User> {
        let request = ApiRequest {
            method: Method::Get,
            path: "users/me".into(),
            query: Vec::new(),
            body: None,
        };
        let scrubber = Scrubber::for_bearer(token);
        match self.send(urls, token, &request, &scrubber).await {
            Ok(answer) => reading::read(&answer, &scrubber),
            Err(outage) => ApiOutcome::Unavailable(outage),
        }
    }

    /// Sends a request once; its answer's body, `null` where there is none (HTTP 204).
    pub async fn call(
        &self,
        urls: &ServiceUrls,
        token: &SecretString,
        request: &ApiRequest,
    ) -> ApiOutcome<Value> {
        let scrubber = Scrubber::for_bearer(token);
        match self.send(urls, token, request, &scrubber).await {
            Ok(answer) => reading::body(&answer, &scrubber),
            Err(outage) => ApiOutcome::Unavailable(outage),
        }
    }

    async fn send(
        &self,
        urls: &ServiceUrls,
        token: &SecretString,
        request: &ApiRequest,
        scrubber: &Scrubber,
    ) -> Result<Answer, ApiOutage> {
        let url = format!("{}/{}", urls.api(), request.path);
        let requests = self.http.requests();
        let mut builder = match request.method {
            Method::Get => requests.get(&url),
            Method::Post => requests.post(&url),
            Method::Patch => requests.patch(&url),
            Method::Delete => requests.delete(&url),
        };
        builder = builder.bearer_auth(token.expose_secret());
        if !request.query.is_empty() {
            builder = builder.query(&request.query);
        }
        if let Some(body) = &request.body {
            builder = builder.json(body);
        }
        let sent = self.http.send(&url, builder, scrubber).await;
        sent.map(|answer| without_token(answer, scrubber))
            .map_err(lost)
    }
}

/// Whoever echoes the token does not get it any further.
fn without_token(mut answer: Answer, scrubber: &Scrubber) -> Answer {
    if let Body::Complete(bytes) = &mut answer.body {
        scrubber.clean_bytes(bytes);
    }
    answer
}

/// An outage before an answer began.
fn lost(outage: Outage) -> ApiOutage {
    ApiOutage {
        outage,
        limit: None,
        tracking_id: None,
    }
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ApiClient").finish_non_exhaustive()
    }
}
