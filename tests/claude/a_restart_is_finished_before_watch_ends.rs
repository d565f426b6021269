use crate::{claude, config, home};
use black_box_tests::{StandIn, Zoom};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use std::process::Stdio;

#[test]
fn when_it_is_interrupted_in_the_middle() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let lingers = home.path().join("lingers");
    fs_err::write(&lingers, "").unwrap();
    let options = json!({"helpers_linger_while": lingers});
    let mut stand_in = StandIn::install_with(&mut home, &options);
    stand_in.start();
    let token = home.ctl(&["token"]).out;
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    claude(&home, &["inject", "zoom"]);
    let mut command = home.command("zoomtrayctl");
    command.args(["claude", "restart", "--yes"]);
    let nothing = (Stdio::null(), Stdio::null());
    let mut ordered = command.stdin(nothing.0).stdout(nothing.1).spawn().unwrap();
    stand_in.wait_for("asked_to_quit", 1);
    let pid = Pid::from_raw(i32::try_from(watch.pid()).unwrap());
    kill_process(pid.unwrap(), Signal::INT).unwrap();
    watch.read_until("Claude Desktop is being restarted");
    fs_err::remove_file(&lingers).unwrap();
    assert_eq!(watch.ended(), Some(0));
    stand_in.wait_for("started", 2);
    assert!(config(&home).contains(token.trim()));
    ordered.wait().unwrap();
}
