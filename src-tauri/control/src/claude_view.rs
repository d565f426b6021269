//! Claude Desktop as a viewer sees it: the config file and its entries, what waits, what was lost.
//!
//! Holds names, paths and instants; never a value of an entry's variables.

use crate::credentials::ClearTextView;
use crate::protocol::Step;
use lifecycle::WallTime;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Claude Desktop as last looked at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaudeView {
    /// The config file in use, if one was found.
    pub config: Option<PathBuf>,
    /// Every file that could be the config, the likeliest first.
    pub candidates: Vec<CandidateView>,
    /// What is wrong with the config, in a sentence.
    pub problem: Option<String>,
    /// Entries that Zoomtray serves, and those that have a Zoom variable.
    pub entries: Vec<EntryView>,
    /// Whether Claude Desktop runs; unknown until looked at.
    pub running: Option<bool>,
    /// Whether Claude Desktop must be quit or restarted for a change to be made.
    pub restart_needed: bool,
    /// The steps so far of a restart that is at work; empty while there is none.
    pub restarting: Vec<Step>,
    /// The question whether to restart now, while it is open.
    pub question: Option<RestartQuestion>,
    /// Entries that Claude Desktop lost, newest first.
    pub losses: Vec<LossView>,
    /// What the guardian does about them.
    pub guardian: GuardianView,
    /// What the guardian told last.
    pub alert: Option<AlertView>,
    /// Entries with credentials that anybody can read.
    pub clear_text: Vec<ClearTextView>,
}

/// A file that could be Claude Desktop's config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateView {
    /// The file.
    pub path: PathBuf,
    /// Why it is one, in words.
    pub why: String,
    /// Whether it is there.
    pub exists: bool,
    /// Whether it is the one in use.
    pub in_use: bool,
}

/// One server entry of Claude's config.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryView {
    /// Its name under `mcpServers`.
    pub name: String,
    /// How it gets its token, as the user chose.
    pub mode: EntryMode,
    /// Whether what Zoomtray wrote is still there.
    pub drift: Drift,
    /// Whether the choice is not in the config yet: it is written once Claude Desktop is quit.
    pub pending: bool,
    /// Generation of the token that was written last, in [`EntryMode::Inject`].
    pub delivered: Option<u64>,
    /// When it was written.
    pub delivered_at: Option<WallTime>,
}

/// How an entry gets its token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryMode {
    /// Not by Zoomtray.
    #[default]
    Off,
    /// Claude Desktop starts Zoomtray's relay in its place; written once, with no secret.
    Relay,
    /// Into the entry's environment, with a restart of Claude Desktop.
    Inject,
}

/// How the config differs from what Zoomtray wrote into an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drift {
    /// Not at all, or nothing was written.
    #[default]
    None,
    /// The entry, or its variable, is gone.
    Lost,
    /// Somebody wrote something else.
    Changed,
}

/// The question whether Claude Desktop may be restarted for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestartQuestion {
    /// Generation of the token that waits.
    pub generation: u64,
    /// Since when.
    pub asked_at: WallTime,
}

/// An entry of ours that was lost from the config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossView {
    /// When it was noticed.
    pub at: WallTime,
    /// Its name.
    pub entry: String,
    /// How it was found.
    pub drift: Drift,
    /// When it was put back.
    pub restored: Option<WallTime>,
}

/// Something that the guardian told. A viewer shows each number once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertView {
    /// Counts up while the keeper lives.
    pub number: u64,
    /// In a few words.
    pub title: String,
    /// What happened and what to do.
    pub text: String,
}

/// How many losses a snapshot carries.
pub const LOSSES_KEPT: usize = 20;

/// What the guardian of the config does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GuardianView {
    /// Nothing to do.
    #[default]
    Idle,
    /// Claude Desktop has just started: it watches whether the entries survive.
    Watching {
        /// Until then.
        until: WallTime,
    },
    /// Another program removed entries while Claude Desktop was closed: they are put back when
    /// the user says so.
    RestoreOffered,
    /// Lost entries are put back once Claude Desktop is closed.
    RestoreQueued,
    /// Claude Desktop has dropped them twice; nothing more is done by itself.
    GaveUp,
}
