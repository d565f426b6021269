//! Which config Claude Desktop reads, looked at again: a second install or another mode may make
//! it another one while a keeper lives.

use crate::clock::wall_now;
use crate::delivery::claude_desktop::InUse;
use crate::delivery::deliverer::Deliverer;
use crate::delivery::following::Following;
use crate::delivery::order::Order;
use control::EventKind;

impl Deliverer {
    /// Looks again, at the news of a start or an end.
    pub(crate) fn look_again(&mut self) {
        if let InUse::Another(sentence) = self.desktop.look_again() {
            self.board.event(wall_now(), EventKind::Failed, sentence);
        }
    }

    /// Looks again before `order`. One that the user gives for entries of the config is for the
    /// config that is in use now.
    pub(crate) fn look_again_for(&mut self, order: &Order) {
        if !order.is_for_the_config() {
            self.look_again();
        } else if self.desktop.take_what_is_in_use() && self.unasked {
            self.following = Following::awaited();
        }
    }
}
