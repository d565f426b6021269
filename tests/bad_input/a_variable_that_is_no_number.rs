use crate::said;
use black_box_tests::{Home, Zoom};
use fake_zoom::App;

const VALUES: [&str; 4] = ["", "-5", "5m", "NaN"];

#[test]
fn is_named_with_the_default_that_is_used() {
    let names = [
        "ZOOM_AUTO_REFRESH_THRESHOLD",
        "ZOOM_TOKEN_DISPLAY_INTERVAL",
        "ZOOM_TOKEN_THRESHOLD",
    ];
    for (name, value) in names
        .into_iter()
        .flat_map(|name| VALUES.map(|value| (name, value)))
    {
        let mut home = Home::without_zoom();
        home.set(name, value);
        said(&home, &format!("{name}={value}"), &home.ctl(&["check"]).err);
    }
}

#[test]
fn and_check_asks_for_more_than_a_minute() {
    let zoom = Zoom::start();
    for (lifetime, good) in [(70, Some(0)), (50, Some(1))] {
        zoom.fake.set_lifetime(lifetime);
        let mut home = Home::new(&zoom);
        home.add_account();
        for value in VALUES {
            home.set("ZOOM_TOKEN_THRESHOLD", value);
            assert_eq!(home.ctl(&["check"]).code, good, "{lifetime} s, {value:?}");
        }
    }
}

#[test]
fn and_refreshing_starts_five_minutes_before_the_end() {
    for value in VALUES {
        let zoom = Zoom::start();
        let mut home = Home::new(&zoom);
        home.add_account();
        home.age_token(&App::default(), 3310);
        home.remember_attempts(&App::default(), "{}");
        home.set("ZOOM_AUTO_REFRESH_THRESHOLD", value);
        let mut watch = home.watch(&[]);
        watch.read_until("fetch");
        watch.interrupt();
        assert_eq!(
            zoom.token_requests(),
            2,
            "{value:?}: 290 s are below the threshold"
        );
    }
}
