use crate::claude::{ANSWERS, QUESTION, WithClaude};
use black_box_tests::{program, wait_until};
use desktop_session::Panel;

#[test]
fn and_the_token_is_written_when_claude_is_quit() {
    let mut scene = WithClaude::served("inject", Panel::Absent);
    let variables = scene.stage.variables();
    let variables: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let window = scene
        .stage
        .desktop
        .window_driver(&program("zoomtray"), &[], &variables)
        .unwrap();
    window.wait_for_text("Refresh now").unwrap();
    scene.stand_in.start();
    let refresh = window.find("button.act").unwrap();
    window.click(&refresh).unwrap();
    // The cooldown is as long as the page's patience.
    if window.wait_for_text(QUESTION).is_err() {
        window.wait_for_text(QUESTION).unwrap();
    }
    scene.stage.picture("question-in-window");
    let answers: Vec<String> = (1..=3)
        .map(|place| {
            let button = window.find(&format!(".question button:nth-of-type({place})"));
            window.text(&button.unwrap()).unwrap()
        })
        .collect();
    assert_eq!(answers, ANSWERS);
    let when_quit = window.find(".question button:nth-of-type(2)").unwrap();
    window.click(&when_quit).unwrap();

    let before = scene.config_text();
    scene.stand_in.quit();
    let folder = scene.stage.desktop.home().join("Claude");
    wait_until(&folder, || scene.config_text() != before);
    window.wait_for_text("written into").unwrap();
    let page = window.page_text().unwrap();
    assert!(
        !page.contains(QUESTION),
        "an answered question is gone: {page}"
    );
    assert_eq!(scene.stand_in.count("started"), 1);
    window.close().unwrap();
}
