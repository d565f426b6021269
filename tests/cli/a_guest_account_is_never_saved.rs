use black_box_tests::{Home, Zoom};

#[test]
fn the_seeds_variables_give_a_token_and_leave_no_account() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    home.set("ZOOMTRAY_VAULT", "memory");
    let token = home.ctl(&["token"]);
    assert_eq!(token.code, Some(0), "{}", token.err);
    assert_eq!(home.ctl(&["accounts", "list"]).out, "");
    assert_eq!(zoom.token_requests(), 1);
    assert!(!home.zoomtray().join("data/accounts.json").exists());
}

#[test]
fn a_saved_account_comes_before_the_environments() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.add_account();
    home.set("ZOOM_ACCOUNT_ID", "another");
    home.set("ZOOM_CLIENT_ID", "another");
    home.set("ZOOM_CLIENT_SECRET", "another");
    assert_eq!(home.ctl(&["token"]).code, Some(0));
}
