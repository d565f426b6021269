use black_box_tests::{Home, Zoom};

#[test]
fn silently_by_the_threshold() {
    let zoom = Zoom::start();
    zoom.fake.set_lifetime(600);
    let mut home = Home::new(&zoom);
    home.add_account();
    let long = home.ctl(&["check"]);
    assert_eq!(
        (long.code, long.out.as_str(), long.err.as_str()),
        (Some(0), "", "")
    );
    assert_eq!(home.ctl(&["check", "-t", "601"]).code, Some(1));
    home.set("ZOOM_TOKEN_THRESHOLD", "601");
    assert_eq!(home.ctl(&["check"]).code, Some(1));
    assert_eq!(home.ctl(&["check", "-t", "soon"]).code, Some(2));
    assert_eq!(zoom.token_requests(), 1, "check makes no request");
}

#[test]
fn with_words_when_asked() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let said = home.ctl(&["check", "-v"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.starts_with("There is no token."), "{}", said.out);
}
