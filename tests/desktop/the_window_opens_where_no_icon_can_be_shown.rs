use crate::stage::{AFTER_COOLDOWN, Stage, forms_of};
use black_box_tests::program;
use desktop_session::Panel;

#[test]
fn and_says_why_and_refreshes_at_a_press() {
    let stage = Stage::new(Panel::Absent);
    let variables = stage.variables();
    let variables: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let window = stage
        .desktop
        .window_driver(&program("zoomtray"), &[], &variables)
        .unwrap();
    window.wait_for_text("shows no status icons").unwrap();
    assert_eq!(window.title().unwrap(), "Zoomtray");
    window.wait_for_text("No account").unwrap();
    stage.picture("window-without-panel");

    stage.add_account();
    window.wait_for_text("Fresh").unwrap();
    window.wait_for_text("Expires at").unwrap();
    stage.picture("window-fresh");
    let button = window.find("button.act").unwrap();
    assert_eq!(window.text(&button).unwrap(), "Refresh now");
    window.click(&button).unwrap();
    window.wait_for_text("Waiting").unwrap();
    stage.picture("window-waiting");
    assert_eq!(stage.zoom.token_requests(), 1, "the cooldown holds");
    let deadline = std::time::Instant::now() + AFTER_COOLDOWN;
    while stage.zoom.token_requests() < 2 && std::time::Instant::now() < deadline {
        // Returns with the page's next change.
        window.wait_for_text("Refreshing").ok();
    }
    window.wait_for_text("Fresh").unwrap();
    assert_eq!(stage.zoom.token_requests(), 2, "one press is one request");
    let page = window
        .run("return document.documentElement.outerHTML")
        .unwrap()
        .to_string();
    let token = stage.ctl(&["token"], "").trim().to_owned();
    let secrets = forms_of(&stage.app.client_secret)
        .into_iter()
        .chain([token]);
    for secret in secrets {
        assert!(!page.contains(&secret), "{secret} is in {page}");
    }
    window.close().unwrap();
}
