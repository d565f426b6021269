use crate::{CONFIG, claude, config, config_with, home};
use black_box_tests::Zoom;

#[test]
fn byte_for_byte_otherwise() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let token = home.ctl(&["token"]).out;
    let said = claude(&home, &["inject", "zoom"]);
    assert_eq!(
        said,
        "Entry zoom holds the token now and gets each new one.\n"
    );
    assert_eq!(config(&home), config_with(&token));
    assert_eq!(
        claude(&home, &["inject", "zoom"]),
        "Entry zoom needed no change.\n"
    );
    assert_eq!(
        claude(&home, &["off", "zoom"]),
        "Entry zoom holds its own value again.\n"
    );
    assert_eq!(config(&home), CONFIG);
    assert_eq!(zoom.token_requests(), 1, "a delivery asks for nothing");
}

#[test]
fn also_where_the_entry_had_no_such_variable() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["inject", "else"]);
    let token = home.ctl(&["token"]).out;
    assert!(config(&home).contains(token.trim()));
    claude(&home, &["off", "else"]);
    assert_eq!(config(&home), CONFIG);
}

#[test]
fn but_not_into_an_entry_that_is_not_there() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let refused = home.ctl(&["claude", "inject", "zoomm"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("zoom, else"), "{}", refused.err);
    assert_eq!(config(&home), CONFIG);
}
