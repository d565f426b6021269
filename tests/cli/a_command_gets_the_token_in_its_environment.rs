use black_box_tests::{Home, Zoom};

#[test]
fn under_the_usual_name_or_another() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let token = home.ctl(&["token"]).out;
    let usual = home.ctl(&["run", "--", "printenv", "ZOOM_ACCESS_TOKEN"]);
    assert_eq!((usual.code, usual.out), (Some(0), token.clone()));
    let other = home.ctl(&["run", "--env", "TOKEN", "--", "printenv", "TOKEN"]);
    assert_eq!(other.out, token);
}

#[test]
fn and_its_exit_code_is_ours() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    assert_eq!(home.ctl(&["run", "--", "sh", "-c", "exit 7"]).code, Some(7));
}
