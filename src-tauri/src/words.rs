//! Sentences as they are written for every viewer, and as a plain one shows them.

/// `text` without the backticks around commands: for menus and notifications, which have no
/// other way to set them apart. The window shows them in another font.
#[must_use]
pub fn without_code_marks(text: &str) -> String {
    text.replace('`', "")
}

/// `clause` as a sentence: it begins with a capital and ends with a full stop.
#[must_use]
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let rest = letters.as_str().trim_end_matches('.');
    format!("{}{rest}.", first.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_stands_without_its_marks() {
        assert_eq!(
            without_code_marks("Run `zoomtrayctl claude restore`, to try once more."),
            "Run zoomtrayctl claude restore, to try once more."
        );
        assert_eq!(without_code_marks("No command."), "No command.");
    }

    #[test]
    fn a_clause_becomes_a_sentence_once() {
        let table = [
            ("quit it from its icon", "Quit it from its icon."),
            ("Quit it.", "Quit it."),
            ("", ""),
        ];
        for (clause, expected) in table {
            assert_eq!(sentence(clause), expected);
        }
    }
}
