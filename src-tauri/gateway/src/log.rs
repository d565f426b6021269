//! A server's stderr as a log file: scrubbed, bounded, rotated once.

use crate::scrub::scrub;
use secrecy::SecretString;
use std::io;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader};

/// The size at which a log is set aside as `NAME.1`; so a server's logs take twice this.
const ROTATE_AT: u64 = 1024 * 1024;
/// The rest of a longer line is dropped: a server that writes no line ends must not fill the
/// memory, and a secret that is cut in two would not be found.
const LONGEST_LINE: usize = 16 * 1024;

/// Where a server's stderr goes.
#[derive(Clone)]
pub(crate) struct ServerLog {
    pub(crate) path: PathBuf,
    pub(crate) secrets: Vec<SecretString>,
}

impl ServerLog {
    /// Writes until `stderr` ends. Always reads to the end: a full pipe would stop the server.
    pub(crate) async fn drain(self, stderr: impl AsyncRead + Unpin) {
        let mut stderr = BufReader::new(stderr);
        if let Err(error) = self.copy(&mut stderr).await {
            tracing::warn!(path = %self.path.display(), %error, "the server's log is not kept");
            if let Err(error) = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await {
                tracing::debug!(%error, "the server's stderr broke off");
            }
        }
    }

    async fn copy(&self, stderr: &mut (impl AsyncBufReadExt + Unpin)) -> io::Result<()> {
        let (mut file, mut size) = self.open().await?;
        let mut line = Vec::new();
        while read_line(stderr, &mut line).await? > 0 {
            let text = String::from_utf8_lossy(&line);
            let clean = scrub(text.trim_end_matches(['\r', '\n']), &self.secrets) + "\n";
            file.write_all(clean.as_bytes()).await?;
            file.flush().await?;
            size += clean.len() as u64;
            if size >= ROTATE_AT {
                (file, size) = self.rotate(file).await?;
            }
        }
        Ok(())
    }

    async fn open(&self) -> io::Result<(fs_err::tokio::File, u64)> {
        let file = appended(&self.path).await?;
        let size = file.metadata().await?.len();
        if size >= ROTATE_AT {
            self.rotate(file).await
        } else {
            Ok((file, size))
        }
    }

    async fn rotate(&self, full: fs_err::tokio::File) -> io::Result<(fs_err::tokio::File, u64)> {
        // Closed first: Windows renames no open file.
        drop(full.into_std().await);
        fs_err::tokio::rename(&self.path, older(&self.path)).await?;
        Ok((appended(&self.path).await?, 0))
    }
}

/// Reads one line into `line`, no more than the longest; returns the bytes taken from the stream.
async fn read_line(
    stderr: &mut (impl AsyncBufReadExt + Unpin),
    line: &mut Vec<u8>,
) -> io::Result<usize> {
    line.clear();
    let mut taken = 0;
    loop {
        let available = stderr.fill_buf().await?;
        let end = available.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(available.len(), |end| end + 1);
        let room = LONGEST_LINE.saturating_sub(line.len()).min(length);
        line.extend_from_slice(&available[..room]);
        stderr.consume(length);
        taken += length;
        if end.is_some() || length == 0 {
            return Ok(taken);
        }
    }
}

async fn appended(path: &Path) -> io::Result<fs_err::tokio::File> {
    fs_err::tokio::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .await
}

/// The file a full log is renamed to.
fn older(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".1");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(folder: &Path) -> ServerLog {
        ServerLog {
            path: folder.join("server.log"),
            secrets: vec!["planted-secret".into()],
        }
    }

    #[tokio::test]
    async fn lines_are_scrubbed_and_appended() {
        let folder = tempfile::tempdir().unwrap();
        log(folder.path())
            .drain(&b"one planted-secret\r\n"[..])
            .await;
        log(folder.path()).drain(&b"two"[..]).await;
        let text = fs_err::read_to_string(folder.path().join("server.log")).unwrap();
        assert_eq!(text, "one <redacted>\ntwo\n");
    }

    #[tokio::test]
    async fn a_full_log_is_set_aside_once() {
        let folder = tempfile::tempdir().unwrap();
        let flood = "x".repeat(1023) + "\n";
        let lines = usize::try_from(ROTATE_AT).unwrap() / flood.len() * 2 + 1;
        log(folder.path())
            .drain(flood.repeat(lines).as_bytes())
            .await;
        let size = |name| fs_err::metadata(folder.path().join(name)).unwrap().len();
        assert_eq!(size("server.log"), 1024, "the line after two full logs");
        assert_eq!(size("server.log.1"), ROTATE_AT);
    }

    #[tokio::test]
    async fn an_endless_line_is_cut_and_the_next_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let text = "x".repeat(LONGEST_LINE) + "planted-secret\nnext\n";
        log(folder.path()).drain(text.as_bytes()).await;
        let kept = fs_err::read_to_string(folder.path().join("server.log")).unwrap();
        assert_eq!(kept, "x".repeat(LONGEST_LINE) + "\nnext\n");
    }

    #[tokio::test]
    async fn a_log_that_cannot_be_written_is_read_to_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let (mut server, stderr) = tokio::io::duplex(16);
        let lost = ServerLog {
            path: folder.path().join("none/x.log"),
            secrets: Vec::new(),
        };
        let drained = tokio::spawn(lost.drain(stderr));
        server.write_all(&[b'x'; 64]).await.unwrap();
        drop(server);
        drained.await.unwrap();
    }
}
