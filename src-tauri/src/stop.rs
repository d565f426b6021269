//! Being told to end from outside: a signal, a closing session.

/// Waits for the signal to end. Where signals cannot be had, it waits for ever.
#[cfg(unix)]
pub(crate) async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ];
    let [Ok(mut terminate), Ok(mut interrupt), Ok(mut hangup)] = kinds.map(signal) else {
        tracing::warn!("signals cannot be received; end Zoomtray with Quit in its menu");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hangup.recv() => {}
    }
}

/// Waits for Ctrl-C. Where that cannot be had, it waits for ever.
#[cfg(windows)]
pub(crate) async fn asked() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "Ctrl-C cannot be received; end Zoomtray with Quit in its menu");
        std::future::pending::<()>().await;
    }
}
