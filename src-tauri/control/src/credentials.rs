//! Zoom credentials that were found in clear text, and what can be done about them.
//!
//! Holds names, places and masked values; never a secret.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What was found, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCredentials {
    /// A place each.
    pub found: Vec<FoundView>,
    /// Files that could not be read, and what to do, a sentence each.
    pub unread: Vec<String>,
}

/// Where credentials stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialPlace {
    /// The file.
    pub file: PathBuf,
    /// The entry's name under `mcpServers`; none for a `.env`.
    pub entry: Option<String>,
}

/// The secrets of one entry or one `.env`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// Where they stand.
    pub at: CredentialPlace,
    /// Each of them.
    pub secrets: Vec<SecretView>,
    /// The Zoom account id beside them.
    pub account_id: Option<String>,
    /// The app's client id beside them.
    pub client_id: Option<String>,
    /// Whether they make an account.
    pub account: AccountFound,
    /// Whether they can be taken out of their file.
    pub removal: Removal,
}

/// A secret in clear text, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretView {
    /// The variable's usual name.
    pub name: String,
    /// Whether it stands among the arguments rather than in a variable.
    pub in_arguments: bool,
    /// `…wxyz (32 characters)`.
    pub masked: String,
    /// Whether it goes when the credentials are taken out. A refresh token stays: nothing of
    /// ours keeps it.
    pub goes: bool,
}

/// Whether credentials make an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountFound {
    /// They do.
    Whole,
    /// Something is not beside them.
    Lacks {
        /// The variables.
        missing: Vec<String>,
    },
    /// There are tokens alone, which cannot be renewed.
    TokensOnly,
}

/// Whether credentials can be taken out of their file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// Out of Claude's config, by the keeper.
    FromClaude,
    /// Out of a `.env` that was named.
    FromEnvFile,
    /// The entry is an extension's, which alone may change it.
    ExtensionOwned,
    /// The file is not Zoomtray's to change.
    ByHand,
}

/// A secret of an entry of Claude's config that anybody can read there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearTextView {
    /// The entry's name under `mcpServers`.
    pub entry: String,
    /// The variables' usual names.
    pub names: Vec<String>,
}
