//! The table at the end of `test`, and whether what was left out may be.

use crate::stage::{Outcome, Stage};
use std::fmt::Write;

/// Skips that may stand where every other skip is a failure: the stage, how the reason
/// begins, and why it is in order.
const LISTED: &[(Stage, &str, &str)] = &[
    (
        Stage::Cross,
        "Wine: ",
        "a known deviation of Wine from Windows; see the cross check",
    ),
    (Stage::Unit, CHILD, STARTED),
    (Stage::BlackBox, CHILD, STARTED),
    (Stage::Cross, CHILD, STARTED),
];

/// How the reason of a test begins that is no check of its own.
const CHILD: &str = "child: ";
const STARTED: &str = "another test starts it as a process and checks what it does";

/// One row: what it is called, the stage it belongs to, and what it came to.
pub struct Row {
    /// `build`, or a stage's name.
    pub name: &'static str,
    /// Whose skips its skips are.
    pub stage: Stage,
    /// What it came to.
    pub outcome: Outcome,
}

/// Counts every unlisted skip as a failure.
pub fn fail_on_skips(rows: &mut [Row]) {
    for row in rows {
        let skipped = &row.outcome.counts.skipped;
        let unlisted: Vec<_> = skipped
            .iter()
            .filter(|skip| !listed(row.stage, skip))
            .collect();
        row.outcome.counts.failed += unlisted.len();
        let notes: Vec<_> = unlisted
            .iter()
            .map(|skip| format!("may not be skipped here: {skip}"))
            .collect();
        row.outcome.notes.extend(notes);
    }
}

fn listed(stage: Stage, skip: &str) -> bool {
    let reason = skip.split_once(": ").map_or(skip, |(_, reason)| reason);
    LISTED
        .iter()
        .any(|(at, begins, _)| *at == stage && reason.starts_with(begins))
}

/// Tests and checks that failed.
pub fn failures(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.outcome.counts.failed).sum()
}

/// The table and the closing line.
pub fn table(rows: &[Row]) -> String {
    let mut text = String::from("\nstage      seconds  passed  failed  skipped  \n");
    for row in rows {
        let Outcome {
            counts,
            took,
            notes,
        } = &row.outcome;
        // Writing to a String cannot fail.
        let _written = writeln!(
            text,
            "{:<10} {:>7}  {:>6}  {:>6}  {:>7}",
            row.name,
            took.as_secs(),
            counts.passed,
            counts.failed,
            counts.skipped.len()
        );
        for skip in &counts.skipped {
            let _written = writeln!(text, "    skipped  {skip}");
        }
        for note in notes {
            let _written = writeln!(text, "    failed   {note}");
        }
    }
    let passed: usize = rows.iter().map(|row| row.outcome.counts.passed).sum();
    let _written = write!(text, "\n{passed} passed, {} failed", failures(rows));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Counts;
    use std::time::Duration;

    fn row(stage: Stage, passed: usize, skipped: &[&str]) -> Row {
        let skipped = skipped.iter().map(|skip| (*skip).to_owned()).collect();
        let counts = Counts {
            passed,
            failed: 0,
            skipped,
        };
        let took = Duration::from_secs(61);
        Row {
            name: stage.name(),
            stage,
            outcome: Outcome {
                counts,
                took,
                notes: Vec::new(),
            },
        }
    }

    #[test]
    fn the_last_line_adds_everything_up() {
        let rows = [
            row(Stage::Unit, 40, &[]),
            row(Stage::Ui, 2, &["a: no display"]),
        ];
        let text = table(&rows);
        assert_eq!(text.lines().last(), Some("42 passed, 0 failed"));
        assert!(
            text.contains("unit            61      40       0        0"),
            "{text}"
        );
        assert!(text.contains("skipped  a: no display"), "{text}");
    }

    #[test]
    fn only_listed_skips_are_in_order() {
        let mut rows = [
            row(Stage::Cross, 5, &["lock::released: Wine: unlock fails"]),
            row(Stage::Unit, 5, &["lock::released: Wine: unlock fails"]),
        ];
        fail_on_skips(&mut rows);
        assert_eq!(rows[0].outcome.counts.failed, 0);
        assert_eq!(rows[1].outcome.counts.failed, 1);
        assert!(table(&rows).ends_with("10 passed, 1 failed"));
    }
}
