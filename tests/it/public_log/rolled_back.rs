//! A server on an older copy of the database: it does not start, and says what to do.

use super::key_life::log_keys;
use crate::support::program::{As, Ledger, text};
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

const COPIES: usize = 6;

/// The database file and its journal.
type Copy = [(PathBuf, Option<Vec<u8>>); 2];

#[test]
fn no_server_starts_on_an_older_copy() {
    let ledger = Ledger::begin_costly();
    let database = ledger.database();
    let journal = database.with_extension("sqlite-wal");
    let taken = || [&database, &journal].map(|file| (file.clone(), fs::read(file).ok()));
    let mut copies = Vec::new();
    for _ in 0..COPIES {
        copies.push(taken());
        // A head is signed over each.
        let keys = log_keys(&ledger);
        let id = text(keys.last().unwrap(), "key_id");
        ledger.maker(&["keys", "rotate-log"]).done();
        ledger.maker(&["keys", "retire-log", "--key", &id]).done();
    }
    let newest = taken();
    let put = |copy: Copy| {
        let _ = fs::remove_file(database.with_extension("sqlite-shm"));
        for (file, bytes) in copy {
            match bytes {
                Some(bytes) => fs::write(file, bytes).unwrap(),
                None => drop(fs::remove_file(file)),
            }
        }
    };
    // Where it would listen, somebody else does: a server that starts after all ends there.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for copy in copies {
        put(copy);
        let serve = ["serve", "--listen", &address];
        let refused = ledger.run(As::Nobody, &serve);
        refused.refused(2, "log-rolled-back");
        let words = &refused.json["error"];
        assert!(
            words["zh"]
                .as_str()
                .unwrap()
                .contains("恢复最新的数据库副本")
        );
        assert!(
            words["en"]
                .as_str()
                .unwrap()
                .contains("Put back the newest copy")
        );
    }
    put(newest);
    ledger.export_trust("trust");
    ledger.audited();
}
