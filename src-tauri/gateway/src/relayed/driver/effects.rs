//! What the session says, done.

use super::Driver;
use session::{Answered, Effect, Frame, Method, Notice};

impl Driver {
    pub(super) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::ToClient { frame, answers } => self.send_client(frame, answers),
            Effect::ToChild { child, frame } => {
                if let Some(child) = self.children.get_mut(&child) {
                    child.stdin.push(frame.as_bytes());
                }
            }
            Effect::StartChild { child, why } => {
                tracing::info!(entry = self.entry.name, ?child, ?why, "a server is started");
                self.shown.starts();
                self.start_child(child);
            }
            Effect::EndChild { child } => self.end_child(child),
            Effect::Drained => self.draining.clear(),
            Effect::Keep(handshake) => self.shared.handshakes.keep(&self.entry, handshake),
            Effect::Withdrawn { id } => self.calls.withdrawn(&id),
            Effect::Tell(notice) => self.note(&notice),
        }
    }

    fn send_client(&mut self, frame: Frame, answers: Option<Answered>) {
        let Some(answers) = answers else {
            return self.client.send(&frame);
        };
        if answers.method == Method::ToolsList {
            let frame = self.calls.filter(&answers.id, frame);
            return self.client.send(&frame);
        }
        if answers.method == Method::ToolsCall {
            self.calls.answered(&answers);
        }
        self.client.send(&frame);
    }

    fn note(&mut self, notice: &Notice) {
        let entry = &self.entry.name;
        match notice {
            // What it begins with may be anything, a secret too.
            Notice::Noise { from, noise } => {
                let length = noise.length;
                tracing::info!(
                    entry,
                    ?from,
                    length,
                    "a line that is no message was dropped"
                );
            }
            Notice::Failed { failures, .. } => {
                tracing::warn!(entry, failures, "a server ended by itself");
                self.shown.failed(*failures);
            }
            Notice::Oversized { from, message } => {
                let length = message.length;
                tracing::info!(entry, ?from, length, "a line that is too long was dropped");
            }
            // Ids are the client's and the server's own words.
            Notice::StrayAnswer { from, .. } => {
                tracing::info!(entry, ?from, "an answer to nothing was dropped");
            }
            Notice::DuplicateRequest { from, .. } => {
                tracing::info!(entry, ?from, "a request under an id in use was dropped");
            }
            Notice::NotKept { method } => {
                tracing::info!(entry, ?method, "a subscription ends with its server");
            }
            Notice::Switched { child } => tracing::info!(entry, ?child, "a server takes over"),
            Notice::ToolsDiffer => tracing::info!(entry, "the server has other tools"),
        }
    }
}
