//! A fake Zoom for tests that are not async themselves.

use fake_zoom::{Config, Endpoint, FakeZoom, Fault};
use tokio::runtime::Runtime;

/// A running fake Zoom with the default app.
pub struct Zoom {
    /// Counters, faults, lifetimes.
    pub fake: FakeZoom,
    _runtime: Runtime,
}

impl Zoom {
    /// Starts it with an hour's lifetime.
    pub fn start() -> Self {
        Self::with(Config::default())
    }

    /// Starts it.
    pub fn with(config: Config) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let fake = runtime.block_on(FakeZoom::start(config)).unwrap();
        Self {
            fake,
            _runtime: runtime,
        }
    }

    /// The next `times` token requests meet `fault`.
    pub fn fail_tokens(&self, fault: Fault, times: u32) {
        self.fake.push_fault(Endpoint::Token, fault, Some(times));
    }

    /// Token requests so far.
    pub fn token_requests(&self) -> u64 {
        self.fake.counters().token.requests
    }
}
