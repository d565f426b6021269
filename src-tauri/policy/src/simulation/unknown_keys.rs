//! A file that says anything that is not understood is no policy.

use super::document::document;
use crate::mistake::Problem;
use crate::pointer::Pointer;
use crate::rules::Policy;
use proptest::prelude::*;
use serde_json::Value;

/// The places of all objects in which keys are known.
fn objects(value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match value {
        Value::Object(object) => {
            // Under `tools` every key is a tool.
            if at.as_str() != "/tools" {
                found.push(at.clone());
            }
            for (name, value) in object {
                objects(value, &at.child(name), found);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                objects(value, &at.item(index), found);
            }
        }
        _ => {}
    }
}

/// The line, from 1, of the one key `zz` in `text`.
fn line_of_key(text: &str) -> Option<usize> {
    let at = text.lines().position(|line| line.contains("\"zz\""));
    at.map(|at| at + 1)
}

proptest! {
    #[test]
    fn an_unknown_key_anywhere_is_named_with_its_place_and_line(
        document in document(),
        nth in any::<prop::sample::Index>(),
    ) {
        let mut file = document.json();
        let mut places = Vec::new();
        objects(&file, &Pointer::default(), &mut places);
        let place = nth.get(&places);
        let object = file.pointer_mut(place.as_str()).and_then(Value::as_object_mut);
        object.unwrap().insert("zz".to_owned(), Value::Null);
        let text = format!("{file:#}");
        let mistakes = Policy::parse(text.as_bytes()).unwrap_err();
        prop_assert_eq!(mistakes.len(), 1);
        prop_assert_eq!(&mistakes[0].pointer, &place.child("zz"));
        prop_assert_eq!(mistakes[0].line, line_of_key(&text));
        let is_unknown = matches!(mistakes[0].problem, Problem::Unknown { .. });
        prop_assert!(is_unknown);
    }

    #[test]
    fn a_file_that_is_cut_off_is_no_policy(
        document in document(),
        nth in any::<prop::sample::Index>(),
    ) {
        let text = document.json().to_string();
        let end = nth.index(text.len());
        prop_assert!(Policy::parse(&text.as_bytes()[..end]).is_err());
        prop_assert!(Policy::parse(text.as_bytes()).is_ok());
    }
}
