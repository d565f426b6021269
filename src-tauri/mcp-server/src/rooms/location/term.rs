//! Words and numbers: how a query and a location's name are read.

/// A part of a text that means something by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// A word, in small letters.
    Word(String),
    /// A number, and what it counts if that was said.
    Number {
        /// `Floor 3` says so, `3` does not.
        of: Option<Level>,
        /// The number.
        number: u32,
    },
}

/// What is numbered in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Building,
    Floor,
}

/// A term with the text it was read from, for the report of what matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) term: Term,
    pub(super) text: String,
}

/// A code with an optional number and nothing else: `SF`, `sf1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    /// Two to four letters, small.
    pub(super) letters: String,
    pub(super) number: Option<u32>,
}

/// Small letters, everything else than letters and digits one space: what names are compared by.
pub(super) fn normalised(text: &str) -> String {
    tokens(text).join(" ")
}

/// The query as one code, if it is one.
pub(super) fn code(query: &str) -> Option<Code> {
    let query = query.trim().to_lowercase();
    let (letters, digits) = letters_then_digits(&query)?;
    let number = match digits {
        "" => None,
        digits => Some(digits.parse().ok()?),
    };
    is_code(letters).then(|| Code {
        letters: letters.to_owned(),
        number,
    })
}

/// Every term of a text, in order.
pub(super) fn terms(text: &str) -> Vec<Spoken> {
    let tokens = tokens(text);
    let mut rest = tokens.as_slice();
    let mut spoken = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        if let Some(pair) = two_tokens(first, after) {
            spoken.push(pair);
            rest = after.get(1..).unwrap_or_default();
        } else {
            one_token(first, &mut spoken);
            rest = after;
        }
    }
    spoken
}

fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `floor 3` and `3rd floor`; in `1 floor 3` the 3 is the floor's.
fn two_tokens(first: &str, after: &[String]) -> Option<Spoken> {
    let second = after.first()?;
    let (level, number) = match (level(first), level(second)) {
        (Some(level), None) => (level, ordinal(second)?),
        (None, Some(level)) if after.get(1).is_none_or(|third| ordinal(third).is_none()) => {
            (level, ordinal(first)?)
        }
        _ => return None,
    };
    Some(Spoken {
        term: Term::Number {
            of: Some(level),
            number,
        },
        text: format!("{first} {second}"),
    })
}

fn one_token(token: &str, spoken: &mut Vec<Spoken>) {
    let mut say = |term, text: &str| {
        spoken.push(Spoken {
            term,
            text: text.to_owned(),
        });
    };
    if let Some((of, number)) = number_alone(token) {
        say(Term::Number { of, number }, token);
    } else if let Some((letters, digits)) = code_and_number(token) {
        say(Term::Word(letters.to_owned()), letters);
        if let Ok(number) = digits.parse() {
            say(Term::Number { of: None, number }, digits);
        }
    } else {
        say(Term::Word(token.to_owned()), token);
    }
}

/// `3`, `3rd`, `3f`, `f3`, `floor3`, `b3`, `bldg3`.
fn number_alone(token: &str) -> Option<(Option<Level>, u32)> {
    if let Some(number) = ordinal(token) {
        return Some((None, number));
    }
    if let Some(number) = token.strip_suffix('f').and_then(digits) {
        return Some((Some(Level::Floor), number));
    }
    let (letters, number) = letters_then_digits(token)?;
    let of = match letters {
        "f" | "l" => Level::Floor,
        "b" => Level::Building,
        _ => level(letters)?,
    };
    Some((Some(of), digits(number)?))
}

/// `sf1`.
fn code_and_number(token: &str) -> Option<(&str, &str)> {
    letters_then_digits(token)
        .filter(|(letters, number)| is_code(letters) && digits(number).is_some())
}

fn level(token: &str) -> Option<Level> {
    match token {
        "floor" | "fl" | "flr" | "level" | "lvl" => Some(Level::Floor),
        "building" | "bldg" | "bld" => Some(Level::Building),
        _ => None,
    }
}

/// `3`, `1st`, `2nd`, `3rd`, `4th`.
fn ordinal(token: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| token.strip_suffix(ending))
        .unwrap_or(token);
    digits(bare)
}

/// A number of nothing but digits, and not so long that it is rather an id.
fn digits(text: &str) -> Option<u32> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

/// Letters, then digits up to the end, of which there may be none.
fn letters_then_digits(token: &str) -> Option<(&str, &str)> {
    let end = token
        .find(|letter: char| letter.is_ascii_digit())
        .unwrap_or(token.len());
    let (letters, rest) = token.split_at(end);
    let clean = !letters.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    clean.then_some((letters, rest))
}

fn is_code(letters: &str) -> bool {
    (2..=4).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Term {
        Term::Word(text.to_owned())
    }

    fn number(of: Option<Level>, number: u32) -> Term {
        Term::Number { of, number }
    }

    fn read(text: &str) -> Vec<Term> {
        terms(text).into_iter().map(|spoken| spoken.term).collect()
    }

    #[test]
    fn a_storey_is_read_in_every_way_people_write_it() {
        for text in [
            "Floor 3",
            "floor-3",
            "FLOOR3",
            "3rd floor",
            "3 floor",
            "Level 3",
            "f3",
            "3F",
            "L3",
        ] {
            assert_eq!(read(text), [number(Some(Level::Floor), 3)], "{text}");
        }
        for text in ["Building 12", "bldg. 12", "B12", "12th building"] {
            assert_eq!(read(text), [number(Some(Level::Building), 12)], "{text}");
        }
    }

    #[test]
    fn words_codes_and_numbers_keep_their_order() {
        let floor = number(Some(Level::Floor), 2);
        assert_eq!(
            read("SF1, Floor 2"),
            [word("sf"), number(None, 1), floor.clone()]
        );
        assert_eq!(read("sf 1 floor 2"), [word("sf"), number(None, 1), floor]);
        assert_eq!(read("Tower 3"), [word("tower"), number(None, 3)]);
        assert_eq!(read("Łódź Étage"), [word("łódź"), word("étage")]);
        assert_eq!(read("99999999999"), [word("99999999999")]);
        assert_eq!(read(" -/ "), []);
    }

    #[test]
    fn a_code_is_two_to_four_letters_and_a_number() {
        let code_of = |letters: &str, number| {
            Some(Code {
                letters: letters.to_owned(),
                number,
            })
        };
        assert_eq!(code(" SF1 "), code_of("sf", Some(1)));
        assert_eq!(code("nyc"), code_of("nyc", None));
        for text in [
            "s1",
            "london1",
            "sf 1",
            "sf1a",
            "1sf",
            "",
            "sf99999999999",
            "ñu1",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
