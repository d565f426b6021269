//! How many tests passed, failed and were left out, from what test runners print.

/// Counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that held.
    pub passed: usize,
    /// Tests that did not.
    pub failed: usize,
    /// Tests that did not run, each as `name: why`.
    pub skipped: Vec<String>,
}

/// Counts of every libtest run in `output`.
pub fn of_libtest(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines().map(str::trim_end) {
        if let Some(result) = line.strip_prefix("test result: ") {
            counts.passed += number_before(result, " passed");
            counts.failed += number_before(result, " failed");
        } else if let Some((name, why)) = ignored(line) {
            counts.skipped.push(format!("{name}: {why}"));
        }
    }
    counts
}

/// `test NAME ... ignored, WHY`
fn ignored(line: &str) -> Option<(&str, &str)> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let why = verdict.strip_prefix("ignored")?;
    Some((name, why.strip_prefix(", ").unwrap_or("no reason given")))
}

/// Counts of vitest's summary, `Tests  1 failed | 11 passed | 2 skipped (14)`.
pub fn of_vitest(output: &str) -> Counts {
    let summary = output
        .lines()
        .map(str::trim)
        .filter_map(|line| line.strip_prefix("Tests "));
    let mut counts = Counts::default();
    for line in summary {
        counts.passed += number_before(line, " passed");
        counts.failed += number_before(line, " failed");
        for kind in [" skipped", " todo"] {
            let number = number_before(line, kind);
            if number > 0 {
                counts
                    .skipped
                    .push(format!("{number} front-end tests:{kind}"));
            }
        }
    }
    counts
}

/// The whole number that stands directly before `word`; 0 if there is none.
fn number_before(line: &str, word: &str) -> usize {
    let Some((before, _)) = line.split_once(word) else {
        return 0;
    };
    let digits = before
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_runs_add_up() {
        let output = "\
running 3 tests
test a ... ok
test b::c ... ignored, Wine: unlock fails
test d ... ignored
test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.8s

test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\r
";
        let skipped = vec![
            "b::c: Wine: unlock fails".into(),
            "d: no reason given".into(),
        ];
        assert_eq!(
            of_libtest(output),
            Counts {
                passed: 16,
                failed: 1,
                skipped
            }
        );
    }

    #[test]
    fn vitest_says_it_in_one_line() {
        let output =
            " Test Files  2 passed (2)\n      Tests  1 failed | 11 passed | 2 skipped (14)\n";
        let counts = of_vitest(output);
        assert_eq!((counts.passed, counts.failed), (11, 1));
        assert_eq!(counts.skipped, ["2 front-end tests: skipped"]);
    }

    #[test]
    fn no_summary_is_no_test() {
        assert_eq!(of_libtest("error: could not compile"), Counts::default());
        assert_eq!(of_vitest("No test files found"), Counts::default());
    }
}
