//! A budget: what is wished for, what must hold, what was measured.

/// One line of the table. The budgets are those of the design.
pub struct Budget {
    /// What is measured.
    pub what: &'static str,
    /// Of the numbers.
    pub unit: &'static str,
    /// Wished for.
    pub goal: f64,
    /// Must not be exceeded.
    pub gate: f64,
}

/// A budget and its median, or why there is none.
pub struct Measured {
    budget: Budget,
    median: Result<f64, String>,
}

impl Budget {
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
    /// Whether it is within its gate.
    pub fn holds(&self) -> bool {
        self.median
            .as_ref()
            .is_ok_and(|median| *median <= self.budget.gate)
    }

    /// Its line of the table.
    pub fn line(&self) -> String {
        let Budget {
            what,
            unit,
            goal,
            gate,
        } = self.budget;
        let verdict = match &self.median {
            Ok(median) if *median <= goal => "within the goal",
            Ok(median) if *median <= gate => "within the gate",
            Ok(_) => "OVER THE GATE",
            Err(why) => return format!("{what:<46} not measured: {why}"),
        };
        let median = self.median.as_ref().map_or(f64::NAN, |median| *median);
        format!("{what:<46} {median:>8.1} {goal:>8.1} {gate:>8.1} {unit:<6} {verdict}")
    }
}

/// The heading over the lines.
pub fn heading() -> String {
    format!("{:<46} {:>8} {:>8} {:>8}", "", "median", "goal", "gate")
}

fn median(mut samples: Vec<f64>) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied()
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
}
