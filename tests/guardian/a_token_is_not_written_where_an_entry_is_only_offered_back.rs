use crate::{claude, config_before, entry, entry_view, expire_token, home, view};
use black_box_tests::Zoom;

#[test]
fn until_the_user_asks_for_it() {
    let zoom = Zoom::start();
    let (home, _stand_in) = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    fs_err::write(home.claude_config(), config_before().to_string()).unwrap();
    watch.read_until("It was done while Claude Desktop was closed");
    assert_eq!(view(&home)["guardian"]["kind"], "restore_offered");
    watch.interrupt();

    expire_token(&home);
    let mut next = home.watch(&[]);
    next.read_until("config   ");
    next.read_until("✅");
    assert_eq!(zoom.token_requests(), 2, "there is a new token");
    assert_eq!(entry(&home, "zoom")["env"]["ZOOM_ACCESS_TOKEN"], "old");
    assert_eq!(entry_view(&home, "zoom")["pending"], false);

    claude(&home, &["restore"]);
    let token = home.ctl(&["token"]).out;
    let written = entry(&home, "zoom")["env"]["ZOOM_ACCESS_TOKEN"].clone();
    assert_eq!(written, token.trim());
    next.interrupt();
}
