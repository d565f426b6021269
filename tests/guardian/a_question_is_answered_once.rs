use crate::{claude, expire_token, home, view};
use black_box_tests::Zoom;

/// A token waits for Claude Desktop to be quit, and nobody is there to answer.
#[test]
fn and_goes_when_claude_is_quit() {
    let zoom = Zoom::start();
    let (home, mut stand_in) = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    stand_in.start();
    expire_token(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("waits for your consent");
    let question = view(&home)["question"].clone();
    assert!(question["generation"].is_number(), "{question}");
    stand_in.quit();
    watch.read_until("config   done");
    assert!(view(&home)["question"].is_null(), "there is nothing to ask");
    watch.interrupt();
    assert_eq!(stand_in.count("asked_to_quit"), 1, "by its user");
    assert_eq!(zoom.token_requests(), 2);
}
