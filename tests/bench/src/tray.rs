//! The app under measure: its start, and what it costs while it does nothing; and the start of
//! the bundled server, the hand-out of a token and the writing of Claude's config.

use crate::app::{Bench, milliseconds, words};
use crate::budget::{Budget, Measured, Wanted};
use crate::{config, process};
use control::{Client, Endpoint, GetToken};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

const APP_STARTS: usize = 9;
const SERVER_STARTS: usize = 21;
const HAND_OUTS: usize = 2001;

/// How long the app is watched doing nothing.
const IDLE: Duration = Duration::from_mins(1);

/// After its start the app settles: keychain, first token, bundled server.
const SETTLED: Duration = Duration::from_secs(10);

/// Measures everything on `bench`'s desktop.
pub fn measure(bench: &Bench) -> Result<Vec<Measured>, String> {
    let tray = at_most("start to tray item", "ms", 120.0, 200.0);
    let server = at_most("bundled server: start to initialize", "ms", 3.6, 5.0);
    let hand_out = at_most("hand-out of a valid token", "µs", 50.0, 100.0);
    let memory = at_most("tray idle, no window: memory (PSS)", "MB", 50.0, 60.0);
    let ticks = at_most("tray idle, no window: ticks in 60 s", "ticks", 0.0, 1.0);
    let timers = at_most(
        "tray idle, guarding: own timers in 60 s",
        "timers",
        2.0,
        3.0,
    );
    let patch = at_most(
        "patch of a 1 MB config, less sync and rename",
        "ms",
        10.0,
        10.0,
    );
    let torn = at_most(
        "torn reads of a config over 1,000 rewrites",
        "reads",
        0.0,
        0.0,
    );
    let folder = tempfile::tempdir().map_err(words)?;
    let patches = config::patches(folder.path());
    let torn_reads = config::torn_reads(folder.path()).map(|torn| vec![torn]);
    let starts = (0..APP_STARTS)
        .map(|_| bench.start_app().map(|(_, took)| took))
        .collect();
    let servers = (0..SERVER_STARTS).map(|_| start_server(bench)).collect();
    let (app, _) = bench.start_app()?;
    bench.add_account()?;
    bench.connect_claude()?;
    let hand_outs = bench.runtime.block_on(hand_out_tokens(bench));
    std::thread::sleep(SETTLED);
    let ticks_before = process::ticks(app.id())?;
    let timers_before = bench.timers()?;
    std::thread::sleep(IDLE);
    let used = process::ticks(app.id()).map(|used| vec![used - ticks_before]);
    let ran_out = bench
        .timers()
        .and_then(|timers| some(timers - timers_before));
    let held = process::memory(app.id()).map(|held| vec![held]);
    Ok(vec![
        tray.with(starts),
        server.with(servers),
        hand_out.with(hand_outs),
        memory.with(held),
        ticks.with(used),
        patch.with(patches),
        torn.with(torn_reads),
        timers.with(ran_out),
    ])
}

fn at_most(what: &'static str, unit: &'static str, goal: f64, gate: f64) -> Budget {
    Budget {
        what,
        unit,
        goal,
        gate,
        wanted: Wanted::AtMost,
    }
}

/// A keeper that never looks at its token is not idle but broken.
fn some(timers: f64) -> Result<Vec<f64>, String> {
    if timers > 0.0 {
        Ok(vec![timers])
    } else {
        Err("the log tells of none".to_owned())
    }
}

/// From the start of the process to its answer to `initialize`.
fn start_server(bench: &Bench) -> Result<f64, String> {
    let mut command = bench.program("zoomtray-mcp");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let client = json!({ "name": "bench", "version": "1" });
    let parameters =
        json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
    let request =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": parameters });
    let begun = Instant::now();
    let mut child = command.spawn().map_err(words)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("no pipes".to_owned());
    };
    writeln!(input, "{request}").map_err(words)?;
    let mut answer = String::new();
    BufReader::new(output)
        .read_line(&mut answer)
        .map_err(words)?;
    let took = milliseconds(begun.elapsed());
    drop(input);
    child.wait().map_err(words)?;
    if answer.contains("serverInfo") {
        Ok(took)
    } else {
        Err(format!("it said {answer:?}"))
    }
}

/// Asks for the token again and again over one connection; microseconds each.
async fn hand_out_tokens(bench: &Bench) -> Result<Vec<f64>, String> {
    let home = bench
        .desktop
        .environment()
        .get(std::ffi::OsStr::new("ZOOMTRAY_HOME"));
    let run = Path::new(home.ok_or("the session has no ZOOMTRAY_HOME")?).join("run");
    let (client, _told) = Client::connect(&Endpoint::new(&run, None))
        .await
        .map_err(words)?;
    let mut samples = Vec::with_capacity(HAND_OUTS);
    for _ in 0..HAND_OUTS {
        let begun = Instant::now();
        client
            .call(GetToken {
                account: None,
                min_ttl_s: 0,
            })
            .await
            .map_err(words)?;
        samples.push(milliseconds(begun.elapsed()) * 1000.0);
    }
    Ok(samples)
}
