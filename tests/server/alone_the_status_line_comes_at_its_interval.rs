use black_box_tests::{Home, Mcp, Zoom};
use regex::Regex;

#[test]
fn in_the_documented_form_without_a_call_and_without_the_token() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    let mut server = Mcp::open(&home);
    let form =
        r"^🔑 Token Status: ✅ Expires in (1h 0m|59m \d+s) \(at \d{1,2}:\d{2}:\d{2} [AP]M\)$";
    let form = Regex::new(form).unwrap();
    for _line in 0..3 {
        let line = server.says("Token Status");
        assert!(form.is_match(&line), "{line}");
    }
    assert_eq!(zoom.token_requests(), 1);
    let token = home.ctl(&["token"]).out;
    let closed = server.close();
    assert_eq!(closed.code, Some(0));
    assert!(!closed.err.contains(token.trim()), "{}", closed.err);
}

#[test]
fn and_a_bad_interval_is_named() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    home.set("ZOOM_AUTO_REFRESH_THRESHOLD", "soon");
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    let mut server = Mcp::open(&home);
    let line = server.says("ZOOM_AUTO_REFRESH_THRESHOLD");
    assert!(line.contains("300 is used"), "{line}");
    server.says("Token Status");
}
