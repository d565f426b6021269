use crate::Scene;
use crate::scene::CONFIG;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

#[test]
fn is_left_alone() {
    let scene = Scene::new();
    fs_err::set_permissions(scene.config(), Permissions::from_mode(0o444)).unwrap();
    scene.said("config that is read-only", &scene.inject());
    assert_eq!(scene.text(), CONFIG);
    scene.is_tidy();
}
