//! Between hyper and plain requests and replies.

use crate::reply::{Ending, Reply};
use http_body_util::{BodyExt, Limited};
use hyper::HeaderMap;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use thiserror::Error;

/// No request of a client is larger.
const LARGEST_BODY: usize = 1024 * 1024;

/// A request, read whole.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Ends a connection on purpose.
#[derive(Debug, Error)]
#[error("the connection is closed because a fault says so, or the request was unreadable")]
pub(crate) struct HangUp;

impl Request {
    pub(crate) async fn read(request: hyper::Request<Incoming>) -> Result<Self, HangUp> {
        let (parts, body) = request.into_parts();
        let body = Limited::new(body, LARGEST_BODY)
            .collect()
            .await
            .map_err(|_| HangUp)?;
        Ok(Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            headers: parts.headers,
            body: body.to_bytes(),
        })
    }

    #[cfg(test)]
    pub(crate) fn new(method: &str, path: &str, body: &str) -> Self {
        Self {
            method: method.into(),
            path: path.into(),
            query: None,
            headers: HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }
}

impl Reply {
    /// The reply as hyper sends it.
    pub(crate) fn into_response(self) -> Result<hyper::Response<ReplyBody>, HangUp> {
        let mut response = hyper::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        if self.ending != Ending::Whole {
            response = response.header("content-length", self.body.len());
        }
        response
            .body(ReplyBody::new(self.body, self.ending)?)
            .map_err(|_| HangUp)
    }
}

/// A body that may break off.
pub(crate) struct ReplyBody {
    rest: Option<Bytes>,
    breaks: Option<Break>,
}

/// The pause lets what was sent leave before the connection is closed.
enum Break {
    AfterPause,
    Now,
}

impl ReplyBody {
    fn new(body: Vec<u8>, ending: Ending) -> Result<Self, HangUp> {
        let bytes = Bytes::from(body);
        match ending {
            Ending::Whole => Ok(Self {
                rest: Some(bytes),
                breaks: None,
            }),
            Ending::CutAfter(length) => Ok(Self {
                rest: Some(bytes.slice(..length.min(bytes.len()))),
                breaks: Some(Break::AfterPause),
            }),
            Ending::NoAnswer => Err(HangUp),
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = HangUp;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HangUp>>> {
        if let Some(bytes) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.breaks {
            None => Poll::Ready(None),
            Some(Break::Now) => Poll::Ready(Some(Err(HangUp))),
            Some(Break::AfterPause) => {
                self.breaks = Some(Break::Now);
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.breaks.is_none() && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.rest, &self.breaks) {
            (Some(bytes), None) => SizeHint::with_exact(bytes.len() as u64),
            _ => SizeHint::default(),
        }
    }
}
