//! What a guard's command line asks for.

use std::ffi::OsString;

/// The parent to watch and the command to run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Process id of the parent.
    pub(super) parent: u32,
    /// The server's program.
    pub(super) command: OsString,
    /// Its arguments.
    pub(super) arguments: Vec<OsString>,
}

impl Plan {
    /// The command as given and the parent as named, else this process's own; none if there is
    /// no command or no parent.
    pub(super) fn new(
        command: impl IntoIterator<Item = OsString>,
        named_parent: Option<OsString>,
        own_parent: impl FnOnce() -> Option<u32>,
    ) -> Option<Self> {
        let mut words = command.into_iter();
        let command = words.next()?;
        let parent = match named_parent {
            Some(named) => named.to_str()?.parse().ok()?,
            None => own_parent()?,
        };
        Some(Self {
            parent,
            command,
            arguments: words.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &[&str], parent: Option<&str>) -> Option<Plan> {
        Plan::new(
            words.iter().map(OsString::from),
            parent.map(OsString::from),
            || Some(7),
        )
    }

    #[test]
    fn every_word_is_the_servers() {
        let plan = plan(&["node", "--", "-x"], Some("42")).unwrap();
        assert_eq!(
            (plan.parent, plan.command.as_os_str()),
            (42, "node".as_ref())
        );
        assert_eq!(plan.arguments, ["--", "-x"]);
    }

    #[test]
    fn the_own_parent_is_meant_unless_one_is_named() {
        assert_eq!(plan(&["node"], None).unwrap().parent, 7);
        assert_eq!(Plan::new(["node"].map(OsString::from), None, || None), None);
    }

    #[test]
    fn a_missing_command_and_an_unreadable_parent_are_refused() {
        assert_eq!(plan(&[], Some("42")), None);
        assert_eq!(plan(&["node"], Some("x")), None);
    }
}
