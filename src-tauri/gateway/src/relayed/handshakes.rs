//! The last handshake of each entry, kept on disk: what a session is opened with while its
//! server does not start. One of another command is of no use.

use super::entry::{Entry, Server};
use serde::{Deserialize, Serialize};
use session::Handshake;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// All of them.
pub(super) struct Handshakes {
    folder: PathBuf,
    known: Mutex<HashMap<String, Kept>>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// [`mark`] of the server that gave it.
    server: String,
    handshake: Handshake,
}

impl Handshakes {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            known: Mutex::default(),
        }
    }

    /// The handshake of the entry's server as it is now; empty if there is none.
    pub(super) fn get(&self, entry: &Entry) -> Handshake {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = known
            .entry(entry.name.clone())
            .or_insert_with(|| files::read_json(&self.file(&entry.name)).unwrap_or_default());
        if kept.server == mark(entry) {
            kept.handshake.clone()
        } else {
            Handshake::default()
        }
    }

    /// Keeps a handshake. One that cannot be written is kept for this process.
    pub(super) fn keep(&self, entry: &Entry, handshake: Handshake) {
        let server = mark(entry);
        let kept = Kept { server, handshake };
        let file = self.file(&entry.name);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(entry.name.clone(), kept.clone());
        drop(known);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = files::write_json(&file, &kept) {
                tracing::warn!(%error, "a server's handshake was not kept");
            }
        });
    }

    fn file(&self, entry: &str) -> PathBuf {
        self.folder
            .join(format!("handshake-{}.json", file_name(entry)))
    }
}

/// What tells one program of an entry from another, without saying its arguments, which may
/// hold secrets.
fn mark(entry: &Entry) -> String {
    let parts = match &entry.server {
        Server::Bundled(_) => vec!["bundled", env!("CARGO_PKG_VERSION")],
        Server::ThirdParty(server) => {
            let arguments = server.arguments.iter().map(String::as_str);
            std::iter::once(server.program.as_str())
                .chain(arguments)
                .collect()
        }
    };
    hash(parts)
}

fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let (start, _) = digest.split_at(8);
    start
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A part of a file's name that is good on every system, and another one for another entry.
pub(super) fn file_name(entry: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let plain: String = entry
        .chars()
        .filter(|letter| is_plain(*letter))
        .take(40)
        .collect();
    if plain == entry && !entry.is_empty() {
        plain
    } else {
        format!("{plain}.{}", hash([entry]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relayed::ThirdParty;
    use session::Coexistence;

    fn entry(program: &str) -> Entry {
        Entry {
            name: "zoom".to_owned(),
            server: Server::ThirdParty(ThirdParty {
                program: program.to_owned(),
                arguments: vec!["secret-argument".to_owned()],
                variables: Vec::new(),
                token_variable: None,
                secrets: Vec::new(),
            }),
            coexistence: Coexistence::Together,
        }
    }

    fn handshake() -> Handshake {
        serde_json::from_str(r#"{"tools/list":"{}"}"#).unwrap()
    }

    #[tokio::test]
    async fn a_handshake_is_found_again_until_the_program_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let handshakes = Handshakes::new(folder.path().to_owned());
        handshakes.keep(&entry("a"), handshake());
        assert_eq!(handshakes.get(&entry("a")), handshake());
        assert_eq!(handshakes.get(&entry("b")), Handshake::default());
    }

    #[test]
    fn the_next_process_finds_it_on_disk_without_the_arguments() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async {
            Handshakes::new(folder.path().to_owned()).keep(&entry("a"), handshake());
        });
        // The write is finished with its runtime.
        drop(runtime);
        let next = Handshakes::new(folder.path().to_owned());
        assert_eq!(next.get(&entry("a")), handshake());
        let text = fs_err::read_to_string(folder.path().join("handshake-zoom.json")).unwrap();
        assert!(!text.contains("secret-argument"));
    }

    #[test]
    fn file_names_are_plain_and_differ() {
        assert_eq!(file_name("zoom-2_x"), "zoom-2_x");
        let (slash, dot) = (file_name("../zoom"), file_name("..zoom"));
        assert!(slash.starts_with("zoom.") && slash != dot, "{slash} {dot}");
        assert!(file_name("").starts_with('.'));
        assert!(file_name(&"x".repeat(300)).len() < 64);
    }
}
