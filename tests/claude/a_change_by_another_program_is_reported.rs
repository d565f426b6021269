use crate::{CONFIG, claude, config, home};
use black_box_tests::{StandIn, Zoom};

const REPORT: &str = "Claude Desktop's config was changed by Claude Desktop or another program.";

#[test]
fn and_a_change_of_ours_is_not() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    claude(&home, &["inject", "zoom"]);
    assert!(claude(&home, &["status"]).contains("zoom: inject"));
    let renamed = config(&home).replace("\"else\"", "\"ZOOM_2\"");
    fs_err::write(home.claude_config(), renamed).unwrap();
    watch.read_until(REPORT);
    watch.interrupt();
    assert_eq!(watch.seen().matches(REPORT).count(), 1, "{}", watch.seen());
}

#[test]
fn also_when_claude_drops_an_entry_that_it_had_not_read() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    fs_err::write(home.claude_config(), "{\"mcpServers\": {}}").unwrap();
    stand_in.start();
    fs_err::write(home.claude_config(), CONFIG).unwrap();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    claude(&home, &["inject", "zoom"]);
    stand_in.quit();
    // Which of the two is told first is chance.
    for told in [REPORT, "config   failed"] {
        if !watch.seen().contains(told) {
            watch.read_until(told);
        }
    }
    let status = claude(&home, &["status"]);
    assert!(
        status.contains("zoom: inject, not written yet"),
        "the view is that of the new file: {status}"
    );
    assert!(
        watch.seen().contains("no MCP server named zoom"),
        "{}",
        watch.seen()
    );
    watch.interrupt();
    assert!(!config(&home).contains("zoom"), "no entry is made");
}
