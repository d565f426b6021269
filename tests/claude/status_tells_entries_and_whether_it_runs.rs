use crate::{claude, home};
use black_box_tests::{StandIn, Zoom};

#[test]
fn without_any_value() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    let quit = claude(&home, &["status"]);
    let path = home.claude_config();
    let said = format!(
        "Config file: {}\nClaude Desktop: not running\n   zoom: off\n",
        path.display()
    );
    assert_eq!(quit, said);
    stand_in.start();
    assert_eq!(
        claude(&home, &["status"]),
        said.replace("not running", "running")
    );
    stand_in.quit();
    claude(&home, &["inject", "zoom"]);
    let injected = claude(&home, &["status"]);
    assert!(injected.contains("   zoom: inject"), "{injected}");
}
