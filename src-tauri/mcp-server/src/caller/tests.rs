//! Calls against a Zoom on loopback, where the time is the test's.

use super::{Caller, Progress};
use crate::source::FixedToken;
use fake_zoom::{Config, FakeZoom};
use lifecycle::WallTime;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::net::TcpListener;
use zoom::ApiRequest;

/// The user's clock of this test: it sets it, and it stands still otherwise.
static NOW: AtomicI64 = AtomicI64::new(0);

fn now() -> WallTime {
    WallTime(NOW.load(Ordering::SeqCst))
}

/// A port that nobody listens on.
async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test]
async fn the_first_call_after_a_sleep_waits_for_the_network_and_no_other() {
    let port = free_port().await;
    let api = format!("http://127.0.0.1:{port}/v2");
    let token = FixedToken::new("planted".into(), Some(api), now());
    let caller = Arc::new(Caller::new(Arc::new(token), now));
    let users = || ApiRequest::get(&["users"]).unwrap();
    let awake = caller.begin(Progress::default());
    let line = awake.read(users()).await.unwrap_err().into_line();
    assert!(line.contains("could not be reached"), "{line}");

    NOW.fetch_add(3_600_000, Ordering::SeqCst);
    let first = caller.begin(Progress::default());
    assert!(first.waits(), "an hour without a call was a sleep");
    let config = Config {
        port,
        ..Config::default()
    };
    let (came, read) = tokio::join!(FakeZoom::start(config), first.read(users()));
    let _zoom = came.unwrap();
    // Zoom has never issued this token: that it says so shows that it was reached.
    let line = read.unwrap_err().into_line();
    assert!(line.contains("rejects the token"), "{line}");
}
