//! A budget: what is wished for, what must hold, what was measured.

/// One line of the table. The budgets are those of the design.
pub struct Budget {
    /// What is measured.
    pub what: &'static str,
    /// Of the numbers.
    pub unit: &'static str,
    /// Wished for.
    pub goal: f64,
    /// Must hold.
    pub gate: f64,
    /// On which side of the gate it holds.
    pub wanted: Wanted,
}

/// On which side of its gate a measure is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The gate or less.
    AtMost,
    /// The gate or more.
    AtLeast,
    /// Any number: it is shown beside the others, and has neither goal nor gate.
    Known,
}

impl Wanted {
    fn holds(self, measured: f64, bound: f64) -> bool {
        match self {
            Self::AtMost => measured <= bound,
            Self::AtLeast => measured >= bound,
            Self::Known => true,
        }
    }
}

/// A budget and its median, or why there is none.
pub struct Measured {
    budget: Budget,
    median: Result<f64, String>,
}

impl Budget {
    /// A number to be shown, of which nothing is demanded.
    pub fn known(what: &'static str, unit: &'static str) -> Self {
        Self {
            what,
            unit,
            goal: f64::NAN,
            gate: f64::NAN,
            wanted: Wanted::Known,
        }
    }

    /// Takes the one number there is.
    pub fn once(self, measured: Result<f64, String>) -> Measured {
        self.with(measured.map(|number| vec![number]))
    }

    /// Takes the median of `samples`.
    pub fn with(self, samples: Result<Vec<f64>, String>) -> Measured {
        let median = samples
            .and_then(|samples| median(samples).ok_or_else(|| "nothing was measured".to_owned()));
        Measured {
            budget: self,
            median,
        }
    }
}

impl Measured {
    /// What was measured, if it was.
    pub fn median(&self) -> Option<f64> {
        self.median.as_ref().ok().copied()
    }

    /// Whether it is within its gate.
    pub fn holds(&self) -> bool {
        let Budget { gate, wanted, .. } = self.budget;
        self.median
            .as_ref()
            .is_ok_and(|median| wanted.holds(*median, gate))
    }

    /// Its line of the table.
    pub fn line(&self) -> String {
        let Budget {
            what, unit, goal, ..
        } = self.budget;
        let median = match &self.median {
            Ok(median) => *median,
            Err(why) => return format!("{what:<46} not measured: {why}"),
        };
        let decimals = decimals(median);
        if self.budget.wanted == Wanted::Known {
            return format!(
                "{what:<46} {median:>9.decimals$} {:>9} {:>9} {unit}",
                "", ""
            );
        }
        let verdict = self.verdict(median);
        let gate = self.budget.gate;
        format!(
            "{what:<46} {median:>9.decimals$} {goal:>9.decimals$} {gate:>9.decimals$} {unit:<6} \
             {verdict}"
        )
    }

    fn verdict(&self, median: f64) -> &'static str {
        let Budget {
            goal, gate, wanted, ..
        } = self.budget;
        if wanted.holds(median, goal) {
            "within the goal"
        } else if wanted.holds(median, gate) {
            "within the gate"
        } else {
            "OVER THE GATE"
        }
    }
}

/// Small numbers differ behind the point.
fn decimals(number: f64) -> usize {
    match number.abs() {
        small if small < 10.0 => 3,
        middling if middling < 1000.0 => 1,
        _ => 0,
    }
}

/// The heading over the lines.
pub fn heading() -> String {
    format!("{:<46} {:>9} {:>9} {:>9}", "", "measured", "goal", "gate")
}

/// The sample in the middle.
pub fn median(samples: Vec<f64>) -> Option<f64> {
    part(samples, 2, 1)
}

/// The sample that is not exceeded by 99 of 100.
pub fn slowest_but_one_percent(samples: Vec<f64>) -> Option<f64> {
    part(samples, 100, 99)
}

/// The sample behind `share` of `whole` equal parts of the sorted samples.
fn part(mut samples: Vec<f64>, whole: usize, share: usize) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() * share / whole).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(samples: &[f64]) -> Measured {
        Budget {
            what: "start",
            unit: "ms",
            goal: 2.0,
            gate: 3.0,
            wanted: Wanted::AtMost,
        }
        .with(Ok(samples.to_vec()))
    }

    #[test]
    fn one_slow_run_is_not_the_median() {
        assert!(measured(&[1.0, 1.0, 90.0]).holds());
        assert!(
            measured(&[1.0, 1.0, 90.0])
                .line()
                .ends_with("within the goal")
        );
    }

    #[test]
    fn over_the_gate_and_unmeasured_both_fail() {
        assert!(!measured(&[3.1]).holds());
        assert!(measured(&[3.1]).line().ends_with("OVER THE GATE"));
        assert!(measured(&[2.5]).line().ends_with("within the gate"));
        assert!(!measured(&[]).holds());
    }

    #[test]
    fn a_rate_holds_at_its_gate_or_above() {
        let rate = |measured| {
            Budget {
                what: "calls",
                unit: "/s",
                goal: 7_700.0,
                gate: 5_000.0,
                wanted: Wanted::AtLeast,
            }
            .once(Ok(measured))
        };
        assert!(rate(8_000.0).line().ends_with("within the goal"));
        assert!(rate(5_000.0).line().ends_with("within the gate"));
        assert!(!rate(4_999.0).holds());
        assert!(rate(4_999.0).line().ends_with("OVER THE GATE"));
    }

    #[test]
    fn of_a_figure_only_the_measuring_is_demanded() {
        assert!(Budget::known("ceiling", "/s").once(Ok(1.0)).holds());
        assert!(
            !Budget::known("ceiling", "/s")
                .once(Err("gone".to_owned()))
                .holds()
        );
    }

    #[test]
    fn one_of_a_hundred_may_be_slower() {
        let samples = (1..=200).map(f64::from).collect();
        assert_eq!(slowest_but_one_percent(samples), Some(199.0));
        assert_eq!(slowest_but_one_percent(Vec::new()), None);
    }
}
