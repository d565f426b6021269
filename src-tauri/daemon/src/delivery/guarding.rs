//! What the guardian wants done is done.

use crate::delivery::claude_desktop::bytes;
use crate::delivery::deliverer::Deliverer;
use crate::delivery::drift::drift;
use crate::delivery::inbox::Inbox;
use crate::delivery::restoring::NotBack;
use crate::guardian::{Effect, Event};
use control::Drift;
use secrecy::ExposeSecret;
use std::collections::{BTreeMap, BTreeSet};

impl Deliverer {
    /// Carries out what is due, and what follows from it.
    pub(crate) async fn do_what_the_guard_wants(&mut self, inbox: &mut Inbox) {
        while let Some(effect) = self.guard.next() {
            match effect {
                Effect::Look => self.look(),
                Effect::Restore(names) => self.put_back(&names).await,
                Effect::Restart { generation } => {
                    if let Some(permit) = self.state.restarts.for_token(generation) {
                        self.restart(permit, false, inbox).await;
                    }
                }
                // Done as soon as they were said.
                Effect::Tell(_) | Effect::Remember => {}
            }
        }
    }

    /// Tells the guardian how the config stands. A config that cannot be read tells nothing.
    pub(crate) fn look(&mut self) {
        if let Some(drifts) = self.drifts() {
            let running = !self.desktop.is_gone();
            self.guard.tell(Event::Seen { drifts, running });
        }
    }

    /// How each entry departs from what was written; `None` if a config cannot be read.
    pub(crate) fn drifts(&self) -> Option<BTreeMap<String, Drift>> {
        self.journal
            .all()
            .iter()
            .map(|(name, kept)| {
                let bytes = bytes(&kept.config).ok()?;
                Some((name.clone(), drift(bytes.expose_secret(), kept)?))
            })
            .collect()
    }

    /// Writes lost entries as they were. If Claude Desktop runs again by now, the guardian hears
    /// of that by itself.
    async fn put_back(&mut self, names: &BTreeSet<String>) {
        if !self.desktop.is_gone() {
            return;
        }
        let applied = self.write_due(names).await;
        self.record(&applied);
        let (mut failed, mut wait) = (BTreeSet::new(), BTreeSet::new());
        for name in names {
            match NotBack::why(name, &applied) {
                Some(NotBack::Failed(_)) => drop(failed.insert(name.clone())),
                Some(NotBack::NoToken) => drop(wait.insert(name.clone())),
                None => {}
            }
        }
        self.guard.tell(Event::RestoreFailed(failed));
        self.guard.tell(Event::RestoreWaits(wait));
    }
}
