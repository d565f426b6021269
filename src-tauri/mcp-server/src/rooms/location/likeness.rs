//! How well one term of a query fits one location, from 0 to 100.
//!
//! A number fits or does not; a word fits as a name, as part of one, as a code, or nearly.

use super::place::{Location, LocationKind};
use super::term::{Level, Spoken, Term, normalised, terms};

/// The word is one of the name's.
const WHOLE_WORD: u8 = 100;
/// The word is the place's own code.
const CODE: u8 = 95;
/// The word is made of the first letters of the name.
const INITIALS: u8 = 90;
/// The word is what kind of place it is.
const KIND: u8 = 90;
/// The word begins a word of the name, or its code.
const BEGINNING: u8 = 85;
/// The word is in a word of the name, or the other way round.
const PART: u8 = 70;
/// What a mistyped word reaches at most.
const TYPING_ERROR: f64 = 80.0;
/// Less alike than this is another word.
const ALIKE: f64 = 0.7;
/// Shorter words are other words soon.
const SHORTEST_TYPING_ERROR: usize = 4;

/// A location with its name taken apart.
pub(super) struct Described<'h> {
    pub(super) location: &'h Location,
    pub(super) name: String,
    pub(super) terms: Vec<Term>,
    initials: String,
    place_code: Option<String>,
}

impl<'h> Described<'h> {
    pub(super) fn new(location: &'h Location) -> Self {
        let terms: Vec<Term> = terms(&location.name)
            .into_iter()
            .map(|Spoken { term, .. }| term)
            .collect();
        Self {
            location,
            name: normalised(&location.name),
            initials: initials(&terms),
            place_code: place_code(&location.name),
            terms,
        }
    }

    /// How well `term` fits.
    pub(super) fn likeness(&self, term: &Term) -> u8 {
        match term {
            Term::Number { of, number } if self.is_number(*of, *number) => WHOLE_WORD,
            Term::Number { .. } => 0,
            Term::Word(word) => self.word(word),
        }
    }

    /// How well `letters` name this place as a code: 0, or from 80 up.
    pub(super) fn code(&self, letters: &str) -> u8 {
        let place = self.place_code.as_deref().unwrap_or_default();
        if self.has_word(letters) || place == letters {
            CODE
        } else if self.initials == letters {
            INITIALS
        } else if place.starts_with(letters)
            || (letters.len() > 2 && self.name.starts_with(letters))
        {
            BEGINNING
        } else {
            0
        }
    }

    /// Whether this is number `number` of its kind; of any kind, if none is given.
    pub(super) fn is_number(&self, of: Option<Level>, number: u32) -> bool {
        self.terms.iter().any(|term| match term {
            Term::Number {
                of: own,
                number: same,
            } => *same == number && (of.is_none() || own.or(self.level()) == of),
            Term::Word(_) => false,
        })
    }

    /// What else people call it: a code, and the short forms of its number.
    pub(super) fn short_forms(&self) -> Vec<String> {
        let mut forms: Vec<String> = self.place_code.iter().cloned().collect();
        let number = self.terms.iter().find_map(|term| match term {
            Term::Number { number, .. } => Some(number),
            Term::Word(_) => None,
        });
        match (self.level(), number) {
            (Some(Level::Building), Some(number)) => {
                forms.extend([format!("bldg {number}"), format!("b{number}")]);
            }
            (Some(Level::Floor), Some(number)) => {
                forms.extend([format!("level {number}"), format!("f{number}")]);
            }
            _ => {}
        }
        forms
    }

    fn level(&self) -> Option<Level> {
        match self.location.kind {
            LocationKind::Building => Some(Level::Building),
            LocationKind::Floor => Some(Level::Floor),
            _ => None,
        }
    }

    fn has_word(&self, word: &str) -> bool {
        self.words().any(|own| own == word)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter_map(|term| match term {
            Term::Word(word) => Some(word.as_str()),
            Term::Number { .. } => None,
        })
    }

    fn word(&self, word: &str) -> u8 {
        let as_name = self.words().map(|own| words(word, own)).max();
        let as_kind = if self.location.kind.as_str() == word {
            KIND
        } else {
            0
        };
        as_name
            .unwrap_or(0)
            .max(as_kind)
            .max(self.code_in_a_text(word))
    }

    /// In a longer text a short word is a code only if it says so plainly: `new` begins no city.
    fn code_in_a_text(&self, word: &str) -> u8 {
        if word.len() < 2 || word.len() > 4 {
            return 0;
        }
        self.code(word)
    }
}

/// How well a word fits a word of a name.
fn words(asked: &str, own: &str) -> u8 {
    let (short, long) = (asked.chars().count(), own.chars().count());
    if asked == own {
        WHOLE_WORD
    } else if short >= 2 && own.starts_with(asked) {
        BEGINNING
    } else if (short > 2 && own.contains(asked)) || (long > 2 && asked.contains(own)) {
        PART
    } else if short.min(long) >= SHORTEST_TYPING_ERROR {
        typing_error(strsim::normalized_damerau_levenshtein(asked, own))
    } else {
        0
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 80"
)]
fn typing_error(alike: f64) -> u8 {
    if alike < ALIKE {
        0
    } else {
        (TYPING_ERROR * alike.min(1.0)) as u8
    }
}

/// The first letters of a name of several words.
fn initials(terms: &[Term]) -> String {
    let letters = terms.iter().filter_map(|term| match term {
        Term::Word(word) => word.chars().next(),
        Term::Number { .. } => None,
    });
    let initials: String = letters.collect();
    if initials.chars().count() > 1 {
        initials
    } else {
        String::new()
    }
}

/// The place in a UN/LOCODE: two letters of a country, then three of a place (`USSFO`).
fn place_code(name: &str) -> Option<String> {
    let name = name.trim();
    let plain = name.len() == 5 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    plain
        .then(|| name.get(2..).map(str::to_lowercase))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::super::testing::location;
    use super::*;

    fn code(name: &str, letters: &str) -> u8 {
        Described::new(&location("id", name, "campus", "")).code(letters)
    }

    fn fits(name: &str, word: &str) -> u8 {
        Described::new(&location("id", name, "campus", "")).likeness(&Term::Word(word.into()))
    }

    #[test]
    fn codes_come_from_words_locodes_initials_and_beginnings() {
        assert_eq!(code("SF Campus", "sf"), CODE);
        assert_eq!(code("USSFO", "sfo"), CODE);
        assert_eq!(code("USSFO", "sf"), BEGINNING);
        assert_eq!(code("San Francisco", "sf"), INITIALS);
        assert_eq!(code("New York City", "nyc"), INITIALS);
        assert_eq!(code("Denver", "den"), BEGINNING);
        assert_eq!(code("Denver", "de"), 0, "two letters begin too many names");
        assert_eq!(code("Denver", "nver"), 0);
    }

    #[test]
    fn words_fit_whole_in_part_or_nearly() {
        assert_eq!(fits("San Francisco", "francisco"), WHOLE_WORD);
        assert_eq!(fits("San Francisco", "franc"), BEGINNING);
        assert_eq!(fits("San Francisco", "cisco"), PART);
        assert!((60..80).contains(&fits("San Francisco", "fransisco")));
        assert!((60..80).contains(&fits("München", "munchen")));
        assert_eq!(fits("San Francisco", "denver"), 0);
        assert_eq!(fits("Denver", "campus"), KIND);
    }

    #[test]
    fn a_number_counts_what_it_says() {
        let floor = location("id", "Third / 3", "floor", "");
        let floor = Described::new(&floor);
        assert!(floor.is_number(None, 3));
        assert!(floor.is_number(Some(Level::Floor), 3));
        assert!(!floor.is_number(Some(Level::Building), 3));
        assert!(!floor.is_number(None, 2));
    }
}
