//! `zoom_list_recordings`: a range of any length, in pages.

use super::input::ListRecordings;
use super::windows::{Place, Range};
use crate::caller::{Zoom, items_of, next_token, same_page_again, with_token};
use crate::clock;
use crate::outcome::{Failure, Outcome, Success};
use serde_json::{Value, json};
use std::time::Duration;
use zoom::ApiRequest;

/// A further page is begun only if it can still be answered; what was read is not lost for it.
const FOR_ANOTHER_PAGE: Duration = Duration::from_secs(16);

/// What was asked for.
struct Reading<'a> {
    zoom: &'a Zoom,
    input: &'a ListRecordings,
    range: Range,
    windows: Vec<Range>,
    /// Requests so far, for progress.
    requests: u32,
}

/// What one answer of the tool holds.
struct Page {
    meetings: Vec<Value>,
    /// The sum over the windows that were read from their beginning.
    total: u64,
    next: Place,
}

/// Runs the tool.
pub(super) async fn run(zoom: &Zoom, input: &ListRecordings) -> Outcome {
    let mut reading = Reading::new(zoom, input)?;
    let mut place = reading.start()?;
    if reading.windows.len() == 1 && input.page_number.unwrap_or(1) == 1 {
        return Ok(Success::body(reading.request(&place).await?));
    }
    let whole = place == Place::default();
    for _page in 1..input.page_number.unwrap_or(1) {
        place = reading.page(place).await?.next;
        if reading.is_end(&place) {
            return Ok(Success::body(reading.empty()));
        }
    }
    let page = reading.page(place).await?;
    Ok(Success::body(reading.body(page, whole)))
}

impl<'a> Reading<'a> {
    fn new(zoom: &'a Zoom, input: &'a ListRecordings) -> Result<Self, Failure> {
        let days = |day: Option<super::input::Day>| day.map(|day| day.0);
        let today = clock::day(zoom.now());
        let range = Range::asked(days(input.from_date), days(input.to_date), today);
        let range = range.ok_or_else(|| {
            Failure::new("Nothing was asked: from_date is after to_date. Exchange them.")
        })?;
        Ok(Self {
            zoom,
            input,
            range,
            windows: range.windows(),
            requests: 0,
        })
    }

    fn start(&self) -> Result<Place, Failure> {
        let token = self.input.next_page_token.as_deref().unwrap_or_default();
        if !token.is_empty() && self.input.page_number.is_some_and(|number| number > 1) {
            return Err(Failure::new(
                "Nothing was asked: give next_page_token or page_number, not both.",
            ));
        }
        Place::read(token, self.windows.len()).ok_or_else(|| {
            Failure::new(
                "Nothing was asked: next_page_token belongs to other dates. Give the same \
                 from_date and to_date as before, or leave it out.",
            )
        })
    }

    /// Reads on from a place until there is a page's worth, the end, or no time for more.
    async fn page(&mut self, mut place: Place) -> Result<Page, Failure> {
        let mut meetings = Vec::new();
        let mut total = 0;
        while !self.is_end(&place) {
            let body = self.request(&place).await?;
            if place.token.is_empty() {
                total += body
                    .get("total_records")
                    .and_then(Value::as_u64)
                    .unwrap_or(0);
            }
            let next = place.after(next_token(&body));
            if next == place {
                return Err(same_page_again());
            }
            place = next;
            meetings.extend(items_of(body, "meetings")?);
            self.tell(&place, meetings.len()).await;
            let full = meetings.len() >= self.input.page_size.get() as usize;
            if full || self.zoom.time_left() < FOR_ANOTHER_PAGE {
                break;
            }
        }
        Ok(Page {
            meetings,
            total,
            next: place,
        })
    }

    async fn request(&mut self, place: &Place) -> Result<Value, Failure> {
        let window = self.windows.get(place.window).unwrap_or(&self.range);
        let request = ApiRequest::get(&["users", "me", "recordings"])?
            .with("from", window.from)
            .with("to", window.to)
            .with("page_size", self.input.page_size.get());
        self.requests += 1;
        self.zoom.read(with_token(request, &place.token)).await
    }

    async fn tell(&self, place: &Place, found: usize) {
        let (done, all) = (place.window, self.windows.len());
        let message = format!("{done} of {all} months read, {found} recordings found");
        // Pages within a month make the total a guess, so none is told.
        self.zoom.progress(self.requests, None, &message).await;
    }

    fn is_end(&self, place: &Place) -> bool {
        place.window >= self.windows.len()
    }

    fn body(&self, page: Page, whole: bool) -> Value {
        let next = page.next.text(self.windows.len());
        let mut body = self.empty();
        if whole && next.is_empty() && self.input.page_number.unwrap_or(1) == 1 {
            body["total_records"] = page.total.into();
        }
        body["next_page_token"] = next.into();
        body["meetings"] = page.meetings.into();
        body
    }

    /// Zoom's form without recordings.
    fn empty(&self) -> Value {
        json!({
            "from": self.range.from.to_string(),
            "to": self.range.to.to_string(),
            "page_size": self.input.page_size.get(),
            "next_page_token": "",
            "meetings": [],
        })
    }
}
