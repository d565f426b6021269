//! The task that keeps one account's token.
//!
//! It alone drives the machine. It waits for nothing but its own small file: requests and
//! saves run beside it and report back.

use crate::asking::{Answer, Question};
use crate::before_request::BeforeRequest;
use crate::clock::Clock;
use crate::clock_off;
use crate::configuration::{ClientSecret, Configuration};
use crate::error::KeeperError;
use crate::front::{Front, Offer};
use crate::handle::{KeeperHandle, Shared};
use crate::mailbox::{Caller, Memory, Message, Tell};
use crate::news::{Explanation, News, View};
use crate::store::{AttemptStore, Found, Written};
use lifecycle::{Attempt, Attempts, Event, Generation, Machine, Now, TokenMeta, Waiter};
use secrecy::SecretString;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio::sync::{OnceCell, broadcast, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use vault::{Item, Kind};
use zoom::Grant;

/// How late a wake-up may be before it means that the computer slept. A busy computer is
/// seconds late; a longer pause is worth a look at the network in any case.
const OVERSLEPT: Duration = Duration::from_secs(5);

/// News kept for a listener that is busy; more are lost to it, and it is told so.
const NEWS_KEPT: usize = 64;

pub(crate) struct Actor {
    pub(crate) machine: Machine,
    pub(crate) question: Question,
    pub(crate) store: AttemptStore,
    pub(crate) before_request: Option<Arc<dyn BeforeRequest>>,
    /// Whether a request is over, and whoever was told of it before is not told so yet.
    pub(crate) owes_end: bool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) front: Arc<Front>,
    pub(crate) callers: HashMap<Waiter, Caller>,
    pub(crate) works: JoinSet<Work>,
    pub(crate) news: broadcast::Sender<News>,
    pub(crate) views: watch::Sender<View>,
    pub(crate) token: Option<Token>,
    pub(crate) written: Written,
    pub(crate) answer: Option<Answered>,
}

/// The secret of the newest token.
pub(crate) struct Token {
    pub(crate) generation: Generation,
    pub(crate) secret: SecretString,
}

/// What came of the last attempt, while the machine takes it in.
pub(crate) struct Answered {
    pub(crate) result: Result<Grant, Explanation>,
    pub(crate) took: Duration,
}

/// What runs beside the task.
pub(crate) enum Work {
    Asked {
        attempt: Attempt,
        answer: Answer,
        took: Duration,
    },
    Saved(Event),
}

/// Whether the task goes on.
enum Flow {
    GoOn,
    End {
        memory: Memory,
        done: oneshot::Sender<()>,
    },
}

impl Actor {
    pub(crate) fn new(
        configuration: Configuration,
        clock: Arc<dyn Clock>,
    ) -> (Self, mpsc::UnboundedReceiver<Message>, KeeperHandle) {
        let machine = Machine::new(configuration.policy());
        let view = View {
            lifecycle: machine.view(clock.now()),
            last_failure: None,
        };
        let (mailbox, messages) = mpsc::unbounded_channel();
        let (news, _) = broadcast::channel(NEWS_KEPT);
        let (views, seen) = watch::channel(view);
        let front = Arc::new(Front::new(clock.clone()));
        let shared = Shared {
            account: configuration.account.clone(),
            front: front.clone(),
            vault: configuration.vault.clone(),
            custody: configuration.custody,
            mailbox,
            waiters: AtomicU64::default(),
            news: news.downgrade(),
            views: seen,
        };
        let actor = Self {
            machine,
            question: Question {
                account: configuration.account,
                credentials: configuration.credentials,
                secret: configuration.secret,
                service: configuration.service,
                vault: configuration.vault,
                client: Arc::new(OnceCell::new()),
            },
            store: configuration.attempts,
            before_request: configuration.before_request,
            owes_end: false,
            clock,
            front,
            callers: HashMap::new(),
            works: JoinSet::new(),
            news,
            views,
            token: None,
            written: Written::default(),
            answer: None,
        };
        (
            actor,
            messages,
            KeeperHandle {
                shared: Arc::new(shared),
            },
        )
    }

    /// Keeps the token until told to end, or until nobody could ask any more.
    pub(crate) async fn run(mut self, mut mailbox: mpsc::UnboundedReceiver<Message>) {
        self.read_attempts().await;
        self.load(self.written.attempts.clone()).await;
        loop {
            let now = self.clock.now();
            let wakeup = self.machine.next_wakeup(now).map(|wait| now.plus(wait));
            let flow = tokio::select! {
                biased;
                Some(work) = self.works.join_next(), if !self.works.is_empty() => {
                    self.wake_if_overslept(wakeup).await;
                    self.finish(work).await;
                    Flow::GoOn
                }
                message = mailbox.recv() => {
                    self.wake_if_overslept(wakeup).await;
                    match message {
                        Some(message) => self.hear(message).await,
                        None => return self.end(Memory::Keep).await,
                    }
                }
                () = sleep_until(&*self.clock, now, wakeup) => {
                    self.wake_if_overslept(wakeup).await;
                    self.step(Event::Tick).await;
                    Flow::GoOn
                }
            };
            if let Flow::End { memory, done } = flow {
                self.end(memory).await;
                // Whoever wanted the end may have gone.
                let _unheard = done.send(());
                return;
            }
        }
    }

    /// Tells the machine what happened, and does what it says.
    pub(crate) async fn step(&mut self, event: Event) {
        let now = self.clock.now();
        for effect in self.machine.step(now, event) {
            self.carry_out(effect, now).await;
        }
        self.publish();
        self.tell_end();
    }

    /// Tells that a request is over, once its token is on offer: while it is saved it is not.
    fn tell_end(&mut self) {
        let now = self.clock.now();
        let token = self.machine.view(now).condition.token;
        let lives = token.is_some_and(|span| !span.remaining(now.wall).is_zero());
        if !lives || self.machine.offered(now).is_some() {
            self.tell_end_at_last();
        }
    }

    fn tell_end_at_last(&mut self) {
        if std::mem::take(&mut self.owes_end)
            && let Some(told) = &self.before_request
        {
            told.over();
        }
    }

    async fn read_attempts(&mut self) {
        let (store, now) = (self.store.clone(), self.clock.now());
        match tokio::task::spawn_blocking(move || store.load(now)).await {
            Ok(Found::Written(written)) => self.written = written,
            Ok(Found::Assumed(written, why)) => {
                self.written = written;
                self.tell(News::Warning(why));
            }
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }

    /// Takes over the vault's token, if it has one.
    async fn load(&mut self, attempts: Attempts) {
        let read = self
            .question
            .vault
            .read(&self.question.account, Kind::AccessToken)
            .await;
        let item = read.unwrap_or_else(|error| {
            self.tell(News::Warning(format!(
                "The saved token was not read: {error}."
            )));
            None
        });
        let now = self.clock.now().wall;
        let span = item.as_ref().and_then(|item| item.span);
        if span.is_some_and(|span| clock_off::is_ahead(span, now)) {
            self.tell(News::Warning(clock_off::SAVED_AHEAD.to_owned()));
        }
        let token = item.and_then(|item| self.take_over(item));
        self.step(Event::Loaded { token, attempts }).await;
        let offered = self
            .machine
            .offered(self.clock.now())
            .map(|(life, _)| life.generation());
        if let (Some(generation), Some(token)) = (offered, &self.token) {
            self.tell(News::Loaded {
                generation,
                token: token.secret.clone(),
            });
        }
    }

    /// An item without a span is no token that could be counted on.
    fn take_over(&mut self, item: Item) -> Option<TokenMeta> {
        let meta = TokenMeta {
            generation: Generation(item.generation),
            span: item.span?,
        };
        self.token = Some(Token {
            generation: meta.generation,
            secret: item.secret,
        });
        Some(meta)
    }

    async fn hear(&mut self, message: Message) -> Flow {
        match message {
            Message::Ask {
                waiter,
                event,
                caller,
            } => {
                self.callers.insert(waiter, caller);
                self.step(event).await;
            }
            Message::Leave(waiter) => {
                self.callers.remove(&waiter);
                self.step(Event::CallerLeft { waiter }).await;
            }
            Message::Missing(generation) => self.missing(generation).await,
            Message::Tell { what, done } => {
                self.heard(what).await;
                // Whoever told may have gone.
                let _unheard = done.send(());
            }
            Message::Close { memory, done } => return Flow::End { memory, done },
        }
        Flow::GoOn
    }

    async fn heard(&mut self, what: Tell) {
        match what {
            Tell::Event(event) => self.step(event).await,
            // Each guest of an account brings the same secret: a request in flight still counts.
            Tell::Secret(secret) if self.question.secret.is(&secret) => {}
            Tell::Secret(secret) => {
                self.question.secret = ClientSecret::Given(secret);
                self.step(Event::CredentialsChanged).await;
            }
            Tell::VaultReturned => {
                if self.token.is_none() {
                    self.load(self.written.attempts.clone()).await;
                }
                self.step(Event::Woke).await;
            }
        }
    }

    async fn missing(&mut self, generation: Generation) {
        // Meanwhile there may be a newer one.
        if self
            .token
            .as_ref()
            .is_some_and(|token| token.generation == generation)
        {
            self.token = None;
            self.step(Event::TokenGone).await;
        }
    }

    async fn finish(&mut self, work: Result<Work, tokio::task::JoinError>) {
        match work {
            Ok(Work::Asked {
                attempt,
                answer: Answer { outcome, result },
                took,
            }) => {
                self.answer = Some(Answered { result, took });
                self.step(Event::AttemptFinished { attempt, outcome }).await;
                // What is left of it belongs to a result that no longer counts.
                self.answer = None;
                self.owes_end = true;
                self.tell_end();
            }
            Ok(Work::Saved(event)) => self.step(event).await,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }

    async fn wake_if_overslept(&mut self, wakeup: Option<Now>) {
        let late = wakeup.map_or(Duration::ZERO, |wakeup| wakeup.until(self.clock.now()));
        if late >= OVERSLEPT {
            self.step(Event::Woke).await;
        }
    }

    /// Brings front and viewers up to date.
    fn publish(&self) {
        let now = self.clock.now();
        self.front.set(self.offer(now));
        let view = View {
            lifecycle: self.machine.view(now),
            last_failure: self.written.last_failure.clone(),
        };
        self.views.send_if_modified(|shown| {
            let changed = *shown != view;
            *shown = view;
            changed
        });
    }

    fn offer(&self, now: Now) -> Option<Offer> {
        let (life, stored) = self.machine.offered(now)?;
        let token = self
            .token
            .as_ref()
            .filter(|token| token.generation == life.generation())?;
        Some(Offer {
            life,
            stored,
            secret: token.secret.clone(),
        })
    }

    pub(crate) fn tell(&self, news: News) {
        // Nobody may be listening.
        let _unheard = self.news.send(news);
    }

    /// Refuses who waits, finishes what is in hand, and makes sure that nothing begins.
    async fn end(mut self, memory: Memory) {
        self.step(Event::AutoRefresh(false)).await;
        for (waiter, caller) in std::mem::take(&mut self.callers) {
            // A caller that no longer waits needs no answer.
            let _unheard = caller.answer.send(Err(KeeperError::Closed));
            self.step(Event::CallerLeft { waiter }).await;
        }
        while let Some(work) = self.works.join_next().await {
            self.finish(work).await;
        }
        self.tell_end_at_last();
        self.front.set(None);
        if memory == Memory::Forget
            && let Err(error) = self.store.forget()
        {
            tracing::warn!(%error, "the attempts of a removed account were not removed");
        }
    }
}

async fn sleep_until(clock: &dyn Clock, now: Now, wakeup: Option<Now>) {
    match wakeup {
        Some(wakeup) => clock.sleep(now.until(wakeup)).await,
        None => std::future::pending().await,
    }
}
