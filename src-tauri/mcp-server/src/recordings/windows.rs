//! A range of days in the months that Zoom answers one at a time, and where a reader is in them.
//! Pure.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// Days before the last one, where no first is given.
const USUAL_DAYS: i64 = 30;
/// What a place's text begins with: no token of Zoom's does.
const MARK: &str = "month-";

/// Days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: Date,
    pub(super) to: Date,
}

/// Where the next page is: which window, and Zoom's token in it (empty at its beginning).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) window: usize,
    pub(super) token: String,
}

impl Range {
    /// The days asked for; none if they end before they begin.
    pub(super) fn asked(from: Option<Date>, to: Option<Date>, today: Date) -> Option<Self> {
        let to = to.unwrap_or_else(|| from.map_or(today, |from| from.max(today)));
        let usual = || to.checked_sub(USUAL_DAYS.days()).unwrap_or(Date::MIN);
        let from = from.unwrap_or_else(usual);
        (from <= to).then_some(Self { from, to })
    }

    /// The same days in pieces of at most a month, the last days first, as Zoom sorts a page.
    pub(super) fn windows(self) -> Vec<Self> {
        let mut windows = Vec::new();
        let mut to = self.to;
        loop {
            // The month before a day, without that very day: no day is in two windows.
            let month = to.checked_sub(1.month()).and_then(Date::tomorrow);
            let from = month.map_or(self.from, |month| month.max(self.from));
            windows.push(Self { from, to });
            match from.yesterday() {
                Ok(before) if from > self.from => to = before,
                _ => return windows,
            }
        }
    }
}

impl Place {
    /// What the client is told as `next_page_token`. Within one window it is Zoom's own.
    pub(super) fn text(&self, windows: usize) -> String {
        if windows == 1 || (self.window >= windows && self.token.is_empty()) {
            return self.token.clone();
        }
        format!("{MARK}{}:{}", self.window, self.token)
    }

    /// The place a client's token leads to; none for one of other dates.
    pub(super) fn read(text: &str, windows: usize) -> Option<Self> {
        let Some(rest) = text.strip_prefix(MARK) else {
            let only = windows == 1 || text.is_empty();
            return only.then(|| Self {
                window: 0,
                token: text.to_owned(),
            });
        };
        let (window, token) = rest.split_once(':')?;
        let window = window.parse().ok()?;
        (window < windows && windows > 1).then(|| Self {
            window,
            token: token.to_owned(),
        })
    }

    /// The place after a page of this one's window, whose answer named `next`.
    pub(super) fn after(&self, next: String) -> Self {
        if next.is_empty() {
            Self {
                window: self.window + 1,
                token: String::new(),
            }
        } else {
            Self {
                window: self.window,
                token: next,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn range(from: &str, to: &str) -> Range {
        Range {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    fn windows(from: &str, to: &str) -> Vec<String> {
        let windows = range(from, to).windows().into_iter();
        windows
            .map(|window| format!("{}..{}", window.from, window.to))
            .collect()
    }

    #[test]
    fn a_month_is_one_window() {
        for (from, to) in [
            ("2021-03-01", "2021-03-31"),
            ("2021-02-01", "2021-02-28"),
            ("2021-02-15", "2021-03-14"),
            ("2021-03-18", "2021-03-18"),
        ] {
            assert_eq!(windows(from, to), [format!("{from}..{to}")]);
        }
    }

    #[test]
    fn longer_ranges_are_split_without_gap_or_overlap() {
        assert_eq!(
            windows("2021-01-15", "2021-04-10"),
            [
                "2021-03-11..2021-04-10",
                "2021-02-11..2021-03-10",
                "2021-01-15..2021-02-10",
            ]
        );
        assert_eq!(
            windows("2021-01-31", "2021-03-31"),
            ["2021-03-01..2021-03-31", "2021-01-31..2021-02-28"]
        );
        for days in 0..800 {
            let from = date(2019, 1, 31);
            let to = from.checked_add(days.days()).unwrap();
            let windows = Range { from, to }.windows();
            assert_eq!((windows[0].to, windows.last().unwrap().from), (to, from));
            for pair in windows.windows(2) {
                assert_eq!(pair[1].to.tomorrow().unwrap(), pair[0].from, "{days}");
            }
            for window in windows {
                let month_later = window.from.checked_add(1.month()).unwrap();
                assert!(
                    window.from <= window.to && window.to <= month_later,
                    "{days}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_given_is_the_last_thirty_days() {
        let today = date(2026, 3, 31);
        let asked = |from: Option<&str>, to: Option<&str>| {
            let day = |text: Option<&str>| text.map(|text| text.parse::<Date>().unwrap());
            Range::asked(day(from), day(to), today)
        };
        assert_eq!(asked(None, None), Some(range("2026-03-01", "2026-03-31")));
        assert_eq!(
            asked(None, Some("2021-03-31")),
            Some(range("2021-03-01", "2021-03-31"))
        );
        assert_eq!(
            asked(Some("2026-03-30"), None),
            Some(range("2026-03-30", "2026-03-31"))
        );
        assert_eq!(
            asked(Some("2026-04-02"), None),
            Some(range("2026-04-02", "2026-04-02"))
        );
        assert_eq!(asked(Some("2021-04-01"), Some("2021-03-31")), None);
    }

    #[test]
    fn a_place_survives_its_text() {
        let place = |window, token: &str| Place {
            window,
            token: token.to_owned(),
        };
        for (place, windows, text) in [
            (place(0, ""), 1, ""),
            (place(0, "abc"), 1, "abc"),
            (place(1, ""), 3, "month-1:"),
            (place(2, "a:b"), 3, "month-2:a:b"),
        ] {
            assert_eq!(place.text(windows), text);
            assert_eq!(Place::read(text, windows), Some(place));
        }
        assert_eq!(place(3, "").text(3), "", "the end");
        assert_eq!(place(1, "").text(1), "", "the end");
    }

    #[test]
    fn a_token_of_other_dates_leads_nowhere() {
        for (text, windows) in [
            ("abc", 3),
            ("month-3:", 3),
            ("month-1:", 1),
            ("month-x:", 3),
        ] {
            assert_eq!(Place::read(text, windows), None, "{text} {windows}");
        }
    }

    #[test]
    fn a_window_is_followed_by_the_next_at_its_end() {
        let first = Place::default();
        let second = first.after("abc".into());
        assert_eq!((second.window, second.token.as_str()), (0, "abc"));
        assert_eq!(second.after(String::new()).window, 1);
    }
}
