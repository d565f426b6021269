use crate::said;
use black_box_tests::{Home, Zoom};
use fake_zoom::{App, Fault};

const HOURS: i64 = 3600;

#[test]
fn ends_a_stored_token_that_was_issued_in_the_future() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let first = home.ctl(&["token"]).out;
    home.age_token(&App::default(), -5 * HOURS);
    let status = home.ctl(&["status"]);
    assert_eq!(status.code, Some(1));
    home.remember_attempts(&App::default(), "{}");
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    watch.interrupt();
    let seen = watch.seen();
    let warning = seen.lines().find(|line| line.contains("clock")).unwrap();
    said(&home, "token from the future", warning);
    assert_ne!(home.ctl(&["token"]).out, first);
    assert_eq!(zoom.token_requests(), 2);
}

#[test]
fn is_said_with_both_clocks() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    zoom.fail_tokens(
        Fault::ClockOff {
            seconds: -5 * HOURS,
        },
        1,
    );
    let added = home.add_account();
    assert_eq!(added.code, Some(0), "{}", added.err);
    let dates = regex::Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d").unwrap();
    assert_eq!(dates.find_iter(&added.err).count(), 2, "{}", added.err);
    said(
        &home,
        "clock off",
        &dates.replace_all(&added.err, "DATE HH:MM"),
    );
}

#[test]
fn an_hour_is_tolerated() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    zoom.fail_tokens(
        Fault::ClockOff {
            seconds: HOURS - 60,
        },
        1,
    );
    assert_eq!(home.add_account().err, "");
}
