use crate::home;
use crate::rooms::{golden_result, ids};
use black_box_tests::{Home, Mcp, Zoom};
use serde_json::json;

#[test]
fn and_an_edit_counts_at_the_next_call() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    let query = json!({"location_query": "the hill"});
    let before = server.call_with("resolve_location", &query);
    assert_eq!(
        before["structuredContent"]["resolution_type"], "none",
        "{before}"
    );

    let file = json!({"aliases": {"The Hill": ["Denver", "loc-berlin"], "SF1": "Building 2", "lost": "Oslo"}});
    set_aliases(&home, &file.to_string());
    let after = server.call_with("resolve_location", &query);
    golden_result("server/golden/rooms_by_an_alias.json", &after);
    let over_a_code = server.call_with("resolve_location", &json!({"location_query": "sf1"}));
    assert_eq!(ids(&over_a_code, "resolved_locations"), ["loc-ussfo-b2"]);
    let sites = server.call("get_zoom_sites");
    golden_result("server/golden/rooms_sites.json", &sites);

    set_aliases(&home, "{\"aliases\": {");
    let broken = server.call_with("resolve_location", &json!({"location_query": "sf1"}));
    let report = &broken["structuredContent"];
    assert_eq!(
        ids(&broken, "resolved_locations"),
        ["loc-ussfo-b1"],
        "without aliases"
    );
    assert!(
        report["notes"][0]
            .as_str()
            .unwrap()
            .contains("locations.json"),
        "{report}"
    );
}

fn set_aliases(home: &Home, text: &str) {
    let folder = home.zoomtray().join("config");
    fs_err::create_dir_all(&folder).unwrap();
    fs_err::write(folder.join("locations.json"), text).unwrap();
}
