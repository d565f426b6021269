//! What is known of Claude's presence, and what to wait for. Pure.

use crate::process::{Part, Parts, Running};

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresenceChange {
    /// It was started. A second one without a [`Self::Gone`] in between: its main process was
    /// replaced before the last of the old ones had ended, as by an update.
    Started {
        /// Its main process.
        pid: u32,
    },
    /// Every process of it is gone and nobody holds its profile: its config may be written.
    Gone,
}

/// What was last told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// That it is gone, or nothing yet.
    Gone,
    /// That it runs, with this main process.
    Runs(u32),
}

/// What the next change will show itself by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A start.
    Start,
    /// The end of what is left of it, or a new start.
    StartOrEnd(Vec<Part>),
    /// The end of its main process.
    End(Part),
}

impl Known {
    /// Takes in what runs now.
    pub(super) fn look(&mut self, running: &Running) -> (Option<PresenceChange>, Next) {
        match running {
            // Nothing is known, and only an event can tell when to look again.
            Running::Unknown => (None, Next::Start),
            Running::No => {
                let change = (*self != Self::Gone).then_some(PresenceChange::Gone);
                *self = Self::Gone;
                (change, Next::Start)
            }
            Running::Yes(parts) => {
                // Whoever holds the profile is as good as a main process whose path is known.
                let main = parts.main.first().or(parts.holder.as_ref());
                match main.and_then(|main| Some((main, main.pid?))) {
                    Some((main, pid)) => (self.runs(pid), Next::End(main.clone())),
                    None => (None, leftovers(parts)),
                }
            }
        }
    }

    fn runs(&mut self, pid: u32) -> Option<PresenceChange> {
        let change = (*self != Self::Runs(pid)).then_some(PresenceChange::Started { pid });
        *self = Self::Runs(pid);
        change
    }
}

/// Who keeps a lock open on Windows without being seen lets go of it with a trace.
fn leftovers(parts: &Parts) -> Next {
    let mut left = parts.all();
    left.retain(|part| part.pid.is_some());
    if left.is_empty() {
        Next::Start
    } else {
        Next::StartOrEnd(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(pid: u32) -> Part {
        Part {
            pid: Some(pid),
            name: "claude-desktop".to_owned(),
        }
    }

    fn runs(main: &[u32], helpers: &[u32], holder: Option<u32>) -> Running {
        Running::Yes(Parts {
            origin: None,
            main: main.iter().copied().map(part).collect(),
            helpers: helpers.iter().copied().map(part).collect(),
            holder: holder.map(part),
        })
    }

    #[test]
    fn each_start_and_end_is_told_once() {
        use PresenceChange::{Gone, Started};
        let started = |pid| Some(Started { pid });
        let left = vec![part(8), part(9)];
        let steps = [
            (Running::No, None, Next::Start),
            (runs(&[7], &[8, 9], None), started(7), Next::End(part(7))),
            (runs(&[7], &[8, 9], None), None, Next::End(part(7))),
            (runs(&[], &[8, 9], None), None, Next::StartOrEnd(left)),
            (Running::No, Some(Gone), Next::Start),
            (Running::No, None, Next::Start),
            (runs(&[17], &[], None), started(17), Next::End(part(17))),
        ];
        let mut known = Known::Gone;
        for (running, change, next) in steps {
            assert_eq!(known.look(&running), (change, next), "{running:?}");
        }
    }

    #[test]
    fn a_main_process_that_was_replaced_is_a_new_start() {
        let mut known = Known::Runs(7);
        let (change, next) = known.look(&runs(&[27], &[8], None));
        assert_eq!(change, Some(PresenceChange::Started { pid: 27 }));
        assert_eq!(next, Next::End(part(27)));
    }

    #[test]
    fn what_holds_the_profile_from_an_unknown_place_runs_too() {
        let mut known = Known::Gone;
        let (change, _) = known.look(&runs(&[], &[], Some(5)));
        assert_eq!(change, Some(PresenceChange::Started { pid: 5 }));
    }

    #[test]
    fn leftovers_alone_are_no_start() {
        let mut known = Known::Gone;
        let (change, next) = known.look(&runs(&[], &[8], None));
        assert_eq!((change, next), (None, Next::StartOrEnd(vec![part(8)])));
    }

    #[test]
    fn a_holder_that_cannot_be_seen_is_no_start_and_goes_with_a_trace() {
        let holder = Part {
            pid: None,
            name: r"whoever keeps C:\p\lockfile open".to_owned(),
        };
        let running = Running::Yes(Parts {
            holder: Some(holder),
            ..Parts::default()
        });
        let mut known = Known::Gone;
        assert_eq!(known.look(&running), (None, Next::Start));
    }

    #[test]
    fn processes_that_cannot_be_listed_change_nothing() {
        let mut known = Known::Runs(7);
        assert_eq!(known.look(&Running::Unknown), (None, Next::Start));
        assert_eq!(known, Known::Runs(7));
    }
}
