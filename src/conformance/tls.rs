//! HTTPS with a certificate made on the spot, which nobody is asked to believe.

use axum::Router;
use axum::serve::Listener;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

/// How long a visitor may take to agree on TLS.
const GREETING: Duration = Duration::from_secs(5);
/// Pause after a failed accept, so as not to spin.
const PAUSE: Duration = Duration::from_millis(200);

/// A listener with a self-signed certificate for `localhost`.
pub struct Certified {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Certified {
    /// Makes the certificate.
    pub fn new(listener: TcpListener) -> io::Result<Self> {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|it| {
                it.with_no_client_auth()
                    .with_single_cert(vec![made.cert.der().clone()], PrivateKeyDer::from(key))
            });
        Ok(Self {
            listener,
            acceptor: TlsAcceptor::from(Arc::new(config.map_err(io::Error::other)?)),
        })
    }
}

impl Listener for Certified {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.listener.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            // One at a time: a door for test suites has few visitors.
            let greeting = self.acceptor.accept(stream);
            if let Ok(Ok(stream)) = tokio::time::timeout(GREETING, greeting).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Serves the door until the process ends.
pub async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    axum::serve(Certified::new(listener)?, router).await
}
