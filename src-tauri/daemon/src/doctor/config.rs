//! The config file: which one, and what is wrong with it.

use super::finding::CLAUDE;
use super::looked::{Config, Looked};
use super::{Code, Finding, content};
use claude::{Candidate, Located, Platform, Why};
use control::Snapshot;
use secrecy::ExposeSecret;
use std::path::Path;

pub(super) fn findings(looked: &Looked, snapshot: &Snapshot) -> Vec<Finding> {
    let mut findings = vec![located(&looked.located)];
    findings.extend(third_party(&looked.located));
    findings.extend(others(&looked.located));
    findings.extend(differs(&looked.located, snapshot));
    if let (Some(path), Some(config)) = (looked.located.in_use(), &looked.config) {
        findings.extend(file(path, config, looked.platform));
    }
    findings
}

fn located(located: &Located) -> Finding {
    let refusal = located.refusal().unwrap_or_default();
    match located {
        Located::InUse { path, why, .. } => CLAUDE.well(
            Code::ClaudeConfigInUse,
            format!("its config is {} ({why})", path.display()),
        ),
        Located::Missing { .. } => CLAUDE.wrong(Code::ClaudeConfigMissing, refusal),
        Located::Ambiguous { .. } => CLAUDE.wrong(Code::ClaudeConfigAmbiguous, refusal),
    }
}

fn third_party(located: &Located) -> Option<Finding> {
    let Located::InUse {
        why: Why::ThirdParty,
        ..
    } = located
    else {
        return None;
    };
    Some(CLAUDE.note(
        Code::ClaudeThirdPartyMode,
        "third-party mode is on; its config is another one than usual. Connect your servers again \
         after switching modes.",
    ))
}

/// Other candidates that are there: what people edit by mistake.
fn others(located: &Located) -> Vec<Finding> {
    let Located::InUse { path, .. } = located else {
        return Vec::new();
    };
    let tell = |other: &Candidate| {
        let text = format!(
            "{} is there too and not read ({})",
            other.path.display(),
            other.why
        );
        CLAUDE.note(Code::ClaudeConfigCandidate, text)
    };
    located
        .candidates()
        .iter()
        .filter(|other| other.exists && other.path != *path && other.why != Why::UserDataDir)
        .map(tell)
        .collect()
}

/// The keeper found its config by the environment that it was started with.
fn differs(located: &Located, snapshot: &Snapshot) -> Option<Finding> {
    let (ours, keepers) = (located.in_use()?, snapshot.claude.config.as_deref()?);
    (ours != keepers).then(|| {
        CLAUDE.wrong(
            Code::ClaudeConfigDiffers,
            format!(
                "the keeper writes {}, but by the environment here it would be {}. Start both \
                 with the same CLAUDE_CONFIG_FILE.",
                keepers.display(),
                ours.display()
            ),
        )
    })
}

fn file(path: &Path, config: &Config, platform: Platform) -> Vec<Finding> {
    let place = path.display();
    let mut findings = Vec::new();
    if config.read_only {
        findings.push(CLAUDE.wrong(
            Code::ClaudeConfigReadOnly,
            format!(
                "{place} or its folder is read-only. Claude Desktop does not work so, and it \
                 protects nothing; make both writable."
            ),
        ));
    }
    if config.folder_is_link && platform == Platform::Windows {
        findings.push(CLAUDE.wrong(
            Code::ClaudeFolderLink,
            format!(
                "the folder of {place} is a link, with which Claude Desktop loses its state. \
                     Move the folder back."
            ),
        ));
    }
    if config.servers_in_config_json {
        findings.push(CLAUDE.wrong(
            Code::ClaudeServersInConfigJson,
            format!(
                "config.json beside {place} has mcpServers, with which Claude Desktop may not \
                 start. Move them into {place}."
            ),
        ));
    }
    findings.extend(config.extensions.iter().filter_map(|name| extension(name)));
    match &config.bytes {
        Ok(bytes) => findings.extend(content::findings(path, bytes.expose_secret())),
        Err(error) => findings.push(CLAUDE.wrong(
            Code::ClaudeConfigUnreadable,
            format!("{error}. Give yourself the right to read it."),
        )),
    }
    findings
}

fn extension(name: &str) -> Option<Finding> {
    name.to_ascii_lowercase().contains("zoom").then(|| {
        CLAUDE.note(
            Code::ClaudeZoomExtension,
            format!(
                "the extension {name} gets no token from Zoomtray, because its settings are not \
                 in the config. Use a server of the config instead."
            ),
        )
    })
}
