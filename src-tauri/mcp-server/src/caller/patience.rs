//! Whether a request is sent again, and after what pause. Pure.

use lifecycle::{RetryAfter, WallTime};
use std::time::Duration;
use tokio::time::Instant;
use zoom::{ApiOutage, Limit, OutageCause};

/// The longest that Zoom's `Retry-After` is obeyed, all waits of a request together; what is
/// longer is told to the caller.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// The pauses before a read is repeated that met trouble at Zoom or lost its connection.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];
/// Between two attempts to connect.
const CONNECT_PAUSE: Duration = Duration::from_millis(500);
/// What Zoom counts its per-second limits by, where it does not say how long to wait.
const LIMITED_SECOND: Duration = Duration::from_secs(1);
/// An instant that has passed already is asked for a moment later, not at once.
const SHORTEST_WAIT: Duration = Duration::from_millis(200);

/// What a request does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Sending it twice does nothing.
    Reads,
    /// Sending it twice may do it twice.
    Changes,
}

/// What is left of the patience with one request.
#[derive(Debug)]
pub(super) struct Patience {
    effect: Effect,
    network: Option<Instant>,
    troubles: usize,
    limited: Duration,
}

impl Patience {
    /// Attempts to connect go on until `network`.
    pub(super) fn new(effect: Effect, network: Option<Instant>) -> Self {
        Self {
            effect,
            network,
            troubles: 0,
            limited: Duration::ZERO,
        }
    }

    /// The pause before the request is sent again; none if it is not.
    pub(super) fn pause(
        &mut self,
        outage: &ApiOutage,
        now: WallTime,
        at: Instant,
        deadline: Instant,
    ) -> Option<Duration> {
        let pause = match outage.outage.cause {
            OutageCause::RateLimited => self.limited(outage, now),
            OutageCause::Dns | OutageCause::Connect => self.unconnected(at),
            OutageCause::ServerError(_) | OutageCause::ConnectionLost | OutageCause::CutBody => {
                self.troubled(outage, now)
            }
            _ => None,
        };
        pause.filter(|pause| at + *pause < deadline)
    }

    fn limited(&mut self, outage: &ApiOutage, now: WallTime) -> Option<Duration> {
        let wait = wait(outage, now).or(match outage.limit {
            Some(Limit::PerSecond) => Some(LIMITED_SECOND),
            Some(Limit::Daily) | None => None,
        })?;
        self.limited += wait.max(SHORTEST_WAIT);
        (self.limited <= LONGEST_WAIT).then(|| wait.max(SHORTEST_WAIT))
    }

    /// Nothing was sent, whatever it was.
    fn unconnected(&self, at: Instant) -> Option<Duration> {
        self.network
            .filter(|until| at < *until)
            .map(|_| CONNECT_PAUSE)
    }

    fn troubled(&mut self, outage: &ApiOutage, now: WallTime) -> Option<Duration> {
        if self.effect == Effect::Changes {
            return None;
        }
        let pause = *PAUSES.get(self.troubles)?;
        self.troubles += 1;
        let asked = wait(outage, now).unwrap_or_default();
        (asked <= LONGEST_WAIT).then(|| pause.max(asked))
    }
}

/// What `Retry-After` comes to.
fn wait(outage: &ApiOutage, now: WallTime) -> Option<Duration> {
    Some(match outage.outage.retry_after? {
        RetryAfter::In(span) => span,
        RetryAfter::At(instant) => now.until(instant),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use zoom::Outage;

    const NOW: WallTime = WallTime(1_700_000_000_000);

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn outage(cause: OutageCause, retry_after: Option<RetryAfter>) -> ApiOutage {
        ApiOutage {
            outage: Outage {
                cause,
                host: "api.zoom.us".into(),
                retry_after,
                detail: String::new(),
            },
            limit: None,
            tracking_id: None,
        }
    }

    fn pauses(effect: Effect, outage: &ApiOutage) -> Vec<Duration> {
        let at = Instant::now();
        let mut patience = Patience::new(effect, None);
        let pause = || patience.pause(outage, NOW, at, at + seconds(50));
        std::iter::from_fn(pause).take(9).collect()
    }

    #[test]
    fn trouble_at_zoom_is_met_again_by_reads_alone() {
        for cause in [
            OutageCause::ServerError(503),
            OutageCause::ConnectionLost,
            OutageCause::CutBody,
        ] {
            let outage = outage(cause, None);
            assert_eq!(pauses(Effect::Reads, &outage), PAUSES, "{cause:?}");
            assert_eq!(pauses(Effect::Changes, &outage), [], "{cause:?}");
        }
        let asked = outage(
            OutageCause::ServerError(503),
            Some(RetryAfter::In(seconds(7))),
        );
        assert_eq!(pauses(Effect::Reads, &asked), [seconds(7), seconds(7)]);
    }

    #[test]
    fn what_another_attempt_does_not_help_is_not_repeated() {
        for cause in [
            OutageCause::Timeout,
            OutageCause::Html,
            OutageCause::NotJson,
            OutageCause::Tls,
            OutageCause::Proxy,
            OutageCause::Redirected(302),
        ] {
            assert_eq!(pauses(Effect::Reads, &outage(cause, None)), [], "{cause:?}");
        }
    }

    #[test]
    fn a_limit_is_waited_for_as_long_as_zoom_says_up_to_twenty_seconds() {
        let limited = |retry_after| {
            let outage = outage(OutageCause::RateLimited, Some(retry_after));
            pauses(Effect::Changes, &outage)
        };
        assert_eq!(limited(RetryAfter::In(seconds(20))), [seconds(20)]);
        assert_eq!(limited(RetryAfter::In(seconds(21))), []);
        assert_eq!(limited(RetryAfter::In(seconds(9))), [seconds(9); 2]);
        let at = |after| RetryAfter::At(NOW.plus(seconds(after)));
        assert_eq!(limited(at(11)), [seconds(11)]);
        assert_eq!(limited(at(3600)), []);
        assert_eq!(limited(RetryAfter::At(WallTime(0)))[0], SHORTEST_WAIT);
    }

    #[test]
    fn a_limit_without_a_time_is_waited_for_only_by_the_second() {
        let limited = |limit| {
            let outage = ApiOutage {
                limit,
                ..outage(OutageCause::RateLimited, None)
            };
            pauses(Effect::Reads, &outage).first().copied()
        };
        assert_eq!(limited(Some(Limit::PerSecond)), Some(LIMITED_SECOND));
        assert_eq!(limited(Some(Limit::Daily)), None);
        assert_eq!(limited(None), None);
    }

    #[test]
    fn the_network_is_waited_for_by_everything_until_its_time() {
        let at = Instant::now();
        let outage = outage(OutageCause::Dns, None);
        let mut patience = Patience::new(Effect::Changes, Some(at + seconds(20)));
        let mut pause = |at| patience.pause(&outage, NOW, at, at + seconds(50));
        assert_eq!(pause(at), Some(CONNECT_PAUSE));
        assert_eq!(pause(at + seconds(19)), Some(CONNECT_PAUSE));
        assert_eq!(pause(at + seconds(20)), None);
        assert_eq!(pauses(Effect::Reads, &outage), [], "no call after a sleep");
    }

    #[test]
    fn no_pause_ends_after_the_deadline() {
        let at = Instant::now();
        let outage = outage(OutageCause::RateLimited, Some(RetryAfter::In(seconds(9))));
        let mut patience = Patience::new(Effect::Reads, None);
        assert_eq!(patience.pause(&outage, NOW, at, at + seconds(9)), None);
    }
}
