//! Host names, looked up by the system. Its failures keep a type of their own, so that a name that
//! cannot be found is told from a host that cannot be reached.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

/// The system's resolver.
#[derive(Debug)]
pub(crate) struct SystemNames;

/// A name that could not be looked up.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct NameError(std::io::Error);

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // The port is filled in by the connector.
            let found = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(NameError)?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}
