//! Tokens: hand-outs, refreshes, rejections.

use crate::clock::wall_now;
use crate::core::{Core, Running};
use crate::delivery::order::FreshToken;
use crate::views::failure_of;
use control::{
    Failure, FailureKind, GetToken, Progress, Refresh, Refreshed, Rejected, Token, WireSecret,
    answered,
};
use keeper::{KeeperHandle, TokenLease};
use lifecycle::{Generation, WallTime};
use serde_json::Value;
use std::time::Duration;
use zoom::ServiceUrls;

/// A valid token.
pub(crate) async fn get(core: &Core, call: GetToken) -> Result<Value, Failure> {
    let meant = meant(core, call.account.as_deref()).await?;
    let lease = meant
        .keeper
        .token(Duration::from_secs(call.min_ttl_s))
        .await;
    answered::<GetToken>(&meant.token(lease.map_err(|error| failure_of(&error))?))
}

/// The default account's token, on its way to be delivered.
pub(crate) async fn fresh(core: &Core) -> Result<FreshToken, Failure> {
    let meant = meant(core, None).await?;
    let lease = meant.keeper.token(Duration::ZERO).await;
    let lease = lease.map_err(|error| failure_of(&error))?;
    Ok(FreshToken {
        generation: lease.generation.0,
        secret: lease.token,
    })
}

/// The default account's token if it is valid now; makes no request.
pub(crate) async fn valid(core: &Core) -> Option<FreshToken> {
    let meant = meant(core, None).await.ok()?;
    let span = meant.keeper.view().lifecycle.condition.token?;
    if span.remaining(wall_now()).is_zero() {
        return None;
    }
    let lease = meant.keeper.token(Duration::ZERO).await.ok()?;
    Some(FreshToken {
        generation: lease.generation.0,
        secret: lease.token,
    })
}

/// A new token now; the caller is told if the cooldown has to pass first.
pub(crate) async fn refresh(
    core: &Core,
    call: Refresh,
    progress: Progress,
) -> Result<Value, Failure> {
    let meant = meant(core, call.account.as_deref()).await?;
    let (waits, mut told) = tokio::sync::mpsc::unbounded_channel::<WallTime>();
    let mut refreshing = std::pin::pin!(meant.keeper.refresh(waits));
    let lease = loop {
        tokio::select! {
            biased;
            Some(until) = told.recv() => {
                // A caller that does not listen is refreshed for all the same.
                let _unheard = progress.waiting(until).await;
            }
            outcome = &mut refreshing => break outcome.map_err(|error| failure_of(&error))?,
        }
    };
    let notices = core.board.snapshot().warnings.clone();
    answered::<Refresh>(&Refreshed {
        account: meant.id,
        generation: lease.generation.0,
        span: lease.span,
        notices,
    })
}

/// A token newer than one that Zoom's API rejected.
pub(crate) async fn rejected(core: &Core, call: Rejected) -> Result<Value, Failure> {
    let meant = meant(core, call.account.as_deref()).await?;
    let lease = meant.keeper.rejected(Generation(call.generation)).await;
    answered::<Rejected>(&meant.token(lease.map_err(|error| failure_of(&error))?))
}

/// The account a call is about. Taken out, so that no lock is held while it waits.
struct Meant {
    id: String,
    service: ServiceUrls,
    keeper: KeeperHandle,
}

async fn meant(core: &Core, id: Option<&str>) -> Result<Meant, Failure> {
    let accounts = core.accounts.lock().await;
    accounts.find(id).map(Meant::of).ok_or_else(|| match id {
        Some(id) => Failure::new(
            FailureKind::UnknownAccount,
            format!("There is no account {id}. `zoomtrayctl accounts list` names those there are."),
        ),
        None => Failure::new(FailureKind::NoAccount, NO_ACCOUNT),
    })
}

/// What to do without an account.
pub(crate) const NO_ACCOUNT: &str = "No account is saved. Add one with `zoomtrayctl accounts add \
     --server-to-server`, or set ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET.";

impl Meant {
    fn of(running: &Running) -> Self {
        Self {
            id: running.account.id.to_string(),
            service: running.account.service.clone(),
            keeper: running.keeper.clone(),
        }
    }

    fn token(&self, lease: TokenLease) -> Token {
        Token {
            account: self.id.clone(),
            access_token: WireSecret(lease.token),
            generation: lease.generation.0,
            span: lease.span,
            api_url: self.service.api().to_owned(),
        }
    }
}
