//! Where secrets can be read: by the user's choice, or because nobody has moved them.

use super::finding::{About, CLAUDE};
use super::looked::Looked;
use super::{Code, Finding};
use crate::clear_text::names_in_config;
use crate::delivery::journal::readable_path;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use control::{ClearTextView, EntryMode, Snapshot};
use secrecy::ExposeSecret;

const VISIBLE: About = About("visible token");

pub(super) fn findings(setup: &Setup, snapshot: &Snapshot, looked: &Looked) -> Vec<Finding> {
    let mut findings = injected(snapshot);
    findings.extend(env_file(setup));
    findings.extend(clear_text(setup, looked));
    findings.extend(originals(setup));
    findings
}

fn injected(snapshot: &Snapshot) -> Vec<Finding> {
    let entries = snapshot.claude.entries.iter();
    entries
        .filter(|entry| entry.mode == EntryMode::Inject)
        .map(|entry| {
            let text = format!("Claude Desktop's entry {} holds the token", entry.name);
            VISIBLE.note(Code::VisibleToken, text)
        })
        .collect()
}

fn env_file(setup: &Setup) -> Option<Finding> {
    let path = setup.env_target.as_ref()?.display();
    let text = format!("{path} holds the token while `watch` runs");
    Some(VISIBLE.note(Code::VisibleToken, text))
}

fn clear_text(setup: &Setup, looked: &Looked) -> Vec<Finding> {
    let Some(Ok(bytes)) = looked.config.as_ref().map(|config| &config.bytes) else {
        return Vec::new();
    };
    let settings = SettingsFile::open(setup.folders.config.join("settings.json")).0;
    let found = names_in_config(
        bytes.expose_secret(),
        &settings.get().choices(&setup.environment),
    );
    found.iter().map(in_clear_text).collect()
}

fn in_clear_text(found: &ClearTextView) -> Finding {
    let ClearTextView { entry, names } = found;
    CLAUDE.wrong(
        Code::ClaudeClearText,
        format!(
            "entry {entry} holds {} in clear text. Move it into the vault with `zoomtrayctl \
             accounts import`.",
            names.join(" and ")
        ),
    )
}

/// For whoever has dragged the app to the trash.
fn originals(setup: &Setup) -> Option<Finding> {
    let path = readable_path(&setup.folders.data);
    path.is_file().then(|| {
        CLAUDE.note(
            Code::ClaudeOriginals,
            format!(
                "what its entries held before Zoomtray changed them can be read in {}, secrets \
                 cut out",
                path.display()
            ),
        )
    })
}
