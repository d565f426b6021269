//! A token that is rotated while a server of others is called without a pause: what fails.

use crate::budget::{Budget, Measured, Wanted};
use crate::floor;
use crate::mcp::{Call, Session};
use crate::place::Place;
use fake_zoom::{App, Mode};
use serde_json::json;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::runtime::Runtime;

/// Rotations; from the second on each waits for the cooldown.
const ROTATIONS: usize = 2;

/// Measures with tokens that live side by side and with tokens that kill each other.
pub fn measure(runtime: &Runtime, binaries: &Path) -> Vec<Measured> {
    let together = Budget {
        what: "rotation under a live session: failed calls",
        unit: "",
        goal: 0.0,
        gate: 0.0,
        wanted: Wanted::AtMost,
    };
    let alone = Budget::known("the same where a token kills the last: failed", "");
    vec![
        together.once(failed_calls(runtime, binaries, Mode::Multi)),
        alone.once(failed_calls(runtime, binaries, Mode::Single)),
    ]
}

/// Calls a bare server that has read its token once, as those of others do, and counts the
/// calls that failed while the token was rotated.
fn failed_calls(runtime: &Runtime, binaries: &Path, mode: Mode) -> Result<f64, String> {
    let place = Place::new(runtime, binaries, mode)?;
    if mode == Mode::Single {
        place.set_settings(&json!({ "single_token": [App::default().account_id] }))?;
    }
    let _keeper = place.keeper()?;
    let address = format!("{}/users/me", place.zoom.api_url());
    let bench = place.program("zoomtray-bench");
    let mut session = place.relayed(
        "other",
        &json!({
            "command": bench.get_program().to_str(),
            "args": ["--binaries", ".", "--floor"],
            "env": { floor::TOKEN: "of-an-hour-ago", floor::ADDRESS: address },
        }),
    )?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let calling = scope.spawn(|| call_on(&mut session, &done));
        let rotated = (0..ROTATIONS).try_for_each(|_| place.ctl(&["refresh"]).map(|_| ()));
        done.store(true, Ordering::Relaxed);
        let failed = calling.join().map_err(|_| "the caller gave up")?;
        rotated.and(failed)
    })
}

/// Calls until `done`; how many calls failed.
fn call_on(session: &mut Session, done: &AtomicBool) -> Result<f64, String> {
    let call = Call::new("whoami", &json!({}));
    let (mut calls, mut failed) = (0_u32, 0_u32);
    while !done.load(Ordering::Relaxed) {
        calls += 1;
        failed += u32::from(!session.succeeds(&call)?);
    }
    if calls == 0 {
        return Err("nothing was called".to_owned());
    }
    Ok(f64::from(failed))
}
