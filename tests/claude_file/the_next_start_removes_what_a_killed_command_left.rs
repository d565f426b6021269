use crate::Scene;
use crate::interrupted::{Moment, killed};
use crate::scene::CONFIG;

#[test]
fn beside_the_config() {
    let scene = Scene::new();
    killed(&scene, Moment::BeforeRename);
    assert_eq!(scene.text(), CONFIG);
    let status = scene.home.ctl(&["claude", "status"]);
    assert_eq!(status.code, Some(0), "{status:?}");
    scene.is_tidy();
    assert_eq!(scene.inject().code, Some(0));
    assert_eq!(scene.text(), scene.with_token(CONFIG));
}
