use crate::claude::{
    ANSWERS, QUESTION, WithClaude, answers, question_is_open, refresh, wait_for_question,
};
use crate::stage::AFTER_COOLDOWN;
use desktop_session::Panel;

#[test]
fn and_the_question_is_in_the_menu_meanwhile() {
    let mut scene = WithClaude::served("inject", Panel::WithTray);
    let notifications = scene.stage.desktop.notifications().unwrap();
    let (_app, item) = scene.stage.start_app();
    scene.stand_in.start();
    assert!(!question_is_open(&item), "nothing is to be asked yet");
    refresh(&item);
    let asked = notifications
        .wait_for(AFTER_COOLDOWN, |shown| shown.summary == QUESTION)
        .unwrap();
    let labels: Vec<&String> = asked.actions.iter().skip(1).step_by(2).collect();
    assert_eq!(labels, ANSWERS, "{asked:?}");
    assert!(
        asked.body.contains("entry zoom uses the old one"),
        "{asked:?}"
    );
    wait_for_question(&item, true);
    let in_menu: Vec<String> = answers(&item);
    assert_eq!(in_menu, ANSWERS, "the menu has the same lines");
    scene.stage.picture("question");

    scene.stage.desktop.choose_action("Restart now").unwrap();
    scene.stand_in.wait_for("started", 2);
    wait_for_question(&item, false);
    let lines = item.menu().unwrap().labels().unwrap();
    assert!(
        lines.contains(&"Claude Desktop: connected, 1 server".to_owned()),
        "{lines:?}"
    );
    scene.stage.picture("question-answered");
    assert_eq!(scene.stand_in.count("asked_to_quit"), 1, "once");
    assert_eq!(
        scene.stage.zoom.token_requests(),
        2,
        "one press is one token"
    );
    let read = scene.stand_in.told("started")[1]["read"]["zoom"]["ZOOM_ACCESS_TOKEN"].clone();
    let before = scene.stand_in.told("started")[0]["read"]["zoom"]["ZOOM_ACCESS_TOKEN"].clone();
    assert_ne!(read, before, "it has the new token");
}
