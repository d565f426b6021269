//! The bundled server under measure: its calls one at a time and many at once, its memory, and
//! beside them the least that such a call can cost and the most that the fake Zoom can answer.

use crate::app::{milliseconds, words};
use crate::budget::{Budget, Measured, Wanted, slowest_but_one_percent};
use crate::mcp::{Call, Session};
use crate::place::Place;
use crate::{floor, process};
use fake_zoom::FakeZoom;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Calls that are made and forgotten first: the first ones open connections.
const WARM_UP: usize = 200;

/// Calls whose time is taken.
const CALLS: usize = 2001;

/// Calls on their way at once.
const WIDTH: usize = 32;

/// Calls of the many at once.
const MANY: usize = 20_000;

/// Calls before the memory is looked at.
const FIRST_CALLS: usize = 1_000;

/// Calls after which it must be the same.
const ALL_CALLS: usize = 100_000;

/// Milliseconds that the bundled server may wish to add to the floor.
const ADDED: f64 = 0.1;

/// Measures everything; the 100,000 calls only if `full`.
pub fn measure(place: &Place, runtime: &Runtime, full: bool) -> Result<Vec<Measured>, String> {
    let _keeper = place.keeper()?;
    let call = call();
    let floor = floor_calls(place, &call)?;
    let mut server = Session::open(place.program("zoomtray-mcp"))?;
    let memory = memory_after(&mut server, &call, FIRST_CALLS);
    let mut table = calls(&mut server, &call, floor)?;
    table.push(memory_budget("bundled server: memory after 1,000 calls").once(memory));
    if full {
        let memory = memory_after(&mut server, &call, ALL_CALLS);
        table.push(memory_budget("bundled server: memory after 100,000 calls").once(memory));
    }
    let ceiling = ceiling(&place.zoom, runtime, &token(place)?);
    table.push(Budget::known("fake Zoom: requests, 32 at once", "/s").once(ceiling));
    Ok(table)
}

/// A call that asks Zoom once.
fn call() -> Call {
    Call::new("get_user", &json!({ "user_id": "me" }))
}

fn token(place: &Place) -> Result<String, String> {
    Ok(place.ctl(&["token"])?.trim().to_owned())
}

/// One at a time at a bare server with a bare request.
fn floor_calls(place: &Place, call: &Call) -> Result<Vec<f64>, String> {
    let mut command = place.program("zoomtray-bench");
    command.args(["--binaries", ".", "--floor"]);
    command.env(floor::ADDRESS, address(&place.zoom));
    command.env(floor::TOKEN, token(place)?);
    let mut server = Session::open(command)?;
    server.one_at_a_time(call, WARM_UP)?;
    server.one_at_a_time(call, CALLS)
}

fn address(zoom: &FakeZoom) -> String {
    format!("{}/users/me", zoom.api_url())
}

fn calls(server: &mut Session, call: &Call, floor: Vec<f64>) -> Result<Vec<Measured>, String> {
    let samples = server.one_at_a_time(call, CALLS)?;
    let took = server.in_flight(call, WIDTH, MANY)?;
    let rate = f64::from(u32::try_from(MANY).map_err(words)?) / took.as_secs_f64();
    let floor = Budget::known("bare rmcp and one bare request: call", "ms").with(Ok(floor));
    let one = Budget {
        what: "bundled server: call, one at a time",
        unit: "ms",
        goal: floor.median().map_or(f64::NAN, |floor| floor + ADDED),
        gate: 0.35,
        wanted: Wanted::AtMost,
    };
    let slowest = slowest_but_one_percent(samples.clone()).ok_or("no call");
    let many = Budget {
        what: "bundled server: calls, 32 in flight",
        unit: "/s",
        goal: 7_700.0,
        gate: 5_000.0,
        wanted: Wanted::AtLeast,
    };
    Ok(vec![
        floor,
        one.with(Ok(samples)),
        Budget::known("bundled server: call, 99 of 100 are faster", "ms")
            .once(slowest.map_err(str::to_owned)),
        many.once(Ok(rate)),
    ])
}

fn memory_budget(what: &'static str) -> Budget {
    Budget {
        what,
        unit: "MB",
        goal: 8.6,
        gate: 10.0,
        wanted: Wanted::AtMost,
    }
}

fn memory_after(server: &mut Session, call: &Call, calls: usize) -> Result<f64, String> {
    server.in_flight(call, 1, calls)?;
    process::memory(server.process())
}

/// Requests a second that the fake Zoom answers to a client that does nothing else.
fn ceiling(zoom: &FakeZoom, runtime: &Runtime, token: &str) -> Result<f64, String> {
    let request = Arc::new((reqwest::Client::new(), address(zoom), token.to_owned()));
    let begun = Instant::now();
    let each = MANY / WIDTH;
    runtime.block_on(async {
        let workers: Vec<_> = (0..WIDTH)
            .map(|_| tokio::spawn(ask_on(Arc::clone(&request), each)))
            .collect();
        for worker in workers {
            worker.await.map_err(words)??;
        }
        Ok::<(), String>(())
    })?;
    let asked = f64::from(u32::try_from(each * WIDTH).map_err(words)?);
    Ok(asked / (milliseconds(begun.elapsed()) / 1000.0))
}

async fn ask_on(
    request: Arc<(reqwest::Client, String, String)>,
    times: usize,
) -> Result<(), String> {
    let (client, address, token) = &*request;
    for _ in 0..times {
        let sent = client.get(address).bearer_auth(token).send().await;
        let answer = sent.and_then(reqwest::Response::error_for_status);
        answer.map_err(words)?.bytes().await.map_err(words)?;
    }
    Ok(())
}
