//! Cloud recordings: a user's by date, one meeting's files, and transcripts as text.

mod input;
mod list;
mod output;
mod transcript;
mod windows;

use crate::caller::Zoom;
use crate::inputs::Id;
use crate::no_auth::WithToken;
use crate::outcome::{Outcome, Success};
use crate::tool::{Hints, ToolSpec};
use input::{ListRecordings, OneMeeting};
use output::{OneRecorded, RecordingPage, Said};
pub(crate) use transcript::read as read_transcripts;
use zoom::ApiRequest;

/// How a tool is known.
struct About {
    name: &'static str,
    title: &'static str,
    description: &'static str,
}

const LIST: About = About {
    name: "zoom_list_recordings",
    title: "List recordings",
    description: "Lists the cloud recordings of the token's owner by date, the newest month first \
                  (GET /users/me/recordings); the last 30 days unless dates are given. Zoom \
                  answers one month at a time: a longer range is read month by month and put \
                  together. Changes nothing. Needs the scope \
                  cloud_recording:read:list_user_recordings or \
                  cloud_recording:read:list_user_recordings:admin (classic: recording:read, \
                  recording:read:admin). Limits: one medium API request a month and page, with \
                  progress; what does not fit into a page or 50 s follows by next_page_token. \
                  Fails if a date is wrong, the scope is missing, Zoom limits the rate or cannot \
                  be reached. For one meeting's files use zoom_get_recording_details; for what \
                  was said use zoom_get_meeting_transcript.",
};

const DETAILS: About = About {
    name: "zoom_get_recording_details",
    title: "Get a recording's details",
    description: "Reads one recorded meeting's topic, time and files with their types, sizes and \
                  links (GET /meetings/{id}/recordings). Changes nothing and downloads nothing. \
                  Needs the scope cloud_recording:read:list_recording_files or \
                  cloud_recording:read:list_recording_files:admin (classic: recording:read, \
                  recording:read:admin). Limits: one light API request; at most 50 s. Fails if \
                  the meeting has no recording, the scope is missing, Zoom limits the rate or \
                  cannot be reached. To find the id use zoom_list_recordings; for what was said \
                  use zoom_get_meeting_transcript.",
};

const TRANSCRIPT: About = About {
    name: "zoom_get_meeting_transcript",
    title: "Get a meeting's transcript",
    description: "Downloads what was said in a recorded meeting, as WebVTT text with times and \
                  speakers: finds the recording's transcript files and fetches each. Changes \
                  nothing. Needs the scope cloud_recording:read:list_recording_files or \
                  cloud_recording:read:list_recording_files:admin (classic: recording:read, \
                  recording:read:admin). Limits: one light API request and one download a file, \
                  with progress; files up to 8 MB; at most 50 s. Fails if the meeting has no \
                  recording or no transcript (Zoom makes it some time after the end, if the \
                  account has audio transcripts on), a file is not at Zoom's hosts, the scope is \
                  missing, or Zoom limits the rate or cannot be reached. To find recorded \
                  meetings use zoom_list_recordings; for files without their content use \
                  zoom_get_recording_details.",
};

/// The tools, under the names by which they are known; two of them do the same, because two
/// servers named it differently.
pub(crate) fn tools() -> Vec<ToolSpec> {
    vec![
        get_meeting_recordings(),
        LIST.tool::<_, RecordingPage, _>(list),
        DETAILS.tool::<_, OneRecorded, _>(recording),
        TRANSCRIPT.tool::<_, Said, _>(transcript),
    ]
}

/// Those of the server that takes a token in each call.
pub(crate) fn tools_with_tokens() -> Vec<ToolSpec> {
    vec![
        LIST.tool::<_, RecordingPage, _>(|zoom, brought: WithToken<ListRecordings>| async move {
            list(brought.zoom(&zoom)?, brought.input).await
        }),
        DETAILS.tool::<_, OneRecorded, _>(|zoom, brought: WithToken<OneMeeting>| async move {
            recording(brought.zoom(&zoom)?, brought.input).await
        }),
        TRANSCRIPT.tool::<_, Said, _>(|zoom, brought: WithToken<OneMeeting>| async move {
            transcript(brought.zoom(&zoom)?, brought.input).await
        }),
    ]
}

fn get_meeting_recordings() -> ToolSpec {
    let about = About {
        name: "get_meeting_recordings",
        title: "Get a meeting's recordings",
        description: "Reads the cloud recording of one meeting with its files: video, audio, \
                      chat, transcript (GET /meetings/{id}/recordings); the same as \
                      zoom_get_recording_details. Changes nothing and downloads nothing. Needs \
                      the scope cloud_recording:read:list_recording_files or \
                      cloud_recording:read:list_recording_files:admin (classic: recording:read, \
                      recording:read:admin). Limits: one light API request; at most 50 s. Fails \
                      if the meeting has no recording, the scope is missing, Zoom limits the rate \
                      or cannot be reached. To find recorded meetings use zoom_list_recordings; \
                      for what was said use zoom_get_meeting_transcript.",
    };
    about.tool::<_, OneRecorded, _>(recording)
}

impl About {
    fn tool<Input, Output, Done>(
        &self,
        run: impl Fn(Zoom, Input) -> Done + Send + Sync + 'static,
    ) -> ToolSpec
    where
        Input: serde::de::DeserializeOwned + schemars::JsonSchema + 'static,
        Output: schemars::JsonSchema + 'static,
        Done: Future<Output = Outcome> + Send + 'static,
    {
        let Self {
            name,
            title,
            description,
        } = self;
        ToolSpec::new::<Input, Output, Done>(name, title, description, Hints::READ, run)
    }
}

async fn list(zoom: Zoom, input: ListRecordings) -> Outcome {
    list::run(&zoom, &input).await
}

async fn recording(zoom: Zoom, input: OneMeeting) -> Outcome {
    Ok(Success::body(
        zoom.read(files_of(&input.meeting_id)?).await?,
    ))
}

async fn transcript(zoom: Zoom, input: OneMeeting) -> Outcome {
    Success::of(&read_transcripts(&zoom, &input.meeting_id).await?)
}

/// The request for one meeting's recording.
fn files_of(meeting: &Id) -> Result<ApiRequest, zoom::IdError> {
    ApiRequest::get(&["meetings", meeting.as_str(), "recordings"])
}
