use crate::{config, config_now, import, write_config};
use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn where_they_are_and_are_not_saved() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let wrong = config().replace(
        &App::default().client_secret,
        "another-secret-of-32-characters",
    );
    write_config(&home, &wrong);
    let refused = import(&home, &["--yes"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("Not imported"), "{}", refused.err);
    assert_eq!(config_now(&home), wrong);
    assert_eq!(home.ctl(&["accounts", "list"]).out, "");
    assert!(home.files_outside_the_vault_with("another-secret").len() == 1);
}
