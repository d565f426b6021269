use crate::Scene;
use crate::interrupted::{Moment, interrupted};
use crate::scene::CONFIG;

#[test]
fn is_left_alone() {
    let scene = Scene::new();
    fs_err::remove_file(scene.config()).unwrap();
    fs_err::create_dir_all(scene.config().join("inside")).unwrap();
    scene.said("config that is a folder", &scene.inject());
    assert!(scene.config().join("inside").is_dir());
    scene.is_tidy();
}

#[test]
fn also_when_it_becomes_one_in_the_middle_of_a_write() {
    let scene = Scene::new();
    let inject = interrupted(&scene, Moment::BeforeRename, || {
        fs_err::remove_file(scene.config()).unwrap();
        fs_err::create_dir(scene.config()).unwrap();
    });
    scene.said("config that is a folder", &inject);
    assert!(scene.config().is_dir());
    scene.is_tidy();
    fs_err::remove_dir(scene.config()).unwrap();
    scene.write(CONFIG);
    assert_eq!(scene.inject().code, Some(0));
    assert_eq!(scene.text(), scene.with_token(CONFIG));
}
