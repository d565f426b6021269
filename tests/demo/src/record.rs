//! What the audience is told: status lines as they come, and at the end the pictures and
//! what was checked.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// Everything said and checked so far.
pub struct Record {
    begun: Instant,
    pictures: Vec<(String, PathBuf)>,
    checks: Vec<(String, Result<(), String>)>,
}

impl Record {
    /// Begins now.
    pub fn new() -> Self {
        Self {
            begun: Instant::now(),
            pictures: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// Seconds since the beginning.
    pub fn seconds(&self) -> u64 {
        self.begun.elapsed().as_secs()
    }

    /// A line with the time at its front.
    pub fn say(&self, line: &str) {
        print(&format!("[{:>3} s]   {line}", self.seconds()));
    }

    /// The heading of an act.
    pub fn act(&self, title: &str) {
        print(&format!("\n[{:>3} s] {title}", self.seconds()));
    }

    /// Notes whether `what` held; `otherwise` says what was instead.
    pub fn check(&mut self, what: &str, held: bool, otherwise: &str) {
        let outcome = if held {
            Ok(())
        } else {
            Err(otherwise.to_owned())
        };
        if let Err(instead) = &outcome {
            self.say(&format!("NOT SO: {what}: {instead}"));
        }
        self.checks.push((what.to_owned(), outcome));
    }

    /// Notes that a picture of `state` is at `path`.
    pub fn picture(&mut self, state: &str, path: PathBuf) {
        self.pictures.push((state.to_owned(), path));
    }

    /// How many different states have a picture.
    pub fn states_pictured(&self) -> usize {
        let mut states: Vec<_> = self.pictures.iter().map(|(state, _)| state).collect();
        states.sort();
        states.dedup();
        states.len()
    }

    /// Prints pictures and checks; whether every check held.
    pub fn close(&self) -> bool {
        print("\nPictures");
        for (state, path) in &self.pictures {
            print(&format!("  {state:<18} {}", path.display()));
        }
        print("\nChecked");
        for (what, outcome) in &self.checks {
            match outcome {
                Ok(()) => print(&format!("  held    {what}")),
                Err(instead) => print(&format!("  FAILED  {what}: {instead}")),
            }
        }
        let held = self
            .checks
            .iter()
            .filter(|(_, outcome)| outcome.is_ok())
            .count();
        let failed = self.checks.len() - held;
        print(&format!(
            "\n{held} held, {failed} failed, {} s",
            self.seconds()
        ));
        failed == 0 && held > 0
    }
}

/// A line to the terminal. When that is closed the demo ends, and everything with it.
fn print(line: &str) {
    while crate::signals::ending() {
        std::thread::park();
    }
    if writeln!(std::io::stdout().lock(), "{line}").is_err() {
        crate::signals::end(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_check_that_failed_is_a_failed_demo() {
        let mut record = Record::new();
        assert!(!record.close(), "nothing checked is nothing shown");
        record.check("one", true, "");
        assert!(record.close());
        record.check("two", false, "three");
        assert!(!record.close());
    }

    #[test]
    fn a_state_counts_once_however_often_it_was_pictured() {
        let mut record = Record::new();
        for state in ["fresh", "waiting", "fresh"] {
            record.picture(state, PathBuf::from(state));
        }
        assert_eq!(record.states_pictured(), 2);
    }
}
