//! A thing that was looked at, and how it is.

use super::Code;
use serde::Serialize;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its stable name.
    pub code: Code,
    /// What was looked at.
    pub subject: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// What was found, and what to do if it is not well.
    pub text: String,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Well,
    /// Worth knowing.
    Note,
    /// To be put right.
    Wrong,
}

/// A subject, on its way to findings.
#[derive(Clone, Copy)]
pub(super) struct About(pub(super) &'static str);

/// Claude Desktop.
pub(super) const CLAUDE: About = About("Claude Desktop");

impl About {
    pub(super) fn well(self, code: Code, text: impl Into<String>) -> Finding {
        self.finding(code, Verdict::Well, text.into())
    }

    pub(super) fn note(self, code: Code, text: impl Into<String>) -> Finding {
        self.finding(code, Verdict::Note, text.into())
    }

    pub(super) fn wrong(self, code: Code, text: impl Into<String>) -> Finding {
        self.finding(code, Verdict::Wrong, text.into())
    }

    fn finding(self, code: Code, verdict: Verdict, text: String) -> Finding {
        Finding {
            code,
            subject: self.0,
            verdict,
            text,
        }
    }
}
