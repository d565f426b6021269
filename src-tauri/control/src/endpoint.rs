//! Where the keeper listens.

use std::path::{Path, PathBuf};

/// The keeper's address: a socket file in the run folder, or a pipe named for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    folder: PathBuf,
    tag: Option<String>,
}

impl Endpoint {
    /// The keeper of this run folder; `tag` tells apart homes where no folder can.
    #[must_use]
    pub fn new(folder: &Path, tag: Option<&str>) -> Self {
        Self {
            folder: folder.to_owned(),
            tag: tag.map(str::to_owned),
        }
    }

    /// The socket file (Unix).
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.folder.join("control.sock")
    }

    /// The pipe's name without its prefix (Windows): this user's, so that two users never meet.
    #[must_use]
    pub fn pipe(&self, user: &str) -> String {
        match &self.tag {
            Some(tag) => format!("zoomtray-{user}-{tag}"),
            None => format!("zoomtray-{user}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_is_named_for_the_user_and_the_home() {
        let plain = Endpoint::new(Path::new("run"), None);
        let tagged = Endpoint::new(Path::new("run"), Some("1f2e"));
        assert_eq!(plain.pipe("S-1-5-21-7"), "zoomtray-S-1-5-21-7");
        assert_eq!(tagged.pipe("S-1-5-21-7"), "zoomtray-S-1-5-21-7-1f2e");
    }
}
