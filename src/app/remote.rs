//! Other people's services over HTTP: small bodies, short waits, no redirects to elsewhere.
//!
//! What comes back is bytes of a stranger: whoever asked verifies them.

use crate::locale::Words;
use serde_json::Value;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;
use ureq::tls::{RootCerts, TlsConfig};

/// How long one request may take, everything included.
const REQUEST_MAX: Duration = Duration::from_secs(10);

/// Characters of a problem's title that are shown.
const TITLE_CHARS_MAX: usize = 300;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// No connection, no answer in time, or one that cannot be read.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// An answer that is none to what was asked.
    #[error("the answer has status {0}")]
    Status(u16),
    /// More bytes than were asked for.
    #[error("the answer is too large")]
    TooLarge,
    /// A refusal, in the service's own words.
    #[error("the service refused: {}", .0.en)]
    Refused(Words),
    /// An answer that cannot be read.
    #[error("the answer is none to what was asked")]
    Malformed,
}

/// An answer: its status and its body.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// At most as many bytes as were asked for.
    pub body: Vec<u8>,
}

/// A client, for one purpose. Its requests wait: not for a thread that must not.
#[derive(Clone, Debug)]
pub struct Remote(Agent);

impl Default for Remote {
    fn default() -> Self {
        Self::waiting(REQUEST_MAX)
    }
}

impl Remote {
    /// A client whose requests may take this long, everything included.
    pub fn waiting(at_most: Duration) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
        let config: Config = Agent::config_builder()
            .timeout_global(Some(at_most))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("skill-ledger/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build())
            .build();
        Self(config.into())
    }

    /// `GET`.
    pub fn get(&self, url: &str, bytes_max: usize) -> Result<Answer, RemoteError> {
        answer(self.0.get(url).call(), bytes_max)
    }

    /// `POST` of a text.
    pub fn post(&self, url: &str, body: &str, bytes_max: usize) -> Result<Answer, RemoteError> {
        answer(self.0.post(url).send(body), bytes_max)
    }

    /// `POST` of JSON, answered with JSON. A refusal by an RFC 9457 problem is one in its words.
    pub fn ask(&self, url: &str, body: &Value, bytes_max: usize) -> Result<Value, RemoteError> {
        let post = self.0.post(url).header("content-type", "application/json");
        let answer = answer(post.send(body.to_string()), bytes_max)?;
        let told: Option<Value> = serde_json::from_slice(&answer.body).ok();
        if answer.status == 200 {
            return told.ok_or(RemoteError::Malformed);
        }
        let said = |member: &str| {
            let said = told.as_ref()?.get(member)?.as_str()?;
            let shown = said.chars().filter(|c| !c.is_control());
            Some(shown.take(TITLE_CHARS_MAX).collect::<String>())
        };
        Err(match (said("title"), said("title_en")) {
            (Some(zh), Some(en)) => RemoteError::Refused(Words { zh, en }),
            _ => RemoteError::Status(answer.status),
        })
    }
}

fn answer(
    answered: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    bytes_max: usize,
) -> Result<Answer, RemoteError> {
    let unreachable = |error: ureq::Error| match error {
        ureq::Error::BodyExceedsLimit(_) => RemoteError::TooLarge,
        error => RemoteError::Unreachable(error.to_string()),
    };
    let mut response = answered.map_err(unreachable)?;
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(bytes_max as u64);
    let body = body.read_to_vec().map_err(unreachable)?;
    Ok(Answer { status, body })
}
