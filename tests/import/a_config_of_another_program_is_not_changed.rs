use crate::{config, import, write_config};
use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn its_credentials_are_imported_all_the_same() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, "{}");
    let other = home.path().join("mcp.json");
    fs_err::write(&other, config()).unwrap();
    let moved = import(&home, &["--from", "mcp.json", "--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    assert!(
        moved
            .out
            .contains("not the config that Claude Desktop reads"),
        "{}",
        moved.out
    );
    assert_eq!(fs_err::read_to_string(other).unwrap(), config());
    let list = home.ctl(&["accounts", "list"]).out;
    assert!(list.contains(&App::default().account_id), "{list}");
}
