//! The race for a token that has ended: fifty at once, where each new token kills the last.

use crate::app::{milliseconds, words};
use crate::budget::{Budget, Measured, Wanted};
use crate::place::Place;
use control::{Client, GetToken};
use fake_zoom::Mode;
use secrecy::ExposeSecret;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::Runtime;

/// How many want the token.
const CALLERS: usize = 50;

/// Races of each kind; the median counts.
const RACES: usize = 5;

/// What came of a race.
struct Race {
    /// From the first start to the last end.
    took: f64,
    /// Requests that Zoom got.
    requests: u64,
    /// Who got no token, or one that is dead.
    failed: u64,
}

/// Who races.
#[derive(Clone, Copy)]
enum Field {
    /// Callers of a running keeper, each over a connection of its own.
    Callers,
    /// Processes beside a running keeper.
    ProcessesBesideOne,
    /// Processes alone.
    Processes,
}

/// Lets callers and processes race; what they add is held against one of them alone.
pub fn measure(runtime: &Runtime, binaries: &Path) -> Vec<Measured> {
    let mut races = Vec::new();
    let mut added = |field| added(runtime, binaries, field, &mut races);
    let callers = added(Field::Callers);
    let beside = added(Field::ProcessesBesideOne);
    let processes = added(Field::Processes);
    let requests = races.iter().map(|race| race.requests).max();
    let failed = races.iter().map(|race| race.failed).max();
    vec![
        budget("50 callers, expired token: requests", "", 1.0, 1.0).once(number(requests)),
        budget("50 callers, expired token: failed", "", 0.0, 0.0).once(number(failed)),
        budget("50 callers of a keeper: added to one", "ms", 150.0, 150.0).with(callers),
        Budget::known("50 processes beside a keeper: added to one", "ms").with(beside),
        budget("50 processes alone: added to one", "ms", 500.0, 500.0).with(processes),
    ]
}

/// Milliseconds that the many take longer than one of them, of each race.
fn added(
    runtime: &Runtime,
    binaries: &Path,
    field: Field,
    races: &mut Vec<Race>,
) -> Result<Vec<f64>, String> {
    let mut samples = Vec::with_capacity(RACES);
    for _ in 0..RACES {
        let alone = race(runtime, binaries, field, 1)?;
        let together = race(runtime, binaries, field, CALLERS)?;
        samples.push(together.took - alone.took);
        races.push(together);
    }
    Ok(samples)
}

fn number(count: Option<u64>) -> Result<f64, String> {
    let count = count.ok_or("no race")?;
    u32::try_from(count).map(f64::from).map_err(words)
}

fn budget(what: &'static str, unit: &'static str, goal: f64, gate: f64) -> Budget {
    Budget {
        what,
        unit,
        goal,
        gate,
        wanted: Wanted::AtMost,
    }
}

/// One race in a fresh home.
fn race(runtime: &Runtime, binaries: &Path, field: Field, callers: usize) -> Result<Race, String> {
    let place = Place::new(runtime, binaries, Mode::Single)?;
    place.expire_token()?;
    let _keeper = match field {
        Field::Processes => None,
        Field::Callers | Field::ProcessesBesideOne => Some(place.waiting_keeper(runtime)?),
    };
    let before = place.zoom.counters().token.requests;
    let begun = Instant::now();
    let tokens = match field {
        Field::Callers => runtime.block_on(ask_a_keeper(&place, callers))?,
        Field::ProcessesBesideOne | Field::Processes => ask_by_command(&place, callers)?,
    };
    let took = milliseconds(begun.elapsed());
    let living = place.ctl(&["token"])?;
    let dead = tokens.iter().filter(|token| token.trim() != living.trim());
    Ok(Race {
        took,
        requests: place.zoom.counters().token.requests - before,
        failed: u64::try_from(dead.count()).map_err(words)?,
    })
}

async fn ask_a_keeper(place: &Place, callers: usize) -> Result<Vec<String>, String> {
    let endpoint = Arc::new(place.endpoint());
    let asking: Vec<_> = (0..callers)
        .map(|_| {
            let endpoint = Arc::clone(&endpoint);
            tokio::spawn(async move {
                let (client, _told) = Client::connect(&endpoint).await.map_err(words)?;
                let wish = GetToken {
                    account: None,
                    min_ttl_s: 0,
                };
                let token = client.call(wish).await.map_err(words)?;
                Ok::<String, String>(token.access_token.0.expose_secret().to_owned())
            })
        })
        .collect();
    let mut tokens = Vec::with_capacity(callers);
    for asked in asking {
        tokens.push(asked.await.map_err(words)?.unwrap_or_default());
    }
    Ok(tokens)
}

fn ask_by_command(place: &Place, callers: usize) -> Result<Vec<String>, String> {
    let start = |_| {
        let mut command = place.program("zoomtrayctl");
        command
            .arg("token")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command.spawn().map_err(words)
    };
    let processes: Vec<_> = (0..callers).map(start).collect::<Result<_, _>>()?;
    processes
        .into_iter()
        .map(|process| {
            let output = process.wait_with_output().map_err(words)?;
            String::from_utf8(output.stdout).map_err(words)
        })
        .collect()
}
