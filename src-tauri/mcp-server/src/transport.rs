//! The small filter in front of rmcp's stdio transport.
//!
//! What rmcp does not do: it exits when a notification or a response precedes the request that
//! opens the session, and it drops a frame that is too long without an answer. Here the former
//! is dropped and the latter answered with a JSON-RPC error. All other bytes pass unchanged.

mod frame;
mod tap;

use rmcp::model::{
    ClientJsonRpcMessage, ClientRequest, ErrorData, GetMeta as _, ProtocolVersion, RequestId,
    ServerJsonRpcMessage,
};
use rmcp::service::{RoleServer, RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use rmcp::transport::async_rw::{AsyncRwTransport, DEFAULT_MAX_LINE_LENGTH};
use std::io;
use std::pin::Pin;
pub(crate) use tap::Ended;
use tap::{Refused, Tap};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;

type Sending = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

/// rmcp's transport behind the filter.
pub(crate) struct Opening<R: AsyncRead + Unpin, W: AsyncWrite> {
    inner: AsyncRwTransport<RoleServer, Tap<R>, W>,
    refused: mpsc::UnboundedReceiver<Refused>,
    /// An answer under way; kept here because `receive` may be cancelled in the middle.
    sending: Option<Sending>,
    /// Whether rmcp has seen the request that opens the session.
    open: bool,
}

impl<R, W> Opening<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    /// Filters what is read; also tells when reading has ended.
    pub(crate) fn new(read: R, write: W) -> (Self, Ended) {
        let (tap, refused, ended) = Tap::new(read, DEFAULT_MAX_LINE_LENGTH);
        let inner = AsyncRwTransport::new(tap, write);
        (
            Self {
                inner,
                refused,
                sending: None,
                open: false,
            },
            ended,
        )
    }

    async fn finish_sending(&mut self) -> io::Result<()> {
        if let Some(sending) = &mut self.sending {
            let sent = sending.await;
            self.sending = None;
            sent?;
        }
        Ok(())
    }

    /// Whether the message may pass. Notes the opening of the session.
    fn passes(&mut self, message: &ClientJsonRpcMessage) -> bool {
        if self.open {
            return true;
        }
        let ClientJsonRpcMessage::Request(request) = message else {
            tracing::debug!("dropped what came before the first request");
            return false;
        };
        self.open = opens(&request.request);
        true
    }
}

impl<R, W> Transport<RoleServer> for Opening<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        self.inner.send(message)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            self.finish_sending().await.ok()?;
            tokio::select! {
                biased;
                Some(refused) = self.refused.recv() => {
                    self.sending = Some(Box::pin(self.inner.send(answer(refused))));
                }
                message = self.inner.receive() => match message {
                    Some(message) if !self.passes(&message) => {}
                    Some(message) => return Some(message),
                    None if self.refused.is_empty() => return None,
                    None => {}
                },
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.inner.close().await
    }
}

/// Whether rmcp leaves its opening phase with this request: it does with `initialize`, and with
/// any other that carries the metadata of the stateless revision, but not with a probe.
fn opens(request: &ClientRequest) -> bool {
    match request {
        ClientRequest::InitializeRequest(_) => true,
        ClientRequest::DiscoverRequest(_) | ClientRequest::PingRequest(_) => false,
        other => {
            let meta = other.get_meta();
            let version = meta.protocol_version();
            meta.missing_required_keys(&ProtocolVersion::V_2026_07_28)
                .is_empty()
                && version.is_some_and(|version| ProtocolVersion::KNOWN_VERSIONS.contains(&version))
        }
    }
}

fn answer(refused: Refused) -> ServerJsonRpcMessage {
    let limit = DEFAULT_MAX_LINE_LENGTH / (1024 * 1024);
    let message = format!(
        "The message has {} bytes; the limit is {limit} MiB. Send less at once.",
        refused.bytes
    );
    let id = refused
        .id
        .and_then(|id| serde_json::from_slice::<RequestId>(&id).ok());
    ServerJsonRpcMessage::error(ErrorData::invalid_request(message, None), id)
}
