use crate::home;
use black_box_tests::{Mcp, Zoom};

#[test]
fn and_speaks_once_it_keeps_itself() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    let mut watch = home.watch(&[]);
    watch.read_until("left, until");
    let mut server = Mcp::open(&home);
    assert_eq!(server.call("test_zoom_connection")["isError"], false);
    for _line in 0..3 {
        watch.read_until("left, until");
    }
    assert_eq!(server.complaints(), "", "who keeps the token shows it");
    assert_eq!(watch.interrupt(), Some(0));
    let line = server.says("Token Status");
    assert!(line.contains("✅ Expires in"), "{line}");
    assert_eq!(zoom.token_requests(), 1, "that of `accounts add`");
}
