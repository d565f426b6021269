//! Reading the policy file, and keeping the last one without mistakes.

use super::GatePlaces;
use files::{Mode, remove, replace};
use policy::{Found, Governing, Policy};
use std::io::{self, Read};
use std::path::Path;

/// The largest policy file that is read, in bytes: thousands of tools.
pub const LARGEST_POLICY: u64 = 1024 * 1024;

/// What is where the policy file is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Missing,
    Bytes(Vec<u8>),
    Unreadable(String),
}

impl Content {
    pub(super) fn of(path: &Path) -> Self {
        match read(path) {
            Ok(bytes) if bytes.len() as u64 > LARGEST_POLICY => {
                Self::Unreadable("it is over 1 MiB".to_owned())
            }
            Ok(bytes) => Self::Bytes(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::Missing,
            Err(error) => Self::Unreadable(error.to_string()),
        }
    }

    pub(super) fn found(&self) -> Found<'_> {
        match self {
            Self::Missing => Found::Missing,
            Self::Bytes(bytes) => Found::Bytes(bytes),
            Self::Unreadable(why) => Found::Unreadable(why),
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = fs_err::File::open(path)?;
    file.take(LARGEST_POLICY + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What governs at the start: the file, or else the copy of the last one without mistakes.
pub(super) fn first(places: &GatePlaces) -> (Governing, Content) {
    let last_good = read(&places.last_good).ok();
    let last_good = last_good.and_then(|bytes| Policy::parse(&bytes).ok());
    let content = Content::of(&places.policy);
    let governing = Governing::of(content.found(), last_good);
    keep(places, &governing, &content);
    (governing, content)
}

/// Keeps a file without mistakes as the last good one. A policy that was deleted is none that
/// goes on.
pub(super) fn keep(places: &GatePlaces, governing: &Governing, content: &Content) {
    let kept = match (governing, content) {
        (Governing::File(_), Content::Bytes(bytes)) if !is_kept(&places.last_good, bytes) => {
            replace(&places.last_good, bytes, Mode::Private).map_err(|error| error.to_string())
        }
        (Governing::Nothing, _) if places.last_good.exists() => {
            remove(&places.last_good).map_err(|error| error.to_string())
        }
        _ => Ok(()),
    };
    if let Err(error) = kept {
        tracing::warn!(error, "the copy of the policy is not kept");
    }
}

fn is_kept(path: &Path, bytes: &[u8]) -> bool {
    read(path).is_ok_and(|kept| kept == bytes)
}
