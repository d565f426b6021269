//! What a keeper tells whoever listens.

use lifecycle::{Generation, Notice};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// An account's state, for a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The token's life, what is being done, and the attempts.
    pub lifecycle: lifecycle::View,
    /// What went wrong in the last attempt that ended; none if it brought a token.
    pub last_failure: Option<Explanation>,
}

/// What happened and what to do, and the other side's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// A sentence or two for a person.
    pub message: String,
    /// What was answered or reported, on one line, without secrets.
    pub detail: Option<String>,
}

/// Something that happened. Changes of the [`View`] are not told here.
#[derive(Clone, Debug)]
pub enum News {
    /// The vault had a valid token.
    Loaded {
        /// Which.
        generation: Generation,
        /// The token.
        token: SecretString,
    },
    /// Zoom granted a token.
    Fetched {
        /// Which.
        generation: Generation,
        /// The token.
        token: SecretString,
        /// How long the request took.
        took: Duration,
    },
    /// An attempt failed.
    Failed {
        /// What happened and what to do.
        message: String,
        /// What was answered or reported.
        detail: Option<String>,
        /// How long it took.
        took: Duration,
    },
    /// The lifecycle has something to say.
    Notice(Notice),
    /// Something else worth a sentence.
    Warning(String),
}
