//! The sessions that are open: who they are, and how each is told something.

use super::news::{Farewell, News};
use super::view::SessionView;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot, watch};

/// All of them.
pub(super) struct Registry {
    state: Mutex<State>,
    views: watch::Sender<Vec<SessionView>>,
    count: watch::Sender<usize>,
}

#[derive(Default)]
struct State {
    next: u64,
    open: BTreeMap<u64, Open>,
    token_request: TokenRequest,
    closing: Option<Farewell>,
}

struct Open {
    /// None until the entry is known.
    view: Option<SessionView>,
    news: mpsc::UnboundedSender<News>,
}

/// Whether a token is being requested that ends the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TokenRequest {
    #[default]
    None,
    Ahead,
}

impl Registry {
    pub(super) fn new() -> Self {
        Self {
            state: Mutex::default(),
            views: watch::Sender::new(Vec::new()),
            count: watch::Sender::new(0),
        }
    }

    /// The sessions, now and from here on, the oldest first.
    pub(super) fn views(&self) -> watch::Receiver<Vec<SessionView>> {
        self.views.subscribe()
    }

    /// Takes a session in, until what is returned is dropped.
    pub(super) fn enter(self: &Arc<Self>, news: mpsc::UnboundedSender<News>) -> Registered {
        let mut state = self.state();
        state.next += 1;
        let number = state.next;
        if state.token_request == TokenRequest::Ahead {
            tell(&news, News::RequestAhead(oneshot::channel().0));
        }
        if let Some(farewell) = state.closing {
            tell(&news, News::Close(farewell));
        }
        state.open.insert(number, Open { view: None, news });
        self.count.send_replace(state.open.len());
        drop(state);
        Registered {
            registry: self.clone(),
            number,
        }
    }

    /// Returns once no session has anything in flight that the last token's end would break,
    /// or has waited long enough for it.
    pub(super) async fn drain(&self) {
        let drained = self.tell_of_request();
        for is_done in drained {
            // A session that has ended has nothing in flight.
            let _either = is_done.await;
        }
    }

    fn tell_of_request(&self) -> Vec<oneshot::Receiver<()>> {
        let mut state = self.state();
        state.token_request = TokenRequest::Ahead;
        let told = |open: &Open| {
            let (done, is_done) = oneshot::channel();
            tell(&open.news, News::RequestAhead(done));
            is_done
        };
        state.open.values().map(told).collect()
    }

    pub(super) fn request_over(&self) {
        let mut state = self.state();
        if state.token_request == TokenRequest::Ahead {
            state.token_request = TokenRequest::None;
            for open in state.open.values() {
                tell(&open.news, News::RequestOver);
            }
        }
    }

    /// Whether it takes sessions in.
    pub(super) fn is_closing(&self) -> bool {
        self.state().closing.is_some()
    }

    /// Ends every session; returns when the last is over.
    pub(super) async fn close(&self, farewell: Farewell) {
        self.tell_to_close(farewell);
        let mut count = self.count.subscribe();
        // The sender lives as long as `self`.
        drop(count.wait_for(|count| *count == 0).await);
    }

    fn tell_to_close(&self, farewell: Farewell) {
        let mut state = self.state();
        state.closing = Some(farewell);
        for open in state.open.values() {
            tell(&open.news, News::Close(farewell));
        }
    }

    fn publish(&self, state: &State) {
        let views = state.open.values().filter_map(|open| open.view.clone());
        let views: Vec<SessionView> = views.collect();
        self.views.send_if_modified(|shown| {
            let differs = *shown != views;
            *shown = views;
            differs
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session that is gone wants no news.
fn tell(news: &mpsc::UnboundedSender<News>, what: News) {
    let _gone = news.send(what);
}

/// A session's place in the registry.
pub(super) struct Registered {
    registry: Arc<Registry>,
    number: u64,
}

impl Registered {
    /// Shows the session as it is now.
    pub(super) fn show(&self, view: &SessionView) {
        let mut state = self.registry.state();
        if let Some(open) = state.open.get_mut(&self.number) {
            open.view = Some(view.clone());
        }
        self.registry.publish(&state);
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let mut state = self.registry.state();
        state.open.remove(&self.number);
        self.registry.publish(&state);
        self.registry.count.send_replace(state.open.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_drain_waits_for_each_session_and_not_for_one_that_ends() {
        let registry = Arc::new(Registry::new());
        let (first, mut first_news) = mpsc::unbounded_channel();
        let (second, second_news) = mpsc::unbounded_channel();
        let _first = registry.enter(first);
        let second = registry.enter(second);
        let draining = tokio::spawn({
            let registry = registry.clone();
            async move { registry.drain().await }
        });
        let Some(News::RequestAhead(drained)) = first_news.recv().await else {
            panic!("not told");
        };
        assert!(!draining.is_finished());
        drop((second, second_news));
        drained.send(()).unwrap();
        draining.await.unwrap();
    }

    #[tokio::test]
    async fn who_enters_late_is_told_what_goes_on() {
        let registry = Arc::new(Registry::new());
        registry.drain().await;
        registry.close(Farewell::Bye).await;
        let (news, mut told) = mpsc::unbounded_channel();
        let _late = registry.enter(news);
        assert!(matches!(told.recv().await, Some(News::RequestAhead(_))));
        assert!(matches!(
            told.recv().await,
            Some(News::Close(Farewell::Bye))
        ));
        registry.request_over();
        assert!(matches!(told.recv().await, Some(News::RequestOver)));
    }
}
