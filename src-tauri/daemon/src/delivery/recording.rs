//! What was written, told to everybody who has to know: the board, the guardian.

use crate::clock::wall_now;
use crate::delivery::deliverer::Deliverer;
use crate::delivery::writing::Applied;
use crate::guardian::Event;
use control::EventKind;
use std::collections::BTreeSet;

impl Deliverer {
    /// Tells what one pass over the config did.
    pub(crate) fn record(&mut self, applied: &Applied) {
        for name in &applied.changed {
            self.say(EventKind::Delivered, sentence(name, applied));
        }
        for name in &applied.given_back {
            let text = format!("Claude Desktop's entry {name} holds its own value again.");
            self.say(EventKind::Delivered, text);
            self.released(name);
        }
        for (_, error) in &applied.failed {
            self.say(EventKind::Failed, error.to_string());
        }
        let ours: BTreeSet<String> = applied.changed.union(&applied.already).cloned().collect();
        if !ours.is_empty() {
            self.guard.tell(Event::Wrote(ours));
        }
        if !self.is_token_due() {
            self.guard.tell(Event::NothingWaits);
        }
        self.note_deliveries(applied);
    }

    fn note_deliveries(&mut self, applied: &Applied) {
        let token = self.state.token.as_ref();
        let generation = token.map_or(0, |token| token.generation);
        let at = wall_now();
        for name in &applied.injected {
            let delivery = (generation, at);
            self.state.deliveries.insert(name.clone(), delivery);
        }
    }

    /// The entry is the user's again, or about to be written in another way.
    pub(crate) fn released(&mut self, name: &str) {
        self.state.deliveries.remove(name);
        self.guard.tell(Event::Released(name.to_owned()));
    }
}

fn sentence(name: &str, applied: &Applied) -> String {
    if applied.injected.contains(name) {
        format!("The token was written into Claude Desktop's entry {name}.")
    } else {
        format!("Claude Desktop's entry {name} is connected: it starts Zoomtray's relay.")
    }
}
