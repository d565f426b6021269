use crate::Scene;
use crate::scene::CONFIG;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

#[test]
fn is_left_alone() {
    let scene = Scene::new();
    fs_err::set_permissions(scene.folder(), Permissions::from_mode(0o500)).unwrap();
    let inject = scene.inject_as_bound_by_modes();
    fs_err::set_permissions(scene.folder(), Permissions::from_mode(0o700)).unwrap();
    scene.said("config in a folder that is read-only", &inject);
    assert_eq!(scene.text(), CONFIG);
    scene.is_tidy();
}
