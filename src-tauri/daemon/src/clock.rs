//! The user's clock.

use lifecycle::WallTime;
use std::time::SystemTime;

/// What the user's clock says now.
#[must_use]
pub fn wall_now() -> WallTime {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    WallTime(since_epoch.map_or(0, |span| {
        i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
    }))
}
