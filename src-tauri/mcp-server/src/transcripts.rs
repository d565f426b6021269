//! Transcripts as resources: `zoom://meetings/{meeting_id}/transcript`. None is listed, because a
//! list would ask Zoom as soon as a client opens; the template says how each is read.

use crate::caller::Zoom;
use crate::inputs::Id;
use crate::outcome::Failure;
use crate::recordings::read_transcripts;
use rmcp::ErrorData;
use rmcp::model::{ReadResourceResult, ResourceContents, ResourceTemplate};
use url::Url;

const TEMPLATE: &str = "zoom://meetings/{meeting_id}/transcript";
const TYPE: &str = "text/vtt";

/// How the resources are named.
pub(crate) fn template() -> ResourceTemplate {
    ResourceTemplate::new(TEMPLATE, "meeting_transcript")
        .with_title("Transcript of a meeting")
        .with_description(
            "What was said in a recorded meeting, as WebVTT. meeting_id is the meeting's number, \
             or an instance's UUID with each / written as %2F.",
        )
        .with_mime_type(TYPE)
}

/// Reads one; a recording that was stopped and started again has several texts.
pub(crate) async fn read(zoom: Zoom, uri: String) -> Result<ReadResourceResult, ErrorData> {
    let meeting = meeting(&uri).ok_or_else(|| {
        let message =
            format!("There is no resource {uri:?}; those there are look like {TEMPLATE}.");
        ErrorData::resource_not_found(message, None)
    })?;
    let reading = read_transcripts(&zoom, &meeting);
    let read = match tokio::time::timeout_at(zoom.deadline(), reading).await {
        Ok(read) => read,
        Err(_elapsed) => Err(Failure::late(true)),
    };
    let read = read.map_err(|failure| ErrorData::internal_error(failure.into_line(), None))?;
    let texts = read.transcripts.into_iter().map(|transcript| {
        ResourceContents::text(transcript.content, uri.clone()).with_mime_type(TYPE)
    });
    Ok(ReadResourceResult::new(texts.collect()))
}

fn meeting(uri: &str) -> Option<Id> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "zoom")?;
    let mut segments = url.path_segments()?;
    let (id, what) = (segments.next()?, segments.next()?);
    let right = url.host_str() == Some("meetings") && what == "transcript";
    (right && segments.next().is_none())
        .then(|| percent_encoding::percent_decode_str(id).decode_utf8().ok())
        .flatten()
        .map(|id| Id::from(id.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_names_its_meeting() {
        for (uri, id) in [
            (
                "zoom://meetings/97763643886/transcript",
                Some("97763643886"),
            ),
            (
                "zoom://meetings/%2FcHkf%2F%2FaQ9%3D%3D/transcript",
                Some("/cHkf//aQ9=="),
            ),
            ("zoom://meetings/1", None),
            ("zoom://meetings/1/transcript/2", None),
            ("zoom://rooms/1/transcript", None),
            ("https://meetings/1/transcript", None),
            ("nonsense", None),
        ] {
            let meeting = meeting(uri);
            assert_eq!(meeting.as_ref().map(Id::as_str), id, "{uri}");
        }
    }
}
