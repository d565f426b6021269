use crate::said;
use black_box_tests::Home;

#[test]
fn every_command_says_how_to_add_one() {
    let home = Home::without_zoom();
    let token = home.ctl(&["token"]);
    assert_eq!((token.code, token.out.as_str()), (Some(1), ""));
    said(&home, "no account, token", &token.err);
    let status = home.ctl(&["status"]);
    assert_eq!(status.code, Some(1));
    said(&home, "no account, status", &status.out);
}
