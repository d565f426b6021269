//! The acts, in order, and what is checked in each.
//!
//! The order follows from the cooldown of 30 s between two requests: five requests, each as
//! soon as the one before it allows, end within three minutes.

use crate::Arguments;
use crate::claude::Claude;
use crate::play::{self, Play, PlayError, SOON};
use crate::record::Record;
use crate::signals;
use crate::status::Status;
use fake_zoom::{Endpoint, Fault};
use std::process::ExitCode;
use std::time::Duration;

/// The time a whole play may take.
const AT_MOST: u64 = 180;

/// Seconds a usual token of Zoom's lives.
const HOUR: u64 = 3600;

/// Seconds left when Zoomtray is opened again: a quarter of an hour ends 15 s later.
const LEFT: i64 = 915;

/// A wait that a cooldown of 30 s or a token of 60 s may fill.
const A_MINUTE: Duration = Duration::from_secs(75);

/// Plays everything; success only if every check held.
pub fn run(arguments: &Arguments) -> ExitCode {
    let held = match set(arguments) {
        Ok((play, claude)) => perform(play, claude, arguments.keep),
        Err(error) => {
            let mut record = Record::new();
            record.check("the stage is set", false, &error.to_string());
            record.close()
        }
    };
    if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn set(arguments: &Arguments) -> Result<(Play, Claude), PlayError> {
    signals::watch()?;
    // The programs run in another folder.
    let binaries = fs_err::canonicalize(&arguments.binaries)?;
    let desktop = play::desktop()?;
    let claude = Claude::new(&binaries, &desktop);
    claude.write_config()?;
    let mut variables = claude.variables();
    variables.push(("ZOOM_AUTO_REFRESH_THRESHOLD".to_owned(), "5".to_owned()));
    let play = Play::start(desktop, &binaries, &arguments.pictures, variables)?;
    Ok((play, claude))
}

fn perform(mut play: Play, mut claude: Claude, keep: bool) -> bool {
    if let Err(error) = acts(&mut play, &mut claude) {
        play.record
            .check("the play went to its end", false, &error.to_string());
    }
    if keep {
        play.record.close();
        play.record.say("goes on until Ctrl-C");
        loop {
            std::thread::park();
        }
    }
    let quit = play.quit();
    play.record.check(
        "Quit ends the app",
        matches!(quit, Ok(true)),
        &format!("{quit:?}"),
    );
    play.record.close()
}

fn acts(play: &mut Play, claude: &mut Claude) -> Result<(), PlayError> {
    claude.open(&play.desktop)?;
    no_account(play)?;
    fresh(play)?;
    a_quarter_of_an_hour_left(play)?;
    inside_the_cooldown(play, claude)?;
    refreshed_by_itself(play)?;
    refused_and_recovered(play)?;
    at_the_end(play, claude)
}

/// The app as it is first seen, with its window open from here on.
fn no_account(play: &mut Play) -> Result<(), PlayError> {
    play.record.act("Nothing is set up");
    let status = play.wait_for("the first status", SOON, |_| true)?;
    play.record.check(
        "a new user sees that there is no account",
        status.state == "no_account",
        &status.state,
    );
    play.press("Open Zoomtray…")?;
    play.picture(&status.state)
}

/// The first token, of an hour.
fn fresh(play: &mut Play) -> Result<(), PlayError> {
    play.record
        .act("An account is added: a token of an hour, in the keychain");
    play.zoom.set_lifetime(HOUR);
    play.add_account()?;
    let status = play.wait_for("a fresh token", SOON, |status| status.state == "fresh")?;
    play.record.check(
        "the first token lives an hour",
        status.lifetime == HOUR,
        &format!("{status:?}"),
    );
    let requests = play.token_requests();
    play.record.check(
        "it took one request",
        requests == 1,
        &format!("{requests} requests"),
    );
    play.picture("fresh")
}

/// Zoomtray starts with 915 s of the saved hour left: fresh, and soon the last quarter.
fn a_quarter_of_an_hour_left(play: &mut Play) -> Result<(), PlayError> {
    play.record
        .act("Zoomtray is quit, and opened with 915 s of the saved token left");
    let quit = play.quit()?;
    play.record.check("Quit ends the app", quit, "it failed");
    play.leave_of_token(LEFT)?;
    play.reopen()?;
    let fresh = play.wait_for("the saved token", SOON, |status| status.lifetime == HOUR)?;
    play.record
        .check("it is fresh", fresh.mark == "✅", &fresh.line());
    play.press("Open Zoomtray…")?;
    let soon = play.wait_for("the last quarter of an hour", SOON, |status| {
        status.state == "expiring_soon"
    })?;
    play.record
        .check("then it expires soon", soon.mark == "📊", &soon.line());
    let requests = play.token_requests();
    play.record.check(
        "nothing was asked of Zoom for it",
        requests == 1,
        &format!("{requests} requests"),
    );
    Ok(())
}

/// *Refresh now* within 30 s waits. Meanwhile Claude's config gets the token.
fn inside_the_cooldown(play: &mut Play, claude: &Claude) -> Result<(), PlayError> {
    play.record.act("Refresh now, pressed inside the cooldown");
    let before = play.status()?;
    play.zoom.set_lifetime(60);
    play.press("Refresh now")?;
    play.wait_for("the wait", SOON, |status| status.state == "waiting")?;
    play.picture("waiting")?;
    let requests = play.token_requests();
    play.record.check(
        "no request is made in the cooldown",
        requests == 1,
        &format!("{requests} requests"),
    );
    deliver(play, claude)?;
    let newer = |status: &Status| status.generation > before.generation;
    let status = play.wait_for("the token after the cooldown", A_MINUTE, newer)?;
    play.record.check(
        "after it the token is refreshed",
        status.lifetime == 60,
        &format!("{status:?}"),
    );
    let requests = play.token_requests();
    play.record.check(
        "by one request",
        requests == 2,
        &format!("{requests} requests"),
    );
    Ok(())
}

/// The token goes into one value of Claude's config, and Claude is restarted to read it.
fn deliver(play: &mut Play, claude: &Claude) -> Result<(), PlayError> {
    play.record.act("Claude Desktop gets the token");
    play.ctl_shown(&["claude", "inject", "zoom"], "")?;
    play.ctl_shown(&["claude", "restart", "--yes"], "")?;
    let (_, token) = play.ctl(&["token"], "")?;
    let (delivered, rest_kept) = claude.delivered()?;
    play.record.check(
        "Claude's config holds the token",
        delivered == token,
        "it holds another",
    );
    play.record.check(
        "and nothing else in it has changed",
        rest_kept,
        "something has",
    );
    let starts = claude.starts_within(2, SOON)?;
    play.record.check(
        "Claude was restarted once",
        starts == 2,
        &format!("{starts} starts"),
    );
    play.ctl_shown(&["claude", "status"], "")?;
    Ok(())
}

/// A token of 60 s goes from fresh to expiring soon and is refreshed 5 s before its end.
fn refreshed_by_itself(play: &mut Play) -> Result<(), PlayError> {
    play.record.act("A token of 60 s, refreshed by itself");
    let first = play.status()?;
    play.record
        .check("it is fresh", first.mark == "✅", &first.line());
    let soon = play.wait_for("the last quarter", A_MINUTE, |status| {
        status.state == "expiring_soon"
    })?;
    play.record
        .check("then it expires soon", soon.mark == "📊", &soon.line());
    play.picture(&soon.state)?;
    // Long enough to be seen; no request of the play depends on when its answer comes.
    play.zoom
        .push_fault(Endpoint::Token, Fault::Slow { seconds: 3.0 }, Some(1));
    let asking = play.wait_for("the request", A_MINUTE, |status| {
        status.state == "refreshing"
    })?;
    play.picture(&asking.state)?;
    let newer = |status: &Status| status.generation > first.generation;
    let second = play.wait_for("the second token of 60 s", A_MINUTE, newer)?;
    play.record.check(
        "it is refreshed by itself",
        second.lifetime == 60,
        &format!("{second:?}"),
    );
    let requests = play.token_requests();
    play.record.check(
        "by one request",
        requests == 3,
        &format!("{requests} requests"),
    );
    Ok(())
}

/// The next refresh is refused; the one after it brings a token of an hour.
fn refused_and_recovered(play: &mut Play) -> Result<(), PlayError> {
    play.record.act("Zoom refuses once, then grants an hour");
    let before = play.status()?;
    play.zoom.set_lifetime(HOUR);
    play.zoom
        .push_fault(Endpoint::Token, Fault::InvalidClient, Some(1));
    let refused = play.wait_for("the refusal", A_MINUTE, |status| status.failures == 1)?;
    play.picture(&refused.state)?;
    let expired = play.wait_for("the end of the token", SOON, |status| status.remaining == 0)?;
    play.picture(&expired.state)?;
    let newer = |status: &Status| status.generation > before.generation;
    let status = play.wait_for("the recovery", A_MINUTE, newer)?;
    play.record.check(
        "it recovers by itself",
        status.failures == 0,
        &format!("{status:?}"),
    );
    play.record.check(
        "with a token of an hour",
        status.lifetime == HOUR,
        &format!("{status:?}"),
    );
    play.picture("fresh")
}

/// What holds for the whole play.
fn at_the_end(play: &mut Play, claude: &Claude) -> Result<(), PlayError> {
    let counters = play.zoom.counters();
    let asked = format!("{:?}", counters.token);
    let record = &mut play.record;
    record.check(
        "four tokens and one refusal took five requests",
        counters.token.requests == 5,
        &asked,
    );
    record.check(
        "never two at once",
        counters.token.peak_in_flight == 1,
        &asked,
    );
    record.check("one was refused", counters.token.refused == 1, &asked);
    let complaints = counters.complaints.join("; ");
    record.check(
        "Zoom had nothing to complain about",
        complaints.is_empty(),
        &complaints,
    );
    let starts = claude.starts()?;
    record.check(
        "Claude was restarted by consent alone",
        starts == 2,
        &format!("{starts} starts"),
    );
    let states = record.states_pictured();
    record.check(
        "five different states have a picture",
        states >= 5,
        &format!("{states} states"),
    );
    let seconds = record.seconds();
    record.check(
        "all within three minutes",
        seconds <= AT_MOST,
        &format!("{seconds} s"),
    );
    Ok(())
}
