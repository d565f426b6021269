//! Every transcript of one recorded meeting as text.

use super::files_of;
use super::output::{Said, Transcript};
use crate::caller::Zoom;
use crate::inputs::Id;
use crate::outcome::Failure;
use serde_json::Value;

/// The transcripts of one recorded meeting.
pub(crate) async fn read(zoom: &Zoom, meeting: &Id) -> Result<Said, Failure> {
    let recording = zoom.read(files_of(meeting)?).await?;
    let files = files(&recording);
    if files.is_empty() {
        return Err(Failure::new(
            "No transcript files found for this meeting. Zoom makes them some time after the \
             end, if audio transcripts are on for the account; zoom_get_recording_details names \
             the files that there are.",
        ));
    }
    let mut transcripts = Vec::new();
    for (done, file) in (1..).zip(&files) {
        transcripts.push(fetch(zoom, file).await?);
        let total = u32::try_from(files.len()).ok();
        let message = format!("{done} of {} transcripts fetched", files.len());
        zoom.progress(done, total, &message).await;
    }
    Ok(Said {
        meeting_id: meeting.as_str().to_owned(),
        topic: text(&recording, "topic"),
        meeting_duration: recording.get("duration").and_then(Value::as_i64),
        transcripts,
        status: "success",
    })
}

fn files(recording: &Value) -> Vec<&Value> {
    let files = recording.get("recording_files").and_then(Value::as_array);
    let is_transcript = |file: &&Value| {
        file.get("file_type")
            .is_some_and(|kind| kind == "TRANSCRIPT")
    };
    files.into_iter().flatten().filter(is_transcript).collect()
}

async fn fetch(zoom: &Zoom, file: &Value) -> Result<Transcript, Failure> {
    let address = text(file, "download_url").ok_or_else(|| {
        Failure::new(
            "Zoom names no address for the transcript yet; it may still be processed. Try again \
             later.",
        )
    })?;
    Ok(Transcript {
        file_id: text(file, "id"),
        file_name: name(file),
        recording_start: text(file, "recording_start"),
        recording_end: text(file, "recording_end"),
        content: zoom.download(&address).await?,
    })
}

/// Zoom's own name, or one of the id.
fn name(file: &Value) -> Option<String> {
    text(file, "file_name").or_else(|| Some(format!("{}.vtt", text(file, "id")?)))
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}
