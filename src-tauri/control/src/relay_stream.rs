//! A relay's connection behind its first lines, on either end.

use crate::client::ConnectError;
use crate::endpoint::Endpoint;
use crate::line;
use crate::relay_wire::{RelayHello, RelayWelcome};
use crate::transport;
use std::io;
use std::pin::Pin;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncWrite, AsyncWriteExt, BufReader};

/// How long the keeper may take for its first line; it answers before any work.
const WELCOME: Duration = Duration::from_secs(5);

/// Messages of MCP, both ways.
pub struct RelayStream {
    /// What the other end says.
    pub reading: Pin<Box<dyn AsyncBufRead + Send>>,
    /// What the other end is told.
    pub writing: Pin<Box<dyn AsyncWrite + Send>>,
}

/// Connects to the keeper as a relay does.
pub async fn connect_relay(
    endpoint: &Endpoint,
    hello: &RelayHello,
) -> Result<RelayStream, ConnectError> {
    let (reading, mut writing) = transport::connect(endpoint)
        .await
        .map_err(ConnectError::of)?;
    let mut reading = BufReader::new(reading);
    let greet = async {
        writing.write_all(&hello.line()).await?;
        let mut first = Vec::new();
        if !line::read(&mut reading, &mut first).await? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        RelayWelcome::read(&first).map_err(io::Error::other)
    };
    let welcome = tokio::time::timeout(WELCOME, greet)
        .await
        .map_err(|_| ConnectError::Unusable(io::ErrorKind::TimedOut.into()))?
        .map_err(ConnectError::of)?;
    match welcome.refused {
        Some(refusal) => Err(ConnectError::Refused(refusal)),
        None => Ok(RelayStream {
            reading: Box::pin(reading),
            writing: Box::pin(writing),
        }),
    }
}
