//! What has to be written into an entry, from what the user chose and what stands there.
//!
//! Pure. What always holds: what Zoomtray has written once it does not write again unless there
//! is something new to write or somebody asks for it; an entry is given back before it is written
//! in another way.

use crate::delivery::journal::Kept;
use crate::delivery::writes::Wrote;
use crate::settings::Choice;
use claude::Pointer;
use std::path::Path;

/// One change of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// It gets its own back.
    GiveBack,
    /// The relay takes its place.
    Connect,
    /// The token goes into this variable.
    Inject {
        /// The variable.
        key: String,
    },
}

/// What the decision looks at.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The user's choice; none is off.
    pub(crate) choice: Option<&'a Choice>,
    /// What is kept of the entry.
    pub(crate) kept: Option<&'a Kept>,
    /// The config in use, if there is one.
    pub(crate) config: Option<&'a Path>,
    /// The mark of the token, if there is one.
    pub(crate) token: Option<&'a str>,
    /// Whether it is written also where nothing is new.
    pub(crate) again: bool,
}

/// What is to be done, in this order.
pub(crate) fn due(wanted: Wanted<'_>) -> Vec<Task> {
    let mut tasks = Vec::new();
    let leaves = wanted.kept.is_some_and(|kept| kept.leaving);
    if leaves || changes_way(wanted.choice, wanted.kept) || moves(wanted) {
        tasks.push(Task::GiveBack);
    }
    if tasks.is_empty() && is_elsewhere(wanted) {
        return tasks;
    }
    let stands = wanted.kept.filter(|_| tasks.is_empty());
    tasks.extend(write(wanted, stands.and_then(|kept| kept.writes.done())));
    tasks
}

/// Whether it was written into another config than the one in use now, and the user asks for it
/// again: nothing moves from file to file by itself.
fn moves(wanted: Wanted<'_>) -> bool {
    wanted.again && wanted.choice.is_some() && is_elsewhere(wanted)
}

fn is_elsewhere(wanted: Wanted<'_>) -> bool {
    let elsewhere = |kept: &Kept| wanted.config != Some(&kept.config);
    wanted.kept.is_some_and(elsewhere)
}

fn write(wanted: Wanted<'_>, stands: Option<&Wrote>) -> Option<Task> {
    match wanted.choice? {
        Choice::Relay => (stands.is_none() || wanted.again).then_some(Task::Connect),
        Choice::Inject { key } => {
            let token = wanted.token?;
            let holds = matches!(stands, Some(Wrote::Token { mark }) if mark == token);
            (!holds || wanted.again).then(|| Task::Inject { key: key.clone() })
        }
    }
}

/// Whether the entry was written in another way than the one chosen now.
fn changes_way(choice: Option<&Choice>, kept: Option<&Kept>) -> bool {
    let (Some(choice), Some(kept)) = (choice, kept) else {
        return false;
    };
    match (choice, &kept.pointer) {
        (Choice::Relay, Pointer::Entry { .. }) => false,
        (Choice::Inject { key }, Pointer::Env { key: written, .. }) => key != written,
        (Choice::Relay, Pointer::Env { .. }) | (Choice::Inject { .. }, Pointer::Entry { .. }) => {
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::journal::for_tests;
    use crate::delivery::writes::Writes;

    fn relayed() -> Kept {
        for_tests::kept()
    }

    fn injected(key: &str, mark: &str) -> Kept {
        Kept {
            pointer: Pointer::env("zoom", key),
            writes: Writes::Done {
                wrote: Wrote::Token {
                    mark: mark.to_owned(),
                },
            },
            ..for_tests::kept()
        }
    }

    fn inject(key: &str) -> Choice {
        Choice::Inject {
            key: key.to_owned(),
        }
    }

    fn task(key: &str) -> Task {
        Task::Inject {
            key: key.to_owned(),
        }
    }

    fn tasks(choice: Option<&Choice>, kept: Option<&Kept>) -> Vec<Task> {
        due(Wanted {
            choice,
            kept,
            config: Some(Path::new("/c.json")),
            token: Some("new"),
            again: false,
        })
    }

    #[test]
    fn what_was_written_is_written_again_only_when_asked_for() {
        let cases = [
            (Choice::Relay, relayed(), Task::Connect),
            (inject("K"), injected("K", "new"), task("K")),
        ];
        for (choice, kept, again) in cases {
            assert_eq!(tasks(Some(&choice), Some(&kept)), []);
            let asked = Wanted {
                choice: Some(&choice),
                kept: Some(&kept),
                config: Some(Path::new("/c.json")),
                token: Some("new"),
                again: true,
            };
            assert_eq!(due(asked), [again]);
        }
    }

    #[test]
    fn a_new_token_is_due_in_an_injected_entry_alone() {
        let (injected, relayed) = (injected("K", "old"), relayed());
        assert_eq!(tasks(Some(&inject("K")), Some(&injected)), [task("K")]);
        assert_eq!(tasks(Some(&Choice::Relay), Some(&relayed)), []);
        let without = Wanted {
            choice: Some(&inject("K")),
            kept: Some(&injected),
            config: Some(Path::new("/c.json")),
            token: None,
            again: true,
        };
        assert_eq!(due(without), [], "there is nothing to write");
    }

    #[test]
    fn what_was_not_written_to_its_end_is_still_due() {
        let begun = |kept: Kept| {
            let writing = kept.writes.done().unwrap().clone();
            let first = Writes::First {
                writing: writing.clone(),
            };
            let wrote = Wrote::Token {
                mark: "old".to_owned(),
            };
            let again = Writes::Again { wrote, writing };
            [first, again].map(|writes| Kept {
                writes,
                ..kept.clone()
            })
        };
        for relay in begun(relayed()) {
            assert_eq!(tasks(Some(&Choice::Relay), Some(&relay)), [Task::Connect]);
        }
        for token in begun(injected("K", "new")) {
            assert_eq!(tasks(Some(&inject("K")), Some(&token)), [task("K")]);
        }
        assert_eq!(tasks(Some(&Choice::Relay), None), [Task::Connect]);
        assert_eq!(tasks(Some(&inject("K")), None), [task("K")]);
    }

    #[test]
    fn another_way_begins_with_giving_back() {
        let cases = [
            (Choice::Relay, injected("K", "new"), Task::Connect),
            (inject("K"), relayed(), task("K")),
            (inject("L"), injected("K", "new"), task("L")),
        ];
        for (choice, kept, then) in cases {
            assert_eq!(tasks(Some(&choice), Some(&kept)), [Task::GiveBack, then]);
        }
    }

    #[test]
    fn an_entry_that_leaves_is_given_back() {
        let leaving = Kept {
            leaving: true,
            ..relayed()
        };
        assert_eq!(tasks(None, Some(&leaving)), [Task::GiveBack]);
        assert_eq!(tasks(None, None), []);
        let another_keepers = injected("K", "old");
        assert_eq!(tasks(None, Some(&another_keepers)), [], "nobody said off");
    }

    #[test]
    fn another_config_gets_it_only_when_asked_for() {
        let begun = Kept {
            writes: Writes::First {
                writing: relayed().writes.done().unwrap().clone(),
            },
            ..relayed()
        };
        let cases = [
            (Choice::Relay, relayed(), Task::Connect),
            (Choice::Relay, begun, Task::Connect),
            (inject("K"), injected("K", "old"), task("K")),
        ];
        for (choice, kept, then) in cases {
            let elsewhere = |again| Wanted {
                choice: Some(&choice),
                kept: Some(&kept),
                config: Some(Path::new("/other.json")),
                token: Some("new"),
                again,
            };
            assert_eq!(due(elsewhere(false)), []);
            assert_eq!(due(elsewhere(true)), [Task::GiveBack, then]);
        }
    }
}
