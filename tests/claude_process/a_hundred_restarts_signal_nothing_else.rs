use crate::crowd::Crowd;
use black_box_tests::Home;

const RESTARTS: usize = 100;

#[test]
fn of_tools_namesakes_other_profiles_and_other_users() {
    let mut home = Home::without_zoom();
    let mut crowd = Crowd::new(&mut home);
    crowd.gather();
    for round in 1..=RESTARTS {
        let restart = home.ctl(&["claude", "restart", "--yes"]);
        assert_eq!(restart.code, Some(0), "{round}: {restart:?}");
        let asked = crowd.count("asked_to_quit");
        assert_eq!(asked, round, "one wish a restart");
    }
    assert_eq!(crowd.harmed(), Vec::<String>::new());
    assert_eq!(crowd.count("started"), RESTARTS + 1);
}
