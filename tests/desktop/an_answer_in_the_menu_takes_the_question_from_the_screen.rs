use crate::claude::{QUESTION, WithClaude, refresh, wait_for_question};
use crate::stage::{AFTER_COOLDOWN, SOON};
use desktop_session::Panel;

#[test]
fn and_restarts_nothing() {
    let mut scene = WithClaude::served("inject", Panel::WithTray);
    let notifications = scene.stage.desktop.notifications().unwrap();
    let (_app, item) = scene.stage.start_app();
    scene.stand_in.start();
    refresh(&item);
    notifications
        .wait_for(AFTER_COOLDOWN, |shown| shown.summary == QUESTION)
        .unwrap();
    wait_for_question(&item, true);
    item.menu().unwrap().press("Not this time").unwrap();
    wait_for_question(&item, false);
    notifications.wait_for_withdrawal(SOON).unwrap();
    assert_eq!(scene.stand_in.count("asked_to_quit"), 0);
    assert_eq!(scene.stand_in.count("started"), 1);
}
