use crate::{claude, entry, entry_view, lost};
use black_box_tests::Zoom;

#[test]
fn between_quitting_and_starting() {
    let zoom = Zoom::start();
    let (home, stand_in, mut watch, ours) = lost(&zoom, "connect");
    claude(&home, &["restart", "--yes"]);
    stand_in.wait_for("started", 2);
    assert_eq!(entry(&home, "zoom"), ours);
    let read = stand_in.told("started")[1]["read"].clone();
    assert!(read.get("zoom").is_some(), "Claude Desktop has it: {read}");
    assert_eq!(entry_view(&home, "zoom")["drift"], "none");
    watch.interrupt();
}
