//! Times, durations and states in words, the same in every command.

pub(crate) use daemon::words::{clock, duration};
use jiff::Timestamp;
use lifecycle::{Condition, Health, Span, WaitReason, WallTime};

/// RFC 3339 in UTC, for programs.
pub(crate) fn rfc3339(at: WallTime) -> String {
    Timestamp::from_millisecond(at.0)
        .map(|at| at.to_string())
        .unwrap_or_default()
}

/// The mark of the terminal's status line.
pub(crate) fn mark(condition: Condition, now: WallTime) -> &'static str {
    condition
        .token
        .map_or(Health::Expired, |span| span.health(now))
        .mark()
}

/// An error as a person reads it: with a capital letter and a full stop. A path keeps its form.
pub(crate) fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first = letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().to_string());
    let end = if error.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// Why an attempt is put off.
pub(crate) fn wait(reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::Cooldown => "The last attempt was a moment ago.",
        WaitReason::BackOff => "The last attempts failed.",
        WaitReason::RetryAfter => "Zoom asks for patience.",
        WaitReason::Offline => "Zoom cannot be reached.",
        WaitReason::Vault => "The vault cannot be used.",
    }
}

/// `48m 41s left, until 16:13:24`.
pub(crate) fn left(span: Span, now: WallTime) -> String {
    format!(
        "{} left, until {}",
        duration(span.remaining(now)),
        clock(span.expires, now)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_becomes_a_sentence() {
        assert_eq!(sentence("no bus; start one"), "No bus; start one.");
        assert_eq!(sentence("Add one."), "Add one.");
        assert_eq!(sentence("/a/b is cut; mend it"), "/a/b is cut; mend it.");
    }
}
