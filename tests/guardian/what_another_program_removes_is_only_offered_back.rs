use crate::{claude, config_before, entry, entry_view, home, view};
use black_box_tests::Zoom;

#[test]
fn until_the_user_asks_for_it() {
    let zoom = Zoom::start();
    let (home, mut stand_in) = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let ours = entry(&home, "zoom");
    let mut watch = home.watch(&[]);
    watch.read_until("✅");

    let mut without = config_before();
    without["mcpServers"]
        .as_object_mut()
        .unwrap()
        .remove("zoom");
    let without = without.to_string();
    fs_err::write(home.claude_config(), &without).unwrap();
    watch.read_until("It was done while Claude Desktop was closed");
    assert_eq!(entry_view(&home, "zoom")["drift"], "lost");
    assert_eq!(view(&home)["guardian"]["kind"], "restore_offered");
    stand_in.start();
    stand_in.quit();
    watch.interrupt();
    let mut next = home.watch(&[]);
    next.read_until("✅");
    assert!(entry(&home, "zoom").is_null(), "nobody asked for it");

    claude(&home, &["restore"]);
    assert_eq!(entry(&home, "zoom"), ours);
    assert_eq!(entry_view(&home, "zoom")["drift"], "none");
    next.interrupt();
}
