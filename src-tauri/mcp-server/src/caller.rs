//! Calls of Zoom's API as the tools make them: with a token, within a time, again where that is
//! safe, and with a failure that says what to do.
//!
//! What always holds: one call of a tool tells the keeper of at most one rejected token; what
//! changes something at Zoom is sent again only if Zoom did nothing; nothing waits past
//! [`LIMIT`].

mod advice;
mod failures;
mod pages;
mod patience;
mod progress;
mod reach;
#[cfg(test)]
mod tests;

use crate::outcome::Failure;
use crate::source::{Account, Lease, Problem, SourceError, TokenSource};
pub(crate) use failures::{rejected_twice, scopes_missing};
use lifecycle::WallTime;
pub(crate) use pages::{items_of, next_token, same_page_again, with_token};
use patience::{Effect, Patience};
pub(crate) use progress::Progress;
use reach::Reach;
use secrecy::SecretString;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use zoom::{ApiClient, ApiOutcome, ApiRequest, ServiceUrls};

/// How long a tool may take: below the 60 s after which Claude gives a call up. The cooldown
/// between two token requests (30 s) and a request fit in, except when Zoom answers slowly after a
/// full cooldown.
pub(crate) const LIMIT: Duration = Duration::from_secs(50);
/// How long Zoom may take for one request; two of them and a token request fit into [`LIMIT`].
const REQUEST: Duration = Duration::from_secs(15);
/// Between two looks whether the network is back.
const NETWORK_PAUSE: Duration = Duration::from_millis(500);

/// What all calls of this process share.
pub(crate) struct Caller {
    source: Arc<dyn TokenSource>,
    clock: fn() -> WallTime,
    shared: Mutex<Shared>,
}

struct Shared {
    /// Made at the first request: certificates take longer to load than a session to open.
    api: Option<Arc<ApiClient>>,
    reach: Reach,
}

/// Zoom, for one call of a tool.
#[derive(Clone)]
pub(crate) struct Zoom(Arc<Call>);

struct Call {
    caller: Arc<Caller>,
    deadline: Instant,
    progress: Progress,
    /// The generation of the token that this call has told the keeper of.
    rejected: OnceLock<u64>,
    /// Until when this call waits for the network.
    network: Option<Instant>,
    /// The token that the call itself brought, in place of the source's.
    brought: Option<Lease>,
}

/// What is sent to Zoom, as often as patience allows.
trait Job: Sync {
    type Got: Send;
    fn effect(&self) -> Effect;
    fn send(
        &self,
        api: &ApiClient,
        lease: &Lease,
    ) -> impl Future<Output = Result<ApiOutcome<Self::Got>, Failure>> + Send;
}

struct Request<'a>(&'a ApiRequest);
struct File<'a>(&'a str);

impl Caller {
    /// Calls with the tokens of `source`, by the user's clock.
    pub(crate) fn new(source: Arc<dyn TokenSource>, clock: fn() -> WallTime) -> Self {
        let reach = Reach::new(clock());
        let shared = Mutex::new(Shared { api: None, reach });
        Self {
            source,
            clock,
            shared,
        }
    }

    /// Begins the call of a tool.
    pub(crate) fn begin(self: &Arc<Self>, progress: Progress) -> Zoom {
        let (now, instant) = ((self.clock)(), Instant::now());
        let mut shared = self.shared();
        let quiet = shared.reach.begin(now, instant);
        if quiet {
            // A connection from before a sleep may be dead without anybody having been told.
            shared.api = None;
        }
        Zoom(Arc::new(Call {
            caller: self.clone(),
            deadline: instant + LIMIT,
            progress,
            rejected: OnceLock::new(),
            network: shared.reach.waits_until(instant),
            brought: None,
        }))
    }

    fn api(&self) -> Result<Arc<ApiClient>, SourceError> {
        let mut shared = self.shared();
        if let Some(api) = &shared.api {
            return Ok(api.clone());
        }
        let api = ApiClient::new(REQUEST)
            .map_err(|error| SourceError::new(Problem::Local, format!("{error}.")))?;
        Ok(shared.api.insert(Arc::new(api)).clone())
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Zoom {
    /// Reads once more what could not be read at first, where that may help.
    pub(crate) async fn read(&self, request: ApiRequest) -> Result<Value, Failure> {
        self.carry(&Request(&request)).await
    }

    /// Changes something: sent again only if Zoom has done nothing. `null` where Zoom answers
    /// nothing.
    pub(crate) async fn write(&self, request: ApiRequest) -> Result<Value, Failure> {
        self.carry(&Request(&request)).await
    }

    /// A file at an address that Zoom named, as text.
    pub(crate) async fn download(&self, address: &str) -> Result<String, Failure> {
        self.carry(&File(address)).await
    }

    /// The same call with a token of its own, for which there is no other.
    pub(crate) fn with_token(&self, token: SecretString, urls: ServiceUrls) -> Self {
        let call = &self.0;
        Self(Arc::new(Call {
            caller: call.caller.clone(),
            deadline: call.deadline,
            progress: call.progress.clone(),
            rejected: OnceLock::new(),
            network: call.network,
            brought: Some(Lease {
                token,
                generation: 0,
                urls,
                account: Account::default(),
            }),
        }))
    }

    /// Where tokens come from.
    pub(crate) fn source(&self) -> &dyn TokenSource {
        self.0.caller.source.as_ref()
    }

    /// The client itself, for what is said about a connection rather than done with it.
    pub(crate) fn api(&self) -> Result<Arc<ApiClient>, SourceError> {
        self.0.caller.api()
    }

    /// When this call must have ended.
    pub(crate) fn deadline(&self) -> Instant {
        self.0.deadline
    }

    /// What is left until then.
    pub(crate) fn time_left(&self) -> Duration {
        self.0.deadline.saturating_duration_since(Instant::now())
    }

    /// Now, by the user's clock.
    pub(crate) fn now(&self) -> WallTime {
        (self.0.caller.clock)()
    }

    /// Tells the client how far a long read has come, if it wants to know.
    pub(crate) async fn progress(&self, done: u32, total: Option<u32>, message: &str) {
        self.0.progress.tell(done, total, message).await;
    }

    async fn carry<J: Job>(&self, job: &J) -> Result<J::Got, Failure> {
        let mut lease = self.lease().await?;
        let mut patience = Patience::new(job.effect(), self.0.network);
        loop {
            let api = self.0.caller.api()?;
            let outage = match job.send(&api, &lease).await? {
                ApiOutcome::Ok(got) => return Ok(got),
                ApiOutcome::TokenRejected(refusal) => {
                    lease = self.newer_than(lease, &refusal).await?;
                    continue;
                }
                ApiOutcome::MissingScope { scopes, refusal } => {
                    return Err(failures::missing_scope(&scopes, &refusal));
                }
                ApiOutcome::Refused(refusal) => return Err(failures::refused(&refusal)),
                ApiOutcome::RateLimited(outage) | ApiOutcome::Unavailable(outage) => outage,
            };
            let now = self.now();
            match patience.pause(&outage, now, Instant::now(), self.0.deadline) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(failures::unavailable(&outage, job.effect(), now)),
            }
        }
    }

    /// A token; waits for the network where the first call after a sleep may.
    async fn lease(&self) -> Result<Lease, Failure> {
        if let Some(brought) = &self.0.brought {
            return Ok(brought.clone());
        }
        loop {
            match self.source().token().await {
                Ok(lease) => return Ok(lease),
                Err(error) if error.problem == Problem::Unreachable && self.waits() => {
                    tokio::time::sleep(NETWORK_PAUSE).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn waits(&self) -> bool {
        self.0.network.is_some_and(|until| Instant::now() < until)
    }

    async fn newer_than(&self, lease: Lease, refusal: &zoom::ApiRefusal) -> Result<Lease, Failure> {
        if self.0.brought.is_some() {
            return Err(failures::brought_rejected(refusal));
        }
        let first = *self.0.rejected.get_or_init(|| lease.generation);
        if first != lease.generation {
            return Err(failures::rejected_twice(refusal));
        }
        Ok(self.source().newer_than(lease).await?)
    }
}

impl Job for Request<'_> {
    type Got = Value;

    fn effect(&self) -> Effect {
        if self.0.only_reads() {
            Effect::Reads
        } else {
            Effect::Changes
        }
    }

    async fn send(&self, api: &ApiClient, lease: &Lease) -> Result<ApiOutcome<Value>, Failure> {
        Ok(api.call(&lease.urls, &lease.token, self.0).await)
    }
}

impl Job for File<'_> {
    type Got = String;

    fn effect(&self) -> Effect {
        Effect::Reads
    }

    async fn send(&self, api: &ApiClient, lease: &Lease) -> Result<ApiOutcome<String>, Failure> {
        let downloaded = api.download(&lease.urls, &lease.token, self.0).await;
        downloaded.map_err(|foreign| Failure::new(format!("Nothing was fetched: {foreign}.")))
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::new(error.message)
    }
}
