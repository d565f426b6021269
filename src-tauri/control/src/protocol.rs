//! The control protocol: what is asked, what is answered, what is told unasked.
//!
//! JSON-RPC 2.0, one message a line. The first line each way is a [`Hello`].

use crate::claude_answers::{Backups, Deliveries, Delivery, RestartAnswer, Restored, Uninstalled};
use crate::claude_view::{ClaudeView, EntryMode};
use crate::credentials::{CredentialPlace, FoundCredentials};
use crate::gate_answers::{Answered, ApprovalAnswer, AskedCall, Explained, KnownTools, Servers};
use crate::secret::WireSecret;
use crate::snapshot::{Rank, Snapshot};
use lifecycle::{Span, WallTime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Version of this protocol, the first.
pub const PROTOCOL: u32 = 1;

/// The longest line either side accepts, in bytes.
pub const LONGEST_LINE: usize = 1024 * 1024;

/// The first line of a connection, each way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Always `zoomtray`.
    pub name: String,
    /// The speaker's [`PROTOCOL`].
    pub protocol: u32,
    /// What the connection is for.
    pub role: Role,
    /// The speaker's process.
    pub pid: u32,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Requests and answers.
    Control,
}

/// A request with a typed answer.
pub trait Call: Serialize + Into<Request> {
    /// What comes back.
    type Answer: Serialize + DeserializeOwned;
}

macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident : $type:ty),* $(,)? } -> $answer:ty;)*) => {
        /// Everything that can be asked.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(tag = "method", content = "params", rename_all = "snake_case")]
        pub enum Request {
            $($(#[$doc])* $name($name),)*
        }
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Serialize, Deserialize)]
            pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
            impl From<$name> for Request {
                fn from(call: $name) -> Self { Self::$name(call) }
            }
            impl Call for $name { type Answer = $answer; }
        )*
    };
}

calls! {
    /// The whole state, now.
    GetSnapshot {} -> Snapshot;
    /// The state now, and [`Told::Snapshot`] and [`Told::Token`] from here on.
    Subscribe {} -> Snapshot;
    /// A valid token; one is fetched if there is none with `min_ttl_s` seconds left.
    GetToken {
        /// Our account id; none is the default account.
        account: Option<String>,
        /// Seconds the token must still live.
        min_ttl_s: u64,
    } -> Token;
    /// A new token now; [`Told::Waiting`] comes first if the cooldown has to pass.
    Refresh {
        /// Our account id; none is the default account.
        account: Option<String>,
    } -> Refreshed;
    /// Zoom's API rejected this generation; a newer token is wanted.
    Rejected {
        /// Our account id; none is the default account.
        account: Option<String>,
        /// The generation that was rejected.
        generation: u64,
    } -> Token;
    /// Tries the credentials at Zoom, then saves them.
    AddAccount {
        /// The credentials.
        credentials: Credentials,
        /// What the user calls it.
        label: Option<String>,
    } -> AccountAdded;
    /// Deletes an account and its keychain items.
    RemoveAccount {
        /// Our account id.
        account: String,
    } -> Done;
    /// Finds Zoom credentials in clear text. Changes nothing and asks Zoom for nothing.
    FindCredentials {
        /// A file to look into instead of Claude's config and `env_file`.
        from: Option<PathBuf>,
        /// A `.env` to look into besides Claude's config.
        env_file: Option<PathBuf>,
    } -> FoundCredentials;
    /// Tries found credentials at Zoom, then saves them. Their file stays as it is.
    ImportCredentials {
        /// Where they stand.
        at: CredentialPlace,
        /// Base of the token endpoint.
        oauth_url: Option<String>,
        /// Base of the API.
        api_url: Option<String>,
    } -> AccountAdded;
    /// Takes credentials out of their file, if the vault holds the same client secret.
    RemoveCredentials {
        /// Where they stand.
        at: CredentialPlace,
        /// Our id of the account that they were saved as.
        account: String,
    } -> Delivery;
    /// Uses credentials from the caller's environment while this connection lives.
    UseGuest {
        /// The credentials.
        credentials: Credentials,
    } -> AccountAdded;
    /// Turns refreshing by itself on or off.
    SetAutoRefresh {
        /// Whether to refresh unasked.
        on: bool,
    } -> Done;
    /// How Claude Desktop stands.
    ClaudeStatus {} -> ClaudeView;
    /// Sets how an entry of Claude's config gets its token.
    SetEntryMode {
        /// Name under `mcpServers`.
        name: String,
        /// The mode.
        mode: EntryMode,
    } -> Delivery;
    /// Connects every entry that has a Zoom variable, each in its relay mode.
    ConnectAll {} -> Deliveries;
    /// Leaves an entry as it stands, and forgets what it held before.
    ForgetEntry {
        /// Name under `mcpServers`.
        name: String,
    } -> Done;
    /// Takes a byte order mark off Claude's config. Refused while Claude Desktop runs.
    MendConfig {} -> Delivery;
    /// Puts back what Claude Desktop lost of our entries, once it is quit.
    RestoreLost {} -> Deliveries;
    /// The kept copies of Claude's config.
    ListBackups {} -> Backups;
    /// Makes a kept copy Claude's config again. Refused while Claude Desktop runs.
    RestoreBackup {
        /// The copy, by its number.
        number: u32,
    } -> Restored;
    /// Quits Claude Desktop, writes what is pending, starts it again; [`Told::Step`] tells each
    /// step as it ends or begins to wait for the user.
    RestartClaude {} -> Steps;
    /// The same, ending Claude Desktop by force: what it has not saved is lost. Only by the user's
    /// second, explicit choice.
    RestartClaudeByForce {} -> Steps;
    /// Answers the question whether to restart Claude Desktop. An answer to another question
    /// than the open one changes nothing.
    AnswerRestart {
        /// The generation that the question names.
        generation: u64,
        /// The answer.
        answer: RestartAnswer,
    } -> Done;
    /// What a question to a person asks about.
    GetAskedCall {
        /// The question's number.
        id: u32,
    } -> AskedCall;
    /// Answers a question to a person.
    AnswerApproval {
        /// The question's number.
        id: u32,
        /// The answer.
        answer: ApprovalAnswer,
    } -> Answered;
    /// What would become of a call made now. Nothing is called and nothing counted.
    ExplainCall {
        /// The entry that it would come through.
        entry: String,
        /// The tool.
        tool: String,
        /// The raw JSON of its arguments; none is a call without.
        arguments: Option<String>,
    } -> Explained;
    /// Every server that can be relayed, by name.
    ListServers {} -> Servers;
    /// The tools of an entry, hidden ones included, as its server last told them to anybody.
    GetKnownTools {
        /// The entry.
        entry: String,
    } -> KnownTools;
    /// Gives every entry back, then deletes keychain items, login item and folders, and ends the
    /// keeper. Refused, with nothing done, while Claude Desktop runs.
    Uninstall {
        /// Keeps accounts, their secrets and the settings.
        keep_accounts: bool,
    } -> Uninstalled;
    /// Restarts the bundled server and proves its connection.
    Reconnect {} -> Done;
    /// Opens the keychain, with its prompt if it has one. Only on a user's click.
    UnlockVault {} -> Done;
    /// Opens the app's window.
    OpenWindow {} -> Done;
    /// Asks the keeper to leave to a caller of higher rank.
    Yield {
        /// The caller's rank.
        rank: Rank,
    } -> Done;
}

/// Server-to-server credentials on their way to the keeper.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Credentials {
    /// Zoom's account id.
    pub account_id: String,
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: WireSecret,
    /// Zoom's token index, for apps that have several.
    pub token_index: Option<u32>,
    /// Base of the token endpoint.
    pub oauth_url: Option<String>,
    /// Base of the API.
    pub api_url: Option<String>,
}

/// A token handed out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// Our account id.
    pub account: String,
    /// The token itself.
    pub access_token: WireSecret,
    /// Its generation.
    pub generation: u64,
    /// Its life.
    pub span: Span,
    /// Base of the API it is for.
    pub api_url: String,
}

/// A refresh that worked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refreshed {
    /// Our account id.
    pub account: String,
    /// Generation of the new token.
    pub generation: u64,
    /// Its life.
    pub span: Span,
    /// What else to know, a sentence each.
    pub notices: Vec<String>,
}

/// An account that was saved or taken as a guest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountAdded {
    /// Our id for it.
    pub account: String,
    /// What else to know, a sentence each.
    pub notices: Vec<String>,
}

/// It is done.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Done {}

/// The steps of a sequence, in order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Steps {
    /// Each step.
    pub steps: Vec<Step>,
}

/// One step of a sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was done.
    pub name: String,
    /// How it went.
    pub result: StepResult,
    /// What happened, in a sentence; empty where the name says it.
    pub message: String,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepResult {
    /// Done.
    Done,
    /// Nothing to do.
    NotNeeded,
    /// Done once the user acts.
    Waits,
    /// Failed; what follows was not tried.
    Failed,
}

/// What the keeper says unasked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "method", content = "params", rename_all = "snake_case")]
pub enum Told {
    /// The state changed.
    Snapshot(Box<Snapshot>),
    /// A new token is there.
    Token {
        /// Our account id.
        account: String,
        /// Its generation.
        generation: u64,
    },
    /// A step of the restart that was asked for.
    Step(Step),
    /// The request with this id waits until then.
    Waiting {
        /// Id of the request.
        id: u64,
        /// When it goes on.
        until: WallTime,
    },
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What a caller must tell apart.
    pub kind: FailureKind,
    /// What happened and what to do now.
    pub message: String,
    /// The other side's own words.
    pub detail: Option<String>,
}

impl Failure {
    /// A failure without a second line.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            detail: None,
        }
    }
}

/// What a caller must tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// There is no account.
    NoAccount,
    /// No account has this id.
    UnknownAccount,
    /// Zoom said no.
    Refused,
    /// Refreshing is suspended until the user acts.
    Suspended,
    /// Zoom could not be reached or gave no usable answer.
    Unreachable,
    /// The vault is locked, missing or broken.
    Vault,
    /// Claude's config or processes.
    Claude,
    /// No question to a person has this number.
    UnknownQuestion,
    /// This keeper does not do that.
    NotHere,
    /// A keeper of the same or a higher rank runs.
    Outranked,
    /// The request makes no sense.
    Invalid,
    /// A defect or a failing disk.
    Internal,
}
