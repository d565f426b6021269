//! The stages of `test`, their order, and what one of them came to.

use crate::counts::Counts;
use std::time::Duration;

/// One kind of check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The code's layout.
    Format,
    /// No text of ours holds what does not belong there.
    Words,
    /// Front end: types, lint, tests, build. Before the app, which embeds it.
    Ui,
    /// Lints, warnings denied.
    Clippy,
    /// Unit and property tests of every crate.
    Unit,
    /// Tests of the real binaries.
    BlackBox,
    /// Clients and servers that others wrote, with the real binaries.
    Clients,
    /// The real app on a private desktop.
    Desktop,
    /// Random input for what parses foreign files.
    Fuzz,
    /// Windows and macOS, checked from Linux.
    Cross,
}

impl Stage {
    /// Every stage in the order it runs: what fails fastest comes first.
    pub const ALL: [Self; 10] = [
        Self::Format,
        Self::Words,
        Self::Ui,
        Self::Clippy,
        Self::Unit,
        Self::BlackBox,
        Self::Clients,
        Self::Desktop,
        Self::Fuzz,
        Self::Cross,
    ];

    /// Those of `--quick`.
    pub const QUICK: [Self; 3] = [Self::Format, Self::Clippy, Self::Unit];

    /// Its name on the command line, in the table and of its log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Words => "words",
            Self::Ui => "ui",
            Self::Clippy => "clippy",
            Self::Unit => "unit",
            Self::BlackBox => "black-box",
            Self::Clients => "clients",
            Self::Desktop => "desktop",
            Self::Fuzz => "fuzz",
            Self::Cross => "cross",
        }
    }

    /// The stage of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// Whether it compiles the workspace, and so needs the system's libraries and the
    /// front end.
    pub fn compiles(self) -> bool {
        !matches!(self, Self::Format | Self::Words | Self::Ui)
    }

    /// Whether it runs test programs of the workspace.
    pub fn runs_programs(self) -> bool {
        matches!(
            self,
            Self::Unit | Self::BlackBox | Self::Clients | Self::Desktop
        )
    }

    /// Whether it needs Node.
    pub fn needs_node(self) -> bool {
        self == Self::Ui || self.compiles()
    }
}

/// What a stage, or the build between two of them, came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Checks and tests.
    pub counts: Counts,
    /// How long it took.
    pub took: Duration,
    /// What failed, in a few words each.
    pub notes: Vec<String>,
}

impl Outcome {
    /// Adds one check that is no test: it held, or `failure` says why not.
    pub fn check(&mut self, what: &str, failure: Option<String>) {
        match failure {
            None => self.counts.passed += 1,
            Some(why) => {
                self.counts.failed += 1;
                self.notes.push(format!("{what}: {why}"));
            }
        }
    }

    /// Adds the counts of a test runner's run.
    pub fn add(&mut self, counts: Counts) {
        self.counts.passed += counts.passed;
        self.counts.failed += counts.failed;
        self.counts.skipped.extend(counts.skipped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_stages() {
        for stage in Stage::ALL {
            assert_eq!(Stage::named(stage.name()), Some(stage));
        }
        assert_eq!(Stage::named("everything"), None);
    }

    #[test]
    fn the_front_end_is_built_before_what_embeds_it() {
        assert!(
            Stage::ALL
                .into_iter()
                .filter(|stage| stage.compiles())
                .all(|it| it > Stage::Ui)
        );
    }

    #[test]
    fn a_failed_check_is_counted_and_named() {
        let mut outcome = Outcome::default();
        outcome.check("rustfmt", None);
        outcome.check("clippy", Some("exit status: 101".to_owned()));
        assert_eq!((outcome.counts.passed, outcome.counts.failed), (1, 1));
        assert_eq!(outcome.notes, ["clippy: exit status: 101"]);
    }
}
