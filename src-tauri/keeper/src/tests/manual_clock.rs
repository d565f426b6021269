//! A clock that runs when told.

use crate::clock::Clock;
use lifecycle::{BootTime, Now, WallTime};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::watch;

pub(super) struct ManualClock {
    time: watch::Sender<Now>,
}

impl ManualClock {
    pub(super) fn new() -> Self {
        let start = Now {
            wall: WallTime(1_800_000_000_000),
            boot: BootTime(9_000_000),
        };
        Self {
            time: watch::channel(start).0,
        }
    }

    pub(super) fn advance(&self, span: Duration) {
        self.time.send_modify(|now| *now = now.plus(span));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Now {
        *self.time.borrow()
    }

    /// The shortest sleep means that something is due: it ends at once, and takes its time.
    fn sleep(&self, span: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        if span <= Duration::from_millis(1) {
            self.advance(span);
        }
        let end = self.now().plus(span);
        let due = span <= Duration::from_millis(1);
        let mut time = self.time.subscribe();
        Box::pin(async move {
            if !due {
                time.wait_for(|now| now.boot >= end.boot)
                    .await
                    .expect("the clock is held");
            }
        })
    }
}
