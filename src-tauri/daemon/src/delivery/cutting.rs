//! Credentials that were moved into the vault are taken out of the config, once nothing of
//! Claude Desktop's runs.

use crate::delivery::deliverer::Deliverer;
use crate::delivery::order::failure;
use claude::{Cut, Edited};
use control::{Delivery, EventKind, Failure};

impl Deliverer {
    pub(crate) fn cut_out(&mut self, cuts: Vec<Cut>) -> Result<Delivery, Failure> {
        if !self.desktop.is_gone() {
            self.state.cuts.extend(cuts);
            return Ok(Delivery::Pending);
        }
        let config = self.with_tokens_known(self.desktop.config()?);
        let mut delivery = Delivery::AlreadySo;
        for cut in &cuts {
            match config.cut(cut) {
                Ok(Edited::Changed { .. }) => delivery = Delivery::Written,
                Ok(Edited::AlreadySo) => {}
                Err(error) => return Err(failure(error.to_string())),
            }
        }
        Ok(delivery)
    }

    /// Makes the cuts that waited. One that fails is told and not tried again.
    pub(crate) fn make_cuts(&mut self) {
        let cuts = std::mem::take(&mut self.state.cuts);
        if cuts.is_empty() {
            return;
        }
        if let Some((kind, text)) = told(self.cut_out(cuts)) {
            self.say(kind, text);
        }
    }
}

/// What to say of cuts that waited: nothing of those that still wait, or of credentials that
/// were not there any more.
fn told(outcome: Result<Delivery, Failure>) -> Option<(EventKind, String)> {
    let text = "Credentials in clear text were taken out of Claude Desktop's config.";
    match outcome {
        Ok(Delivery::Written) => Some((EventKind::Delivered, text.to_owned())),
        Ok(Delivery::Pending | Delivery::AlreadySo) => None,
        Err(failure) => Some((EventKind::Failed, failure.message)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_was_taken_out() {
        let kind = |outcome| told(outcome).map(|(kind, _)| kind);
        assert_eq!(kind(Ok(Delivery::Written)), Some(EventKind::Delivered));
        assert_eq!(kind(Ok(Delivery::Pending)), None);
        assert_eq!(kind(Ok(Delivery::AlreadySo)), None);
        assert_eq!(kind(Err(failure("no"))), Some(EventKind::Failed));
    }
}
