//! A command's talk with the keeper: reaching one, and the account it means.

use crate::exit::Failed;
use crate::terminal;
use control::{
    AccountView, Call, CallError, Client, Credentials, GetSnapshot, Snapshot, Told, UseGuest,
    WireSecret,
};
use daemon::{GuestCredentials, Reached, Setup};
use tokio::sync::mpsc;

/// A keeper that answers, and the account this command is about.
pub(crate) struct Session {
    setup: Setup,
    reached: Reached,
    /// Our id of the account: none if there is no account at all.
    pub(crate) account: Option<String>,
}

impl Session {
    /// Names what could not be read, reaches a keeper, and brings the environment's account
    /// along if none is saved.
    pub(crate) async fn open() -> Result<Self, Failed> {
        let setup = Setup::from_process()?;
        name_misread(&setup);
        Self::open_with(&setup).await
    }

    async fn open_with(setup: &Setup) -> Result<Self, Failed> {
        for _ in 1..KEEPERS {
            match Self::try_open(setup).await? {
                Ok(session) => return Ok(session),
                Err(CallError::Gone) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Self::try_open(setup).await??)
    }

    async fn try_open(setup: &Setup) -> Result<Result<Self, CallError>, Failed> {
        let reached = daemon::reach(setup).await?;
        Ok(match choose(&reached.client, setup).await {
            Ok(account) => Ok(Self {
                setup: setup.clone(),
                reached,
                account,
            }),
            Err(error) => Err(error),
        })
    }

    /// Asks. A keeper that leaves meanwhile is replaced by the next, or by this process.
    pub(crate) async fn ask<C: Call>(
        &mut self,
        call: impl Fn(Option<String>) -> C,
    ) -> Result<C::Answer, Failed> {
        for _ in 1..KEEPERS {
            match self.client().call(call(self.account.clone())).await {
                Err(CallError::Gone) => self.reopen().await?,
                outcome => return Ok(outcome?),
            }
        }
        Ok(self.client().call(call(self.account.clone())).await?)
    }

    /// Goes to the keeper that took over, or becomes one.
    pub(crate) async fn reopen(&mut self) -> Result<(), Failed> {
        let reached = daemon::reach_next(&self.setup).await?;
        self.account = choose(&reached.client, &self.setup).await?;
        self.reached = reached;
        Ok(())
    }

    /// The connection.
    pub(crate) fn client(&self) -> &Client {
        &self.reached.client
    }

    /// The connection and what it tells, for waiting on both.
    pub(crate) fn split(&mut self) -> (&Client, &mut mpsc::Receiver<Told>) {
        (&self.reached.client, &mut self.reached.told)
    }

    /// The state, and the account in it.
    pub(crate) async fn look(&mut self) -> Result<(Snapshot, Option<AccountView>), Failed> {
        let snapshot = self.ask(|_| GetSnapshot {}).await?;
        let account = snapshot
            .accounts
            .iter()
            .find(|account| Some(&account.id) == self.account.as_ref());
        let account = account.cloned();
        Ok((snapshot, account))
    }

    /// Leaves; a keeper that this command became goes once nobody else needs it.
    pub(crate) async fn close(self) {
        self.reached.leave().await;
    }
}

/// How many keepers in a row may leave before a command gives up: short commands take turns.
pub(crate) const KEEPERS: u32 = 5;

/// Our id of the account that this command is about.
async fn choose(client: &Client, setup: &Setup) -> Result<Option<String>, CallError> {
    let accounts = client.call(GetSnapshot {}).await?.accounts;
    let saved = accounts.into_iter().find(|account| !account.guest);
    match (saved, setup.environment.guest.clone()) {
        (Some(account), _) => Ok(Some(account.id)),
        (None, Some(guest)) => bring(client, guest).await.map(Some),
        (None, None) => Ok(None),
    }
}

/// Says which variables and settings could not be used.
pub(crate) fn name_misread(setup: &Setup) {
    for misread in &setup.environment.misread {
        terminal::note(&misread.to_string());
    }
}

/// Makes the environment's credentials an account of the keeper while this connection lives.
pub(crate) async fn bring(client: &Client, guest: GuestCredentials) -> Result<String, CallError> {
    let credentials = Credentials {
        account_id: guest.account_id,
        client_id: guest.client_id,
        client_secret: WireSecret(guest.client_secret),
        token_index: None,
        oauth_url: guest.oauth_url,
        api_url: guest.api_url,
    };
    Ok(client.call(UseGuest { credentials }).await?.account)
}
