//! Meetings: listed, read, scheduled, changed, deleted; and who took part.

mod input;
mod output;

use crate::caller::Zoom;
use crate::inputs::Id;
use crate::outcome::{Failure, Outcome, Success};
use crate::tool::{Hints, ToolSpec};
use input::{CreateMeeting, DeleteMeeting, GetMeeting, ListMeetings, Participants, UpdateMeeting};
use output::{Changed, Meeting, MeetingPage, ParticipantPage};
use serde::Serialize;
use serde_json::{Value, json};
use zoom::ApiRequest;

/// The tools, under the names by which they are known.
pub(crate) fn tools() -> Vec<ToolSpec> {
    vec![
        list_meetings(),
        get_meeting(),
        create_meeting(),
        update_meeting(),
        delete_meeting(),
        get_meeting_participants(),
    ]
}

fn list_meetings() -> ToolSpec {
    ToolSpec::new::<ListMeetings, MeetingPage, _>(
        "list_meetings",
        "List meetings",
        "Lists meetings of the token's owner (GET /users/me/meetings): by default the upcoming \
         ones, or by type those scheduled, live or past. Changes nothing. Needs the scope \
         meeting:read:list_meetings or meeting:read:list_meetings:admin (classic: meeting:read, \
         meeting:read:admin). Limits: one medium API request; 300 meetings a page, \
         next_page_token leads to the next; at most 50 s. Fails if the scope is missing, Zoom \
         limits the rate or cannot be reached. For one meeting with its settings use get_meeting; \
         for meetings that were recorded use zoom_list_recordings.",
        Hints::READ,
        |zoom, input| async move { list(&zoom, &input).await },
    )
}

fn get_meeting() -> ToolSpec {
    ToolSpec::new::<GetMeeting, Meeting, _>(
        "get_meeting",
        "Get a meeting",
        "Reads one meeting with topic, time, settings, occurrences and links (GET \
         /meetings/{id}). Changes nothing. Needs the scope meeting:read:meeting or \
         meeting:read:meeting:admin (classic: meeting:read, meeting:read:admin). Limits: one light \
         API request; at most 50 s. Fails if there is no such meeting, it ended more than a year \
         ago, the scope is missing, Zoom limits the rate or cannot be reached. To find the id use \
         list_meetings; for who took part use get_meeting_participants.",
        Hints::READ,
        |zoom, input: GetMeeting| async move {
            let request = ApiRequest::get(&["meetings", input.meeting_id.as_str()])?;
            Ok(Success::body(zoom.read(request).await?))
        },
    )
}

fn create_meeting() -> ToolSpec {
    ToolSpec::new::<CreateMeeting, Meeting, _>(
        "create_meeting",
        "Create a meeting",
        "Schedules a new meeting of the token's owner and returns it with its links (POST \
         /users/me/meetings). Each call makes another meeting; nobody is invited. Needs the scope \
         meeting:write:meeting or meeting:write:meeting:admin (classic: meeting:write, \
         meeting:write:admin). Limits: one light API request; Zoom allows 100 creations and \
         changes a day and user; at most 50 s. Fails if an argument is wrong, the scope is \
         missing or a limit is reached; it is never sent twice, and a failure says whether the \
         meeting may have been made. To change one that exists use update_meeting; to look \
         whether it exists use list_meetings.",
        Hints::new(false, false, false, true),
        |zoom, input| async move { create(&zoom, &input).await },
    )
}

fn update_meeting() -> ToolSpec {
    ToolSpec::new::<UpdateMeeting, Changed, _>(
        "update_meeting",
        "Update a meeting",
        "Changes topic, time, duration, agenda or settings of a meeting and leaves the rest as it \
         is (PATCH /meetings/{id}); what was there before is overwritten. Needs the scope \
         meeting:update:meeting or meeting:update:meeting:admin (classic: meeting:write, \
         meeting:write:admin). Limits: one light API request; Zoom allows 100 creations and \
         changes a day and user; at most 50 s. Fails if there is no such meeting, no change is \
         given, the scope is missing or a limit is reached; it is never sent twice. To see the \
         present values use get_meeting; for another meeting use create_meeting.",
        Hints::new(false, true, true, true),
        |zoom, input| async move { update(&zoom, &input).await },
    )
}

fn delete_meeting() -> ToolSpec {
    ToolSpec::new::<DeleteMeeting, Changed, _>(
        "delete_meeting",
        "Delete a meeting",
        "Deletes a meeting, or one occurrence of a recurring one (DELETE /meetings/{id}). This \
         cannot be undone. Needs the scope meeting:delete:meeting or meeting:delete:meeting:admin \
         (classic: meeting:write, meeting:write:admin). Limits: one light API request; at most \
         50 s. Fails if there is no such meeting or occurrence, it is a personal meeting room, \
         the scope is missing or a limit is reached; it is never sent twice. To be sure of the \
         id use get_meeting first; to move a meeting use update_meeting.",
        Hints::new(false, true, true, true),
        |zoom, input| async move { delete(&zoom, &input).await },
    )
}

fn get_meeting_participants() -> ToolSpec {
    ToolSpec::new::<Participants, ParticipantPage, _>(
        "get_meeting_participants",
        "Get a meeting's participants",
        "Lists who took part in a meeting that has ended, with times of joining and leaving (GET \
         /past_meetings/{id}/participants). Changes nothing. Needs the scope \
         meeting:read:list_past_participants or meeting:read:list_past_participants:admin \
         (classic: meeting:read, meeting:read:admin), and a paid plan. Limits: one medium API \
         request; 300 participants a page, next_page_token leads to the next; at most 50 s. Fails \
         if the meeting has not ended or is more than a year old, the scope is missing, Zoom \
         limits the rate or cannot be reached. For what was planned use get_meeting.",
        Hints::READ,
        |zoom, input: Participants| async move {
            let id = input.meeting_id.as_str();
            let request = ApiRequest::get(&["past_meetings", id, "participants"])?
                .with("page_size", input.page_size.get())
                .with_some("next_page_token", input.next_page_token.as_deref());
            Ok(Success::body(zoom.read(request).await?))
        },
    )
}

async fn list(zoom: &Zoom, input: &ListMeetings) -> Outcome {
    let request = ApiRequest::get(&["users", "me", "meetings"])?
        .with("type", input.kind.name())
        .with("page_size", input.page_size.get())
        .with_some("next_page_token", input.next_page_token.as_deref());
    Ok(Success::body(zoom.read(request).await?))
}

async fn create(zoom: &Zoom, input: &CreateMeeting) -> Outcome {
    let request = ApiRequest::post(&["users", "me", "meetings"], body(input)?)?;
    Ok(Success::body(zoom.write(request).await?))
}

async fn update(zoom: &Zoom, input: &UpdateMeeting) -> Outcome {
    let id = input.meeting_id.as_str();
    let mut change = body(input)?;
    let fields = change.as_object_mut();
    let none = fields.is_none_or(|fields| {
        fields.shift_remove("meeting_id");
        fields.is_empty()
    });
    if none {
        return Err(Failure::new(
            "update_meeting was not called: no change is given. Add topic, start_time, duration, \
             agenda or settings.",
        ));
    }
    zoom.write(ApiRequest::patch(&["meetings", id], change)?)
        .await?;
    let message = format!("Meeting {id} updated successfully");
    Ok(said(id, &message))
}

async fn delete(zoom: &Zoom, input: &DeleteMeeting) -> Outcome {
    let id = input.meeting_id.as_str();
    let request = ApiRequest::delete(&["meetings", id])?.with_some(
        "occurrence_id",
        input.occurrence_id.as_ref().map(Id::as_str),
    );
    zoom.write(request).await?;
    let message = match &input.occurrence_id {
        Some(occurrence) => format!(
            "Occurrence {} of meeting {id} deleted successfully",
            occurrence.as_str()
        ),
        None => format!("Meeting {id} deleted successfully"),
    };
    Ok(said(id, &message))
}

/// Zoom answers a change with nothing; the sentence is that of the servers known by these names.
fn said(id: &str, message: &str) -> Success {
    let content = json!({"meeting_id": id, "message": message});
    Success::said(message.to_owned(), content)
}

/// Arguments as the body of a request: what was not given is not sent.
fn body(arguments: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(arguments)
        .map_err(|error| Failure::new(format!("The request could not be written: {error}.")))
}
