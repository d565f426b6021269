//! What the tests of rooms share.

use black_box_tests::golden;
use serde_json::Value;

/// The ids of the objects in a list of a result.
pub fn ids(result: &Value, list: &str) -> Vec<String> {
    let list = result["structuredContent"][list].as_array();
    let list = list.unwrap_or_else(|| panic!("{result}"));
    let ids = list
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned());
    ids.collect()
}

/// A result's structured content, which the text repeats, as a golden file.
pub fn golden_result(name: &str, result: &Value) {
    assert_eq!(result["isError"], false, "{result}");
    let content = &result["structuredContent"];
    let text = result["content"][0]["text"].as_str().unwrap();
    let repeated: Value = serde_json::from_str(text).unwrap();
    assert_eq!(&repeated, content, "the text is the same content");
    golden(name, &format!("{content:#}\n"));
}
