//! Accepts connections: HTTP/1.1, a time limit on the head of a request, so many connections at
//! once, and an orderly end.

use super::Limits;
use super::limits::Peer;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Bytes of a request's head.
const HEAD_BYTES_MAX: usize = 32 * 1024;
/// How long open requests get to finish once the end has been asked for.
const FINISH: Duration = Duration::from_secs(20);
/// Pause after a failed accept (too many open files, say), so as not to spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Serves a router until `end` resolves; then takes no new connections, lets open requests
/// finish for a while, and returns.
pub async fn listen(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    end: impl Future<Output = ()>,
) -> io::Result<()> {
    let graceful = GracefulShutdown::new();
    let connections = Arc::new(Semaphore::new(limits.connections_max));
    let mut end = pin!(end);
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&connections).acquire_owned() => match permit {
                Ok(permit) => permit,
                Err(_) => break,
            },
            () = end.as_mut() => break,
        };
        let (stream, address) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            },
            () = end.as_mut() => break,
        };
        let with_peer = router.clone().layer(Extension(Peer(address.ip())));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(limits.head_seconds_max))
            .max_buf_size(HEAD_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(with_peer));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A peer that goes away is no event worth telling.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FINISH, graceful.shutdown()).await;
    Ok(())
}
