//! Windows: the performance counter behind `Instant` goes on while the computer sleeps.

use session::Moment;
use std::sync::LazyLock;
use std::time::Instant;

/// Now.
pub(in super::super) fn now() -> Moment {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    Moment(u64::try_from(BEGUN.elapsed().as_millis()).unwrap_or(u64::MAX))
}
