use crate::findings;
use black_box_tests::Home;

#[test]
fn each_with_its_code() {
    let home = Home::without_zoom();
    fs_err::write(home.claude_config(), "{}").unwrap();
    let lines = home.ctl(&["doctor"]).out;
    let all = findings(&home);
    assert_eq!(lines.lines().count(), all.len(), "{lines}");
    for (line, finding) in lines.lines().zip(&all) {
        let code = finding["code"].as_str().unwrap();
        assert!(line.ends_with(&format!(" [{code}]")), "{line}");
        assert!(
            line.contains(finding["subject"].as_str().unwrap()),
            "{line}"
        );
    }
}

#[test]
fn the_exit_code_tells_whether_all_is_well() {
    let home = Home::without_zoom();
    fs_err::write(home.claude_config(), "{}").unwrap();
    let told = home.ctl(&["doctor", "--json"]);
    let wrong = told.out.contains(r#""verdict": "wrong""#);
    assert!(wrong, "no account is saved: {}", told.out);
    assert_eq!(told.code, Some(1));
}
