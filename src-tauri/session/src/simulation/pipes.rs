//! Bytes in any chunks, cut into lines.

use crate::splitter::{Line, Splitter};
use proptest::prelude::*;

/// A line and the frames that come out of it; none for noise.
fn line() -> impl Strategy<Value = (String, Vec<String>)> {
    let text = "[ -~é☂]{0,30}";
    let message = text.prop_map(|text| {
        let text = serde_json::Value::from(text);
        format!(r#" {{"params" : {{"a":{text}, "n":1.0E5}},"jsonrpc":"2.0","id":-1,"method":"x"}}"#)
    });
    let message = message.boxed();
    let batch = prop::collection::vec(message.clone(), 1..4).prop_map(|messages| {
        let frames = messages
            .iter()
            .map(|message| message.trim_start().to_owned());
        (format!("[{}]", messages.join(" , ")), frames.collect())
    });
    prop_oneof![
        4 => message.prop_map(|message| (message.clone(), vec![message])),
        1 => batch,
        1 => "[a-z{}\\[\\]\",: ]{1,30}".prop_map(|noise| (noise, Vec::new())),
        1 => Just((String::new(), Vec::new())),
    ]
}

fn lines() -> impl Strategy<Value = (Vec<u8>, Vec<String>)> {
    let ends = prop_oneof![Just("\n"), Just("\r\n")];
    prop::collection::vec((line(), ends), 0..12).prop_map(|lines| {
        let mut bytes = Vec::new();
        let mut frames = Vec::new();
        for ((text, expected), end) in lines {
            bytes.extend_from_slice(text.as_bytes());
            bytes.extend_from_slice(end.as_bytes());
            frames.extend(expected);
        }
        (bytes, frames)
    })
}

fn frames(lines: &[Line]) -> Vec<&str> {
    let messages = lines.iter().filter_map(|line| match line {
        Line::Message(message) => Some(message),
        Line::Noise(_) | Line::Oversized(_) => None,
    });
    let texts = messages.map(|message| std::str::from_utf8(message.frame().as_bytes()).unwrap());
    texts.map(|text| text.strip_suffix('\n').unwrap()).collect()
}

proptest! {
    #[test]
    fn chunking_never_changes_frames_and_bytes_pass_unchanged(
        (bytes, expected) in lines(),
        cuts in prop::collection::vec(1..40_usize, 1..20),
    ) {
        let whole = Splitter::default().feed(&bytes);
        prop_assert_eq!(frames(&whole), expected);
        let mut splitter = Splitter::default();
        let mut pieces = Vec::new();
        let mut rest = bytes.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, after) = rest.split_at(rest.len().min(*cut));
            pieces.extend(splitter.feed(piece));
            rest = after;
        }
        prop_assert_eq!(pieces, whole);
    }
}
