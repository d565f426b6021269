//! What is done before a token request, where a new token ends the last one: whoever uses that
//! one is given time to finish.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// How long a request waits for those who use the last token: a little longer than the ten
/// seconds that they are given themselves.
pub(crate) const PATIENCE: Duration = Duration::from_secs(12);

/// Is told before and after each token request of an account.
pub trait BeforeRequest: Send + Sync + 'static {
    /// A request is ahead: it is made when this has ended.
    fn ahead(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// The request is over, and its token, if it brought one, is on offer.
    fn over(&self);
}
