//! Prompts: what people often ask of Zoom, in steps that name the tools.

use rmcp::ErrorData;
use rmcp::model::{GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::Value;

const RECAP: &str = "meeting_recap";
const WEEK: &str = "weeks_meetings";
const ROOMS: &str = "room_availability";

/// Every prompt.
pub(crate) fn all() -> Vec<Prompt> {
    vec![
        prompt(
            RECAP,
            "Recap of a meeting",
            "What was said and decided in a recorded meeting, and by whom what is to be done",
            Some(("meeting_id", "The meeting's number or UUID", true)),
        ),
        prompt(
            WEEK,
            "The week's meetings",
            "The meetings of the coming seven days, with conflicts and what to prepare",
            None,
        ),
        prompt(
            ROOMS,
            "Room availability",
            "Which Zoom Rooms are free now, at a place or everywhere",
            Some((
                "location",
                "A place, by name or code; everywhere unless given",
                false,
            )),
        ),
    ]
}

fn prompt(
    name: &str,
    title: &str,
    description: &str,
    argument: Option<(&str, &str, bool)>,
) -> Prompt {
    let argument = argument.map(|(name, description, required)| {
        let argument = PromptArgument::new(name).with_description(description);
        vec![argument.with_required(required)]
    });
    Prompt::new(name, Some(description), argument).with_title(title)
}

/// A prompt with its arguments filled in.
pub(crate) fn get(name: &str, arguments: &JsonObject) -> Result<GetPromptResult, ErrorData> {
    let text = match name {
        RECAP => recap(argument(arguments, "meeting_id").ok_or_else(|| {
            ErrorData::invalid_params("meeting_recap needs the argument meeting_id.", None)
        })?),
        WEEK => WEEK_TEXT.to_owned(),
        ROOMS => rooms(argument(arguments, "location")),
        _ => {
            let message = format!("There is no prompt {name:?}; prompts/list names them.");
            return Err(ErrorData::invalid_params(message, None));
        }
    };
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(
        Role::User,
        text,
    )]))
}

fn argument<'a>(arguments: &'a JsonObject, name: &str) -> Option<&'a str> {
    let text = arguments.get(name).and_then(Value::as_str)?.trim();
    (!text.is_empty()).then_some(text)
}

fn recap(meeting: &str) -> String {
    format!(
        "Write a recap of the Zoom meeting {meeting}. Read what was said with \
         zoom_get_meeting_transcript and who was there with get_meeting_participants. If there is \
         no transcript, say so and use get_meeting for what was planned. Give: a summary in five \
         sentences; the decisions; what is to be done, by whom and until when; questions left \
         open. Quote times from the transcript for each decision, and add nothing that was not \
         said."
    )
}

const WEEK_TEXT: &str = "Show my Zoom meetings of the coming seven days. Read them with \
                         list_meetings (type upcoming_meetings), following next_page_token until \
                         a page begins after these days. Give a table by day: time in my time \
                         zone, topic, duration, join link. Then name overlaps, days without a \
                         break, and meetings without an agenda.";

fn rooms(location: Option<&str>) -> String {
    let which = match location {
        Some(location) => format!(
            "at {location:?}. Read them with get_zoom_rooms (location_query {location:?}); if its \
             resolution is not what was meant, look with resolve_location and ask me"
        ),
        None => "at all places. Read them with get_zoom_rooms".to_owned(),
    };
    format!(
        "Show which Zoom Rooms are free now {which}. Give those whose status is Available, by \
         place; then those in a meeting; then those offline or under construction, which nobody \
         can use. A room's status is that of its devices, not of its calendar: say so."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;
    use serde_json::json;

    fn text(name: &str, arguments: &Value) -> String {
        let got = get(name, arguments.as_object().unwrap()).unwrap();
        serde_json::to_string(&got).unwrap()
    }

    #[test]
    fn every_prompt_can_be_had_and_names_tools_that_exist() {
        let known: Vec<&str> = tools::all().iter().map(|spec| &*spec.tool().name).collect();
        for prompt in all() {
            let given = json!({"meeting_id": "97763643886", "location": "SF1"});
            let text = text(&prompt.name, &given);
            let named = known.iter().filter(|tool| text.contains(*tool)).count();
            assert!(named > 0, "{text}");
            assert!(prompt.title.is_some());
        }
    }

    #[test]
    fn an_argument_finds_its_place() {
        assert!(text(RECAP, &json!({"meeting_id": "42"})).contains("meeting 42."));
        assert!(text(ROOMS, &json!({"location": " "})).contains("at all places"));
        assert!(get(RECAP, &JsonObject::new()).is_err());
        assert!(get("other", &JsonObject::new()).is_err());
    }
}
