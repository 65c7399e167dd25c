//! `conformance`: opens the conformance door. Not in a release of the program.

use super::access::{Answer, answer};
use super::output::{Exit, Output};
use super::serve::bind;
use crate::app::AppError;
use crate::conformance::{Door, router, serve};
use clap::Args;
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// Speak the simplified VC-API to the test suites of the W3C, over HTTPS with a certificate made on the
/// spot and a throw-away key (符合性测试).
#[derive(Args)]
pub(super) struct Conformance {
    /// Port on 127.0.0.1; 0 for any.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

impl Conformance {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let door = Arc::new(Door::open());
            let (listener, address) =
                bind(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))).await?;
            let url = format!("https://localhost:{}", address.port());
            let words = [("url", url), ("did", door.did().to_owned())];
            output.say(&output.text("cli-conformance", &words));
            serve(listener, router(door))
                .await
                .map_err(|error| AppError::File {
                    path: address.to_string(),
                    error,
                })?;
            Ok(Answer::done(json!({"ended": true}), Vec::new()))
        })
    }
}
