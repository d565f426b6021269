use crate::{claude, entry, home, view};
use black_box_tests::Zoom;

#[test]
fn over_a_whole_run_with_writes_of_claudes_own() {
    let zoom = Zoom::start();
    let (home, mut stand_in) = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let ours = entry(&home, "zoom");
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    stand_in.start();
    stand_in.changes_a_preference();
    stand_in.wait_for("wrote", 1);
    watch.read_until("was changed by Claude Desktop or another program");
    let watched = view(&home)["guardian"].clone();
    assert_eq!(watched["kind"], "watching", "{watched}");
    stand_in.quit();
    claude(&home, &["off", "other"]);
    let view = view(&home);
    assert_eq!(view["losses"], serde_json::json!([]), "{view:#}");
    assert_eq!(view["alert"], serde_json::Value::Null, "{view:#}");
    assert_eq!(entry(&home, "zoom"), ours);
    watch.interrupt();
}
