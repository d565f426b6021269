//! What stands between a client and a server under measure: the relay, the gateway and the
//! policy, beside the same server without them.

use crate::budget::{Budget, Measured, Wanted};
use crate::mcp::{Call, Session};
use crate::place::Place;
use serde_json::{Value, json};

/// Calls of one round, first those without the hops, then those with them: what the machine
/// does meanwhile strikes both.
const ROUND: usize = 400;

/// Rounds, of which the first is not counted.
const ROUNDS: usize = 11;

/// Bytes of a large answer, about.
const LARGE: usize = 1_000_000;

/// Large answers.
const LARGE_ANSWERS: usize = 200;

/// Large answers on their way at once: enough that nobody waits for the next request.
const LARGE_AT_ONCE: usize = 4;

/// Measures the hops with a server that does nothing else.
pub fn measure(place: &Place) -> Result<Vec<Measured>, String> {
    place.set_policy(&policy())?;
    let _keeper = place.keeper()?;
    let mut direct = Session::open(place.program("stand-in-server"))?;
    let command = place.program("stand-in-server");
    let mut relayed = place.relayed(
        "plain",
        &json!({ "command": command.get_program().to_str() }),
    )?;
    let added = added(&mut direct, &mut relayed);
    let rates = [&mut direct, &mut relayed].map(bytes_a_second);
    let [direct_rate, relayed_rate] = rates;
    let hops = Budget {
        what: "relay + policy: added per call",
        unit: "ms",
        goal: 0.1,
        gate: 0.15,
        wanted: Wanted::AtMost,
    };
    Ok(vec![
        hops.with(added),
        Budget::known("a server alone: large answers", "MB/s").once(direct_rate),
        Budget::known("through the relay: large answers", "MB/s").once(relayed_rate),
    ])
}

/// Every call is counted against a limit, and its arguments are looked at.
fn policy() -> Value {
    let limit = json!({ "counter": "calls", "window": "minute", "max": 100_000, "scope": "grant" });
    let condition = json!({ "path": "args.text", "op": "exists" });
    json!({
        "version": "1",
        "default": "allow",
        "all_tools": { "limits": [limit] },
        "tools": { "echo": { "require": [condition] } },
    })
}

/// Milliseconds that the hops add, of each round.
fn added(direct: &mut Session, relayed: &mut Session) -> Result<Vec<f64>, String> {
    let call = Call::new("echo", &json!({ "text": "as long as what a model writes" }));
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let without = median(direct.one_at_a_time(&call, ROUND)?)?;
        let with = median(relayed.one_at_a_time(&call, ROUND)?)?;
        rounds.push(with - without);
    }
    Ok(rounds.split_off(1))
}

fn median(samples: Vec<f64>) -> Result<f64, String> {
    crate::budget::median(samples).ok_or_else(|| "no call".to_owned())
}

fn bytes_a_second(session: &mut Session) -> Result<f64, String> {
    let call = Call::new("big", &json!({ "bytes": LARGE }));
    session.one_at_a_time(&call, 2)?;
    let before = session.read();
    let took = session.in_flight(&call, LARGE_AT_ONCE, LARGE_ANSWERS)?;
    Ok((session.read() - before) / 1_000_000.0 / took.as_secs_f64())
}
