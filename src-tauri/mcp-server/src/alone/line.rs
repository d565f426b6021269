//! The status line: at each interval while a token lives, at once when there is a new one, and once
//! when there is trouble. The form is the one that bstef/zoommcp documents.

use crate::source::{SourceError, TokenStatus};
use daemon::words;
use lifecycle::{Health, Span, WallTime};

/// What the line begins with.
const LABEL: &str = "🔑 Token Status:";

/// What was said last.
#[derive(Debug)]
pub(super) struct Lines {
    /// Whether tokens are shown; trouble always is.
    shows_tokens: bool,
    said: Said,
}

#[derive(Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    /// A token that ends then; none is one of unknown end, or no token.
    Token(Option<WallTime>),
    Trouble(String),
}

impl Lines {
    pub(super) fn new(shows_tokens: bool) -> Self {
        Self {
            shows_tokens,
            said: Said::Nothing,
        }
    }

    /// The line after a look, if one is to be said: `trouble` is why the token is not as fresh as
    /// it should be, `is_due` that an interval is over.
    pub(super) fn after(
        &mut self,
        status: Result<TokenStatus, SourceError>,
        trouble: Option<SourceError>,
        now: WallTime,
        is_due: bool,
    ) -> Option<String> {
        match (status, trouble) {
            (Ok(status), None) => self.token(&status, now, is_due),
            (Ok(status), Some(error)) => self.trouble(&error.message, status.span, now, is_due),
            (Err(_), Some(error)) | (Err(error), None) => {
                self.trouble(&error.message, None, now, is_due)
            }
        }
    }

    fn token(&mut self, status: &TokenStatus, now: WallTime, is_due: bool) -> Option<String> {
        let said = Said::Token(status.span.map(|span| span.expires));
        let is_news = self.said != said;
        self.said = said;
        let due = is_news || (is_due && status.span.is_some());
        (due && self.shows_tokens).then(|| match (status.span, status.state) {
            (Some(span), _) => of_token(span, now),
            (None, Some(_)) => format!("{LABEL} {} No token yet", Health::Expired.mark()),
            (None, None) => format!("{LABEL} ZOOM_ACCESS_TOKEN does not say when it expires."),
        })
    }

    /// Why, once, and not again at each look if the words change; then the token while it lives.
    fn trouble(
        &mut self,
        why: &str,
        span: Option<Span>,
        now: WallTime,
        is_due: bool,
    ) -> Option<String> {
        let lives = span.filter(|span| !span.remaining(now).is_zero());
        let had_trouble = matches!(self.said, Said::Trouble(_));
        let said = Said::Trouble(why.to_owned());
        if had_trouble && (self.said == said || !is_due) {
            let shown = lives.filter(|_| is_due && self.shows_tokens);
            return shown.map(|span| of_token(span, now));
        }
        self.said = said;
        let health = lives.map_or(Health::Expired, |_| Health::ExpiringVerySoon);
        Some(format!("{LABEL} {} {why}", health.mark()))
    }
}

fn of_token(span: Span, now: WallTime) -> String {
    let (left, mark) = (span.remaining(now), span.health(now).mark());
    let at = words::clock_of_twelve(span.expires, now);
    if left.is_zero() {
        format!("{LABEL} {mark} Expired (at {at})")
    } else {
        let left = words::duration(left);
        format!("{LABEL} {mark} Expires in {left} (at {at})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Account, Problem};
    use std::time::Duration;

    const START: WallTime = WallTime(1_700_000_000_000);

    fn status(expires: Option<WallTime>) -> TokenStatus {
        TokenStatus {
            account: Account::default(),
            state: None,
            span: expires.map(|expires| Span {
                issued: expires.minus(Duration::from_hours(1)),
                expires,
            }),
            last_refresh: None,
            next_attempt: None,
        }
    }

    /// A token that ends an hour after the start.
    fn hour() -> TokenStatus {
        status(Some(START.plus(Duration::from_hours(1))))
    }

    fn trouble(message: &str) -> SourceError {
        SourceError::new(Problem::Unreachable, message)
    }

    fn minutes(count: u64) -> WallTime {
        START.plus(Duration::from_mins(count))
    }

    #[test]
    fn a_token_is_shown_at_once_and_then_when_it_is_due() {
        let mut lines = Lines::new(true);
        let first = lines.after(Ok(hour()), None, minutes(11), false).unwrap();
        assert!(
            first.starts_with("🔑 Token Status: ✅ Expires in 49m 0s (at "),
            "{first}"
        );
        assert!(first.ends_with("M)"), "{first}");
        assert_eq!(lines.after(Ok(hour()), None, minutes(12), false), None);
        for (minute, words) in [
            (50, "📊 Expires in 10m 0s (at "),
            (56, "⚠️ Expires in 4m 0s (at "),
            (61, "❌ Expired (at "),
        ] {
            let line = lines
                .after(Ok(hour()), None, minutes(minute), true)
                .unwrap();
            assert!(line.contains(words), "{line}");
        }
        let next = Some(minutes(120));
        assert!(
            lines
                .after(Ok(status(next)), None, minutes(61), false)
                .is_some(),
            "a new token"
        );
    }

    #[test]
    fn trouble_is_told_once_and_the_token_shown_while_it_lives() {
        let mut lines = Lines::new(true);
        lines.after(Ok(hour()), None, START, true);
        let why = Some(trouble("Zoom cannot be reached."));
        let line = lines
            .after(Ok(hour()), why.clone(), minutes(56), false)
            .unwrap();
        assert_eq!(line, "🔑 Token Status: ⚠️ Zoom cannot be reached.");
        assert_eq!(
            lines.after(Ok(hour()), why.clone(), minutes(57), false),
            None
        );
        let shown = lines
            .after(Ok(hour()), why.clone(), minutes(57), true)
            .unwrap();
        assert!(shown.contains("Expires in 3m 0s"), "{shown}");
        assert_eq!(
            lines.after(Ok(hour()), why, minutes(70), true),
            None,
            "it is known"
        );
        let other = Some(trouble("Zoom refused the client secret."));
        let line = lines
            .after(Ok(status(None)), other, minutes(71), true)
            .unwrap();
        assert_eq!(line, "🔑 Token Status: ❌ Zoom refused the client secret.");
        let over = lines
            .after(Ok(status(Some(minutes(130)))), None, minutes(72), false)
            .unwrap();
        assert!(over.contains("✅ Expires in 58m 0s"), "{over}");
    }

    #[test]
    fn where_no_status_is_wanted_trouble_is_told_all_the_same() {
        let mut lines = Lines::new(false);
        assert_eq!(lines.after(Ok(hour()), None, START, true), None);
        assert!(
            lines
                .after(Ok(hour()), Some(trouble("Why.")), minutes(56), false)
                .is_some()
        );
        assert_eq!(
            lines.after(Ok(hour()), Some(trouble("Why.")), minutes(57), true),
            None
        );
    }

    #[test]
    fn a_token_that_says_nothing_is_said_to_once() {
        let mut lines = Lines::new(true);
        let line = lines.after(Ok(status(None)), None, START, true).unwrap();
        assert_eq!(
            line,
            "🔑 Token Status: ZOOM_ACCESS_TOKEN does not say when it expires."
        );
        assert_eq!(lines.after(Ok(status(None)), None, minutes(1), true), None);
    }
}
