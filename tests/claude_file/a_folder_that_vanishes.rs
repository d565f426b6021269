use crate::Scene;
use crate::interrupted::{Moment, interrupted};
use crate::scene::CONFIG;

#[test]
fn in_the_middle_of_a_write_takes_nothing_along() {
    let scene = Scene::new();
    let aside = scene.home.path().join("aside");
    let inject = interrupted(&scene, Moment::BeforeRename, || {
        fs_err::rename(scene.folder(), &aside).unwrap();
    });
    scene.said("folder that vanishes", &inject);
    assert!(!scene.folder().exists(), "the folder is Claude's to make");
    let kept = fs_err::read_to_string(aside.join("claude_desktop_config.json")).unwrap();
    assert_eq!(kept, CONFIG);
    fs_err::rename(&aside, scene.folder()).unwrap();
    assert_eq!(scene.inject().code, Some(0));
    assert_eq!(scene.text(), scene.with_token(CONFIG));
    scene.is_tidy();
}

#[test]
fn before_it_is_said_by_name() {
    let scene = Scene::new();
    fs_err::remove_dir_all(scene.folder()).unwrap();
    scene.said("folder that is not there", &scene.inject());
    assert!(!scene.folder().exists());
}
