//! Claude Desktop: its installs, its config, and what Zoomtray does about its entries.

use super::finding::CLAUDE;
use super::looked::Looked;
use super::{Code, Finding, config, installs};
use control::{Drift, GuardianView, Snapshot};

pub(super) fn findings(looked: &Looked, snapshot: &Snapshot) -> Vec<Finding> {
    let mut findings = installs::findings(looked, snapshot);
    findings.extend(config::findings(looked, snapshot));
    findings.extend(policy(looked));
    findings.extend(entries(snapshot));
    findings
}

fn policy(looked: &Looked) -> Option<Finding> {
    let text = "your organisation has turned off servers of the config \
                (isLocalDevMcpEnabled): Claude Desktop shows them and never starts them. Ask \
                whoever manages this computer.";
    looked
        .servers_forbidden
        .then(|| CLAUDE.wrong(Code::ClaudeLocalServersOff, text))
}

fn entries(snapshot: &Snapshot) -> Vec<Finding> {
    let view = &snapshot.claude;
    let mut findings = Vec::new();
    for entry in &view.entries {
        let name = &entry.name;
        let drift = match entry.drift {
            Drift::None => None,
            Drift::Lost => Some("is gone from the config"),
            Drift::Changed => Some("is not as Zoomtray wrote it"),
        };
        findings.extend(drift.map(|what| {
            CLAUDE.wrong(
                Code::ClaudeEntryDrift,
                format!("entry {name} {what}. Put it back with `zoomtrayctl claude restore`."),
            )
        }));
        if entry.pending {
            findings.push(CLAUDE.note(
                Code::ClaudeChangeWaits,
                format!("entry {name} is changed once Claude Desktop is quit"),
            ));
        }
    }
    if view.guardian == GuardianView::GaveUp {
        findings.push(CLAUDE.wrong(
            Code::ClaudeGuardianGaveUp,
            "it has dropped Zoomtray's entries twice, so they are not put back by themselves any \
             more. Look for another program that writes the config, then run `zoomtrayctl claude \
             restore`.",
        ));
    }
    findings
}
