//! The right to restart Claude once.
//!
//! A restart takes a permit and uses it up, however it ends: no failed restart repeats itself.
//! A token gets one permit; a second one is the user's to give.

/// For one restart.
#[derive(Debug)]
#[must_use = "a permit that is dropped is used up"]
pub struct Permit(());

/// The tokens that Claude was restarted for.
#[derive(Clone, Debug, Default)]
pub struct Restarts {
    newest: Option<u64>,
}

impl Restarts {
    /// The permit of the token of this generation; none if it, or a newer one, had its own.
    pub fn for_token(&mut self, generation: u64) -> Option<Permit> {
        if self.newest >= Some(generation) {
            return None;
        }
        self.newest = Some(generation);
        Some(Permit(()))
    }

    /// The permit that the user gives by asking for a restart now; with a token at hand, for
    /// that one too.
    pub fn ordered(&mut self, generation: Option<u64>) -> Permit {
        self.newest = self.newest.max(generation);
        Permit(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_gets_one_restart() {
        let mut restarts = Restarts::default();
        assert!(restarts.for_token(1).is_some());
        assert!(restarts.for_token(1).is_none());
        assert!(restarts.for_token(3).is_some());
        assert!(restarts.for_token(2).is_none(), "an older token is stale");
    }

    #[test]
    fn a_token_that_never_arrives_causes_no_second_restart() {
        let mut restarts = Restarts::default();
        let permits = (0..1_000).filter_map(|_| restarts.for_token(7));
        assert_eq!(permits.count(), 1);
    }

    #[test]
    fn the_users_order_stands_for_the_token_at_hand() {
        let mut restarts = Restarts::default();
        let _permit = restarts.ordered(Some(4));
        assert!(restarts.for_token(4).is_none());
        let _permit = restarts.ordered(None);
        let _permit = restarts.ordered(Some(2));
        assert!(restarts.for_token(4).is_none());
        assert!(restarts.for_token(5).is_some());
    }
}
