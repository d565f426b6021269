//! What people and models read when Zoomtray answers in a server's place: what happened, to
//! what, and what to do now.

use crate::settings::{Settings, Side};

/// For the time when nobody has said anything better.
const NO_TOKEN: &str = "Zoomtray has no valid Zoom token at the moment. Look into Zoomtray's \
                        window or run `zoomtrayctl status`, then try again.";

/// Why Zoomtray answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// No valid token.
    NoToken(String),
    /// The child has not got ready, or there is none.
    NotReady,
    /// The child ended with this in its hands.
    Lost,
    /// The child was ended because its token is old.
    Replaced,
    /// The keeper was quit.
    Quit,
    /// The request is over the limit.
    RequestTooLong,
    /// The answer is over the limit.
    AnswerTooLong,
    /// Too many requests are open.
    TooMany,
    /// Too many streams are open, or the request is too long to be kept.
    NoStream,
    /// The id is longer than ids may be.
    IdTooLong,
    /// An `initialize` while another is not answered.
    OpensTwice,
    /// The id is the one of a message that is sent to each new child.
    IdInUse,
}

impl Why {
    /// The JSON-RPC error code: the request's own fault, or the server's state.
    pub(crate) fn code(&self) -> i32 {
        match self {
            Self::RequestTooLong | Self::IdTooLong | Self::IdInUse | Self::OpensTwice => -32600,
            _ => -32000,
        }
    }

    /// One or two sentences.
    pub(crate) fn words(&self, settings: &Settings) -> String {
        let entry = &settings.entry;
        match (self, settings.side) {
            (Self::NoToken(advice), _) if advice.is_empty() => NO_TOKEN.into(),
            (Self::NoToken(advice), _) => advice.clone(),
            (Self::NotReady, Side::Gateway) => format!(
                "The server “{entry}” is not running: it does not start or does not answer. \
                 Look into its log in Zoomtray's window or run `zoomtrayctl doctor`, then try again."
            ),
            (Self::NotReady, Side::Relay) => {
                "Zoomtray does not answer. Open Zoomtray, then try again.".into()
            }
            (Self::Lost, Side::Gateway) => lost(&format!("The server “{entry}” ended")),
            (Self::Lost, Side::Relay) => lost("Zoomtray ended"),
            (Self::Replaced, _) => lost(&format!(
                "The server “{entry}” was restarted with a new Zoom token"
            )),
            (Self::Quit, _) => "Zoomtray was quit; open it to go on.".into(),
            (Self::RequestTooLong, _) => {
                "The request is over 16 MiB and was not sent. Send less at once.".into()
            }
            (Self::AnswerTooLong, _) => {
                "The answer is over 16 MiB and was dropped. Ask for less at once.".into()
            }
            (Self::TooMany, _) => {
                "Over 1,024 requests wait for their answers. Wait for some, then try again.".into()
            }
            (Self::NoStream, _) => {
                "256 streams are open, or the request is over 64 KiB. Close one or ask for less."
                    .into()
            }
            (Self::IdTooLong, _) => {
                "The request's id is over 1,024 bytes. Use a shorter one.".into()
            }
            (Self::OpensTwice, _) => {
                "An initialize request is being answered. Wait for its answer.".into()
            }
            (Self::IdInUse, _) => "The request's id is in use. Use another one.".into(),
        }
    }
}

fn lost(what: &str) -> String {
    format!(
        "{what} before it answered. The request was not sent again: what it asked for may have \
         been done. Check that before you repeat it."
    )
}
