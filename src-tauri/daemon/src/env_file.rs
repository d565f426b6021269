//! The `.env` target: one line changes, the rest stays byte for byte.

/// The text with `key`'s value replaced, or with the line appended.
///
/// Quotes, `export`, spacing, comments behind quoted values and line ends are kept. Where a
/// key stands more than once the last one counts, as every reader of such files takes it.
pub(crate) fn with_value(text: &str, key: &str, value: &str) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(target) = lines.iter().rposition(|line| assigns(line, key)) else {
        let gap = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            newline
        };
        return format!("{text}{gap}{key}={value}{newline}");
    };
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            if index == target {
                replaced(line, value)
            } else {
                (*line).to_owned()
            }
        })
        .collect()
}

fn assigns(line: &str, key: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("export ").map_or(line, str::trim_start);
    line.strip_prefix(key)
        .is_some_and(|rest| rest.trim_start().starts_with('='))
}

fn replaced(line: &str, value: &str) -> String {
    let Some(equals) = line.find('=') else {
        return line.to_owned();
    };
    let (head, rest) = line.split_at(equals + 1);
    let body = rest.trim_end_matches(['\r', '\n']);
    let end = &rest[body.len()..];
    let indent = &body[..body.len() - body.trim_start().len()];
    let old = body.trim_start();
    match old.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let tail = old[1..].find(quote).map_or("", |close| &old[close + 2..]);
            format!("{head}{indent}{quote}{value}{quote}{tail}{end}")
        }
        _ => format!("{head}{indent}{value}{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::with_value;

    const KEY: &str = "ZOOM_ACCESS_TOKEN";

    #[test]
    fn only_the_tokens_line_changes() {
        let cases = [
            ("ZOOM_ACCESS_TOKEN=old\n", "ZOOM_ACCESS_TOKEN=new\n"),
            (
                "A=1\r\nZOOM_ACCESS_TOKEN=\"old\"\r\nB=2",
                "A=1\r\nZOOM_ACCESS_TOKEN=\"new\"\r\nB=2",
            ),
            (
                "export ZOOM_ACCESS_TOKEN='old' # mine\n",
                "export ZOOM_ACCESS_TOKEN='new' # mine\n",
            ),
            ("  ZOOM_ACCESS_TOKEN = old\n", "  ZOOM_ACCESS_TOKEN = new\n"),
            ("ZOOM_ACCESS_TOKEN=", "ZOOM_ACCESS_TOKEN=new"),
        ];
        for (before, after) in cases {
            assert_eq!(with_value(before, KEY, "new"), after);
        }
    }

    #[test]
    fn a_missing_line_is_appended_on_a_line_of_its_own() {
        assert_eq!(with_value("", KEY, "new"), "ZOOM_ACCESS_TOKEN=new\n");
        assert_eq!(
            with_value("A=1", KEY, "new"),
            "A=1\nZOOM_ACCESS_TOKEN=new\n"
        );
        assert_eq!(
            with_value("A=1\r\n", KEY, "new"),
            "A=1\r\nZOOM_ACCESS_TOKEN=new\r\n"
        );
    }

    #[test]
    fn comments_and_longer_names_are_left_alone() {
        let text = "# ZOOM_ACCESS_TOKEN=x\nZOOM_ACCESS_TOKEN_OLD=y\n";
        assert_eq!(
            with_value(text, KEY, "new"),
            format!("{text}ZOOM_ACCESS_TOKEN=new\n")
        );
    }

    #[test]
    fn of_several_lines_the_last_one_changes() {
        let text = "ZOOM_ACCESS_TOKEN=a\nZOOM_ACCESS_TOKEN=b\n";
        assert_eq!(
            with_value(text, KEY, "new"),
            "ZOOM_ACCESS_TOKEN=a\nZOOM_ACCESS_TOKEN=new\n"
        );
    }
}
