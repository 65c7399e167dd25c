//! Our log and proofs before an implementation that nobody here wrote: Go's `x/mod/sumdb`, from
//! Debian, over a served log and an exported folder.

use super::export::issued;
use crate::support::outside::installed;
use crate::support::program::{As, Ledger};
use crate::support::server::generous;
use rand::RngExt;
use serde_json::Value;
use skill_ledger::app::home::Home;
use skill_ledger::http::{self, Served, listen};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Certificates whose proofs are looked at.
const CERTIFICATES: u32 = 1_000;

/// What it says of a log, or why it refuses it.
fn said(program: &Path, source: &str, vkey: &str, certificates: &Path) -> Result<Value, String> {
    let seed = u64::from(rand::rng().random::<u32>());
    let output = Command::new(program)
        .args([source, vkey, certificates.to_str().unwrap()])
        .arg(seed.to_string())
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(serde_json::from_slice(&output.stdout).unwrap()),
        false => Err(format!(
            "seed {seed}: {}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

#[test]
fn another_implementation_reads_the_log_and_believes_every_proof() {
    let program = installed().join("log");
    if !program.exists() {
        eprintln!("left out: Go with golang.org/x/mod is not installed");
        return;
    }
    let ledger = Ledger::with_body();
    issued(&ledger, 1, CERTIFICATES);
    let session = fs::read_dir(ledger.data().join("certificates")).unwrap();
    let certificates = session.last().unwrap().unwrap().path();
    ledger.export_trust("trust");
    let folder = ledger.beside("trust/log");
    let vkey = fs::read_to_string(folder.join("vkey")).unwrap();
    let vkey = vkey.trim();

    let exported = said(&program, folder.to_str().unwrap(), vkey, &certificates).unwrap();
    assert_eq!(exported["proofs"], CERTIFICATES);
    assert_eq!(exported["entries"], 1_000);
    assert_eq!(exported["pairs"], 20 * 21 / 2);

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let home = Home::new(&ledger.data(), None);
    let address = runtime.block_on(async {
        let reading = skill_ledger::app::Ledger::open_to_read(home).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = http::router(Served::new(Arc::new(reading)));
        let never = std::future::pending();
        tokio::spawn(listen::listen(listener, router, generous(), never));
        address
    });
    let url = format!("http://{address}/log");
    let served = said(&program, &url, vkey, &certificates).unwrap();
    assert_eq!(served, exported);

    // A changed entry, tile or head is refused.
    let size = exported["size"].as_u64().unwrap();
    let bundle = skill_ledger::tlog::tile_path::BundleId::in_log(0, size).unwrap();
    for path in ["checkpoint".to_owned(), "tile/0/000".into(), bundle.path()] {
        let file = folder.join(&path);
        let whole = fs::read(&file).unwrap();
        let mut changed = whole.clone();
        let at = match path.as_str() {
            "checkpoint" => vec![whole.len() - 9],
            // All of the first bundle: which entries are looked at is chance.
            path if path.contains("entries") => (2..whole.len()).step_by(100).collect(),
            _ => vec![whole.len() / 2],
        };
        at.into_iter().for_each(|at| changed[at] ^= 1);
        fs::write(&file, changed).unwrap();
        let refused = said(&program, folder.to_str().unwrap(), vkey, &certificates);
        assert!(refused.is_err(), "{path}");
        fs::write(&file, whole).unwrap();
    }
    assert_eq!(ledger.run(As::Nobody, &["audit"]).exit, 0);
}
