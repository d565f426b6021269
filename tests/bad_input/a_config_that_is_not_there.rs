use crate::said;
use black_box_tests::{Home, Zoom};

#[test]
fn is_named_and_not_made() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let inject = home.ctl(&["claude", "inject", "zoom"]);
    assert_eq!((inject.code, inject.out.as_str()), (Some(1), ""));
    said(&home, "config that is not there", &inject.err);
    assert!(!home.claude_config().exists());
}
