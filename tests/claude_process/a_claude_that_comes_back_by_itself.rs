use crate::Scene;
use serde_json::json;

#[test]
fn is_left_alone_and_gets_the_token_once_it_is_gone() {
    let scene = Scene::new(&json!({"come_back": true}));
    let mut watch = scene.home.watch(&[]);
    watch.read_until("✅");
    let restart = scene.home.ctl(&["claude", "restart", "--yes"]);
    assert_eq!(restart.code, Some(1));
    scene.said("Claude that comes back by itself", &restart.out);
    scene.holds("original-value");
    scene.stand_in.wait_for("started", 2);
    assert_eq!(scene.stand_in.count("asked_to_quit"), 1, "no second wish");
    rustix::process::kill_process(scene.newest(), rustix::process::Signal::KILL).unwrap();
    watch.read_until("config   done");
    watch.interrupt();
    scene.holds(&scene.token);
}
