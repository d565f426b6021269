//! What `zoomtrayctl status --json` says, as far as the demo looks at it.

use serde_json::Value;

/// The account's state as every viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The state's name.
    pub state: String,
    /// The terminal's mark.
    pub mark: String,
    /// Seconds left.
    pub remaining: u64,
    /// Seconds from issue to expiry.
    pub lifetime: u64,
    /// The token's generation; 0 without a token.
    pub generation: u64,
    /// Refusals in a row.
    pub failures: u64,
}

impl Status {
    /// Reads the JSON text; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let number = |name: &str| value[name].as_u64().unwrap_or(0);
        Some(Self {
            state: value["state"].as_str()?.to_owned(),
            mark: value["mark"].as_str().unwrap_or("  ").to_owned(),
            remaining: number("remaining_s"),
            lifetime: number("lifetime_s"),
            generation: number("generation"),
            failures: number("failures"),
        })
    }

    /// One line for the terminal.
    pub fn line(&self) -> String {
        let (minutes, seconds) = (self.remaining / 60, self.remaining % 60);
        let state = self.state.replace('_', " ");
        format!("{} {state}, {minutes} min {seconds:02} s left", self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_command_prints_is_understood() {
        let text = r#"{"state":"expiring_soon","mark":"📊","remaining_s":75,"lifetime_s":3600,
            "generation":17,"failures":0,"warnings":[]}"#;
        let status = Status::parse(text).unwrap();
        assert_eq!(status.line(), "📊 expiring soon, 1 min 15 s left");
        assert_eq!(status.generation, 17);
    }

    #[test]
    fn without_an_account_there_is_a_state_and_nothing_else() {
        let status = Status::parse(r#"{"state":"no_account","mark":null,"lifetime_s":null}"#);
        assert_eq!(
            status.map(|status| (status.state, status.lifetime)),
            Some(("no_account".into(), 0))
        );
        assert_eq!(Status::parse("Zoomtray cannot be reached"), None);
    }
}
