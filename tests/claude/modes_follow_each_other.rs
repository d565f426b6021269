use crate::{CONFIG, claude, config, config_with, entry, home, relay};
use black_box_tests::Zoom;

#[test]
fn and_off_gives_back_what_was_there_before_the_first() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let token = home.ctl(&["token"]).out;
    claude(&home, &["connect", "zoom"]);
    claude(&home, &["inject", "zoom"]);
    assert_eq!(config(&home), config_with(&token));
    assert!(claude(&home, &["status"]).contains("zoom: inject"));
    claude(&home, &["connect", "zoom"]);
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
    assert!(claude(&home, &["status"]).contains("zoom: relay"));
    claude(&home, &["off", "zoom"]);
    assert_eq!(config(&home), CONFIG);
}
