use crate::{claude, config, home};
use black_box_tests::{StandIn, Zoom, wait_until};
use serde_json::json;

/// The `.env` has the new token while Claude Desktop is still closing, and Claude Desktop gets
/// that one, not the one from before.
#[test]
fn and_a_new_token_goes_on_its_way() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let lingers = home.path().join("lingers");
    fs_err::write(&lingers, "").unwrap();
    let options = json!({"helpers_linger_while": lingers});
    let mut stand_in = StandIn::install_with(&mut home, &options);
    stand_in.start();
    home.remember_attempts(&fake_zoom::App::default(), "{}");
    let env_file = home.path().join("token.env");
    let mut watch = home.watch(&["--env-file", env_file.to_str().unwrap()]);
    watch.read_until("✅");
    claude(&home, &["inject", "zoom"]);
    let before = fs_err::read_to_string(&env_file).unwrap();
    let restarted = std::thread::scope(|threads| {
        let restart = threads.spawn(|| home.ctl(&["claude", "restart", "--yes"]));
        stand_in.wait_for("asked_to_quit", 1);
        let refused = home.ctl(&["claude", "off", "zoom"]);
        assert_eq!(refused.code, Some(1), "{}", refused.out);
        let why = "Claude Desktop is being restarted.";
        assert!(refused.err.contains(why), "{}", refused.err);
        assert_eq!(home.ctl(&["refresh"]).code, Some(0));
        wait_until(home.path(), || {
            fs_err::read_to_string(&env_file).unwrap() != before
        });
        assert_eq!(stand_in.count("started"), 1, "the restart goes on");
        fs_err::remove_file(&lingers).unwrap();
        restart.join().unwrap()
    });
    assert_eq!(
        restarted.code,
        Some(0),
        "{}{}",
        restarted.out,
        restarted.err
    );
    let line = fs_err::read_to_string(&env_file).unwrap();
    let token = line.trim().strip_prefix("ZOOM_ACCESS_TOKEN=").unwrap();
    assert!(
        config(&home).contains(token),
        "the newest goes into the config"
    );
    stand_in.wait_for("started", 2);
    watch.interrupt();
    assert_eq!(stand_in.count("asked_to_quit"), 1, "one restart for both");
}
