use crate::{CONFIG, claude, config, home, refused};
use black_box_tests::{StandIn, Zoom};

const MARK: &str = "\u{feff}";

#[test]
fn and_nothing_else() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    fs_err::write(home.claude_config(), format!("{MARK}{CONFIG}")).unwrap();
    let mended = claude(&home, &["mend"]);
    assert!(mended.contains("mark is off"), "{mended}");
    assert_eq!(config(&home), CONFIG);
    let again = claude(&home, &["mend"]);
    assert!(again.contains("has no byte order mark"), "{again}");
    assert_eq!(config(&home), CONFIG);
}

#[test]
fn but_not_under_a_claude_that_runs() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let marked = format!("{MARK}{CONFIG}");
    fs_err::write(home.claude_config(), &marked).unwrap();
    let why = refused(&home, &["mend"]);
    assert!(why.contains("Claude Desktop"), "{why}");
    assert_eq!(config(&home), marked);
}
