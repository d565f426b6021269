//! The servers that Zoomtray runs, each under a guard, and what is known of their connection.
//!
//! Knows no vault and no keeper: paths, environment and clock come from the caller.

mod backoff;
mod bundled;
mod child;
mod connection;
mod gate;
mod log;
mod relayed;
mod run;
mod scrub;

pub mod guard;

pub use bundled::{BundledLaunch, BundledServer};
pub use child::{Child, Inherited, Launch, Pipes};
pub use connection::{Connection, Failure};
pub use gate::{
    Activity, ActivityReader, Admission, Answering, Caller, Decided, End, Gate, GatePlaces,
    GateStanding, LARGEST_POLICY, LONGEST_ASKED, OpenQuestion, Outcome, Pass, PolicyKind,
    PolicyState, Record, ToolStanding, Waited, Waiting,
};
pub use relayed::{
    AccountToken, Entries, Entry, Farewell, Found, Gateway, GatewaySettings, NoEntry, Relay,
    Server, ServerState, SessionView, ThirdParty,
};
