//! Reading and writing one bounded line at a time.

use crate::protocol::LONGEST_LINE;
use serde::Serialize;
use std::io;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Reads the next line into `line`, without its end. `false` is the end of the stream.
/// A line over [`LONGEST_LINE`] is an error: the peer is not one of ours.
pub(crate) async fn read<R>(reader: &mut R, line: &mut Vec<u8>) -> io::Result<bool>
where
    R: AsyncBufRead + Unpin,
{
    line.clear();
    let mut bounded = reader.take(LONGEST_LINE as u64 + 1);
    bounded.read_until(b'\n', line).await?;
    if line.len() > LONGEST_LINE {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a line over 1 MiB",
        ));
    }
    Ok(!line.is_empty())
}

/// Writes `message` as one line, in one write.
pub(crate) async fn write<W, M>(writer: &mut W, message: &M) -> io::Result<()>
where
    W: AsyncWrite + Unpin,
    M: Serialize,
{
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    writer.write_all(&line).await?;
    writer.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_over_the_limit_is_refused() {
        let endless = vec![b'x'; LONGEST_LINE + 2];
        let mut line = Vec::new();
        let refused = read(&mut endless.as_slice(), &mut line).await;
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[tokio::test]
    async fn lines_come_one_by_one_and_then_the_end() {
        let mut stream: &[u8] = b"one\ntwo";
        let mut line = Vec::new();
        assert!(read(&mut stream, &mut line).await.unwrap());
        assert_eq!(line, b"one\n");
        assert!(read(&mut stream, &mut line).await.unwrap());
        assert_eq!(line, b"two");
        assert!(!read(&mut stream, &mut line).await.unwrap());
    }
}
