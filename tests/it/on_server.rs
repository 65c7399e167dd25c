//! A ledger whose database is on a server, through the program: it does what one in a file does,
//! under a role that may change nothing, keeps no password, and says what is wrong with an address.

use crate::support::postgres::fresh_database;
use crate::support::program::{Answer, As, Ledger, answer, bare, text};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::path::Path;
use std::process::Command;

/// A password that must stand nowhere.
const PASSWORD: &str = "Geheim-4711";

/// The address of a new database, for a user with that password.
fn database(user: &str) -> Option<(String, String)> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let owner = runtime.block_on(fresh_database())?;
    let address = owner.replacen("postgres@", &format!("{user}:{PASSWORD}@"), 1);
    assert!(address.contains(PASSWORD));
    Some((owner, address))
}

#[tokio::main(flavor = "current_thread")]
async fn sql(url: &str, statements: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// Every file of a folder, without the password.
fn says_nothing(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            says_nothing(&path);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes
                .windows(PASSWORD.len())
                .any(|w| w == PASSWORD.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
}

#[test]
fn a_ledger_on_a_server_does_what_one_in_a_file_does() {
    let Some((_, address)) = database("postgres") else {
        return;
    };
    let ledger = Ledger::begin_on(Some(&address), "DEMO").with_one_body();
    let session = ledger.open_session("S1");
    let shown = ledger.run(As::Nobody, &["session", "show", &session]);
    shown.done();
    let head = ledger.head();
    assert!(head > 10);
    assert_eq!(ledger.audited(), head);
    assert!(!ledger.database().exists());
    let log = ledger.run(As::Nobody, &["log", "checkpoint"]).done();
    assert!(log["tree_size"].as_u64().unwrap() > 0);
    let rebuilt = ledger.maker(&["projections", "rebuild"]).done();
    assert_eq!(rebuilt["position"].as_u64(), Some(head));
    assert_eq!(ledger.audited(), head);
    // The same address given as an option, the variable away.
    let data = ledger.data();
    let options = ["--data", data.to_str().unwrap(), "--database-url", &address];
    let audit = answer(&mut bare(&[&["audit"], &options[..]].concat())).done();
    assert_eq!(audit["events"].as_u64(), Some(head));
    // A second ledger goes into no database that holds one, and leaves no keys behind.
    let again = tempfile::tempdir().unwrap();
    let path = again.path().join("ledger");
    let options = ["--data", path.to_str().unwrap(), "--database-url", &address];
    let what = ["--host", "ledger.test.example", "--jurisdiction", "DEMO"];
    let init = [
        &["init", "--kdf", "weak-for-tests"],
        &what[..],
        &options[..],
    ]
    .concat();
    let mut command = bare(&init);
    command.env("SKILL_LEDGER_PASSPHRASE", "another");
    let refused = answer(&mut command);
    refused.refused(2, "taken");
    assert!(!path.join("keys").join("keyring.json").exists());
    says_nothing(&data);
}

#[test]
fn keys_of_another_ledger_are_refused() {
    let (Some((_, one)), Some((_, other))) = (database("postgres"), database("postgres")) else {
        return;
    };
    let ledger = Ledger::begin_on(Some(&one), "DEMO");
    drop(Ledger::begin_on(Some(&other), "DEMO"));
    let mut command = ledger.command(As::Maker, &["projections", "rebuild"]);
    command.env("DATABASE_URL", &other);
    answer(&mut command).refused(1, "keys-of-another-ledger");
}

/// The rights that the file of examples grants, and no others, are enough.
#[test]
fn a_role_that_may_not_change_what_is_for_ever_is_enough() {
    let role = format!("r{:032x}", rand::random::<u128>());
    let Some((owner, address)) = database(&role) else {
        return;
    };
    let migrate = ["migrate", "--data", "nowhere", "--database-url", &owner];
    let migrated = answer(&mut bare(&migrate)).done();
    assert_eq!(migrated["from"], 0);
    let again = answer(&mut bare(&migrate)).done();
    assert_eq!(
        (&again["from"], &again["to"]),
        (&migrated["to"], &migrated["to"])
    );
    let grants = std::fs::read_to_string("examples/postgres-role.sql").unwrap();
    let make = format!("CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}';");
    sql(&owner, &(make + &grants.replace("skill_ledger", &role)));

    let ledger = Ledger::begin_on(Some(&address), "DEMO").with_one_body();
    ledger.open_session("S1");
    ledger.maker(&["projections", "rebuild"]).done();
    let audit = ledger.run(As::Nobody, &["audit"]).done();
    assert_eq!(audit["ok"], true, "{audit}");
    assert_eq!(audit["not_checked"], serde_json::json!(["schema"]));
    // The owner's audit leaves nothing out.
    let mut command = ledger.command(As::Nobody, &["audit"]);
    let audit = answer(command.env("DATABASE_URL", &owner)).done();
    assert_eq!(
        (&audit["ok"], &audit["not_checked"]),
        (&true.into(), &serde_json::json!([]))
    );
    for table in ["ledger", "event", "command", "reservation"] {
        for right in ["UPDATE", "DELETE", "TRUNCATE"] {
            let query = format!("SELECT has_table_privilege('{role}', '{table}', '{right}')::text");
            assert_eq!(ask(&owner, &query), "false", "{right} {table}");
        }
    }
    sql(&owner, &format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[tokio::main(flavor = "current_thread")]
async fn ask(url: &str, query: &str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let asked = sqlx::query_scalar(AssertSqlSafe(query.to_owned()));
    let answer = asked.fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    answer
}

/// Asserts how opening a ledger to write at an address ends, and that no word holds the password.
#[track_caller]
fn opening(ledger: &Ledger, address: &str, exit: i32, code: &str) {
    let mut command = ledger.command(As::Maker, &["projections", "rebuild"]);
    refused_quietly(command.env("DATABASE_URL", address), exit, code);
}

#[track_caller]
fn refused_quietly(command: &mut Command, exit: i32, code: &str) {
    command.env("RUST_LOG", "trace");
    let answered = answer(command);
    answered.refused(exit, code);
    for said in [&answered.stdout, &answered.stderr] {
        assert!(!said.contains(PASSWORD), "{said}");
    }
}

#[test]
fn an_address_that_will_not_do_is_refused_by_name() {
    let Some((owner, address)) = database("postgres") else {
        return;
    };
    let ledger = Ledger::begin_on(Some(&address), "DEMO");
    for wrong in [
        "mysql://u:Geheim-4711@h/x",
        "postgres://u:Geheim-4711@[/x",
        "Geheim-4711",
    ] {
        opening(&ledger, wrong, 64, "address");
    }
    opening(&ledger, &address.replacen("/t", "/x", 1), 2, "no-database");
    let nowhere = format!("postgres://postgres:{PASSWORD}@localhost/x?host=/nowhere");
    opening(&ledger, &nowhere, 2, "unreachable");
    let (_, empty) = database("postgres").unwrap();
    opening(&ledger, &empty, 2, "not-a-ledger");

    let name = ask(&owner, "SELECT current_database()::text");
    let set = |what: &str| sql(&owner, &format!("ALTER DATABASE {name} {what}"));
    set("SET default_transaction_read_only = on");
    opening(&ledger, &address, 2, "read-only-server");
    // It may be read still.
    let status = ledger.run(As::Nobody, &["log", "checkpoint"]);
    status.done();
    // Past the setting that says no, to take it away again.
    let writing = format!("{owner}&options[default_transaction_read_only]=off");
    sql(
        &writing,
        &format!("ALTER DATABASE {name} RESET default_transaction_read_only"),
    );
    set("SET synchronous_commit = off");
    opening(&ledger, &address, 2, "pragma");
    set("RESET synchronous_commit");

    sql(
        &owner,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', true, '\\x00', 0)",
    );
    opening(&ledger, &address, 2, "newer-schema");
    let audit = ledger.run(As::Nobody, &["audit"]);
    audit.refused(2, "newer-schema");
    let migrate = ["migrate", "--data", "nowhere", "--database-url", &address];
    refused_quietly(&mut bare(&migrate), 2, "newer-schema");
    sql(&owner, "DELETE FROM _sqlx_migrations WHERE version = 9999");
    let head = ledger.head();
    assert_eq!(ledger.audited(), head);
}

/// A server of its own, which may be set and stopped as one likes.
struct Server {
    folder: tempfile::TempDir,
    address: String,
}

impl Server {
    fn start() -> Option<Self> {
        if std::env::var_os("SKILL_LEDGER_POSTGRES").is_none() {
            eprintln!("left out: a private server needs SKILL_LEDGER_POSTGRES too");
            return None;
        }
        // Short: the path of a socket has at most 107 bytes.
        let folder = tempfile::Builder::new()
            .prefix("pg")
            .tempdir_in("/tmp")
            .unwrap();
        open_to_owner(folder.path());
        let dir = folder.path().join("s");
        let start = ["start", dir.to_str().unwrap()];
        let started = Command::new("tests/postgres/server")
            .args(start)
            .output()
            .unwrap();
        assert!(started.status.success(), "{started:?}");
        let address = String::from_utf8(started.stdout).unwrap().trim().to_owned();
        Some(Self { folder, address })
    }
    fn stop(&self) {
        let dir = self.folder.path().join("s");
        let mut stop = Command::new("tests/postgres/server");
        assert!(
            stop.args(["stop", dir.to_str().unwrap()])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The server's owner may be another than who runs the tests.
fn open_to_owner(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_server_that_could_lose_what_it_acknowledged_is_refused() {
    let Some(server) = Server::start() else {
        return;
    };
    let owner = server.address.clone();
    let address = owner.replacen("postgres@", &format!("postgres:{PASSWORD}@"), 1);
    let ledger = Ledger::begin_on(Some(&address), "DEMO");
    for setting in ["fsync", "full_page_writes"] {
        sql(&owner, &format!("ALTER SYSTEM SET {setting} = off"));
        reload(&owner, &format!("current_setting('{setting}') = 'off'"));
        opening(&ledger, &address, 2, "pragma");
        sql(&owner, &format!("ALTER SYSTEM RESET {setting}"));
        reload(&owner, &format!("current_setting('{setting}') = 'on'"));
    }

    sql(
        &owner,
        &format!("CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'"),
    );
    let rules = server.folder.path().join("s/data/pg_hba.conf");
    let kept = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, format!("local all guarded scram-sha-256\n{kept}")).unwrap();
    reload(
        &owner,
        "(SELECT count(*) FROM pg_hba_file_rules WHERE 'guarded' = ANY (user_name)) = 1",
    );
    let guarded = address.replacen("postgres:Geheim-4711@", "guarded:Geheim-4711-not@", 1);
    opening(&ledger, &guarded, 2, "denied");
    let guarded = address.replacen("postgres:Geheim-4711@", "guarded:Geheim-4711@", 1);
    opening(&ledger, &guarded, 2, "forbidden");

    in_mid_append(&ledger, &owner, || server.stop()).refused(2, "unreachable");
    opening(&ledger, &address, 2, "unreachable");
}

/// Has the server read its settings again, and waits for a new session to have them.
fn reload(url: &str, holds: &str) {
    sql(url, "SELECT pg_reload_conf()");
    while ask(url, &format!("SELECT ({holds})::text")) != "true" {
        std::thread::yield_now();
    }
}

/// Opens an account under this id while another session holds the end of the chain; once the append
/// waits for it, does something to the server, and answers how the program ended.
#[tokio::main(flavor = "current_thread")]
async fn in_mid_append(ledger: &Ledger, owner: &str, then: impl FnOnce()) -> Answer {
    let connect = || async { PgConnection::connect(owner).await.unwrap() };
    let (mut holder, mut watcher) = (connect().await, connect().await);
    sqlx::raw_sql("BEGIN; SELECT 1 FROM head WHERE chain_name = 'event' FOR UPDATE")
        .execute(&mut holder)
        .await
        .unwrap();
    let mut opening = ledger.command(As::Maker, &OPEN_ACCOUNT);
    let running = std::thread::spawn(move || answer(&mut opening));
    let waiting = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting)
        .fetch_one(&mut watcher)
        .await
        .unwrap()
        == 0
    {
        assert!(!running.is_finished(), "it did not wait");
        tokio::task::yield_now().await;
    }
    then();
    running.join().unwrap()
}

const OPEN_ACCOUNT: [&str; 8] = [
    "account",
    "open",
    "--name",
    "某某",
    "--role",
    "authority-maker",
    "--command-id",
    "01980000-0000-7000-8000-000000000001",
];

/// Nothing of it is stored, the program says that it does not reach the server, and the same
/// command is done afterwards, once.
#[test]
fn a_server_that_goes_away_in_mid_append_leaves_nothing_behind() {
    let Some((owner, address)) = database("postgres") else {
        return;
    };
    let ledger = Ledger::begin_on(Some(&address), "DEMO");
    let head = ledger.head();
    let ended = in_mid_append(&ledger, &owner, || {
        let ends = "SELECT count(pg_terminate_backend(pid))::text FROM pg_stat_activity \
            WHERE datname = current_database() AND wait_event_type = 'Lock'";
        assert_eq!(
            std::thread::scope(|s| s.spawn(|| ask(&owner, ends)).join().unwrap()),
            "1"
        );
    });
    ended.refused(2, "unreachable");
    assert!(!ended.stderr.contains(PASSWORD), "{}", ended.stderr);
    assert_eq!(ledger.head(), head);
    let opened = ledger.maker(&OPEN_ACCOUNT).done();
    assert!(!text(&opened, "account").is_empty());
    ledger.maker(&OPEN_ACCOUNT).refused(1, "shown-once");
    ledger.audited();
}

/// Writing goes on once a server that went away is back, and nothing is there twice.
#[test]
fn a_command_that_met_no_server_is_done_once_it_is_back() {
    let Some((owner, address)) = database("postgres") else {
        return;
    };
    let ledger = Ledger::begin_on(Some(&address), "DEMO");
    let name = ask(&owner, "SELECT current_database()::text");
    let server = owner.replacen(&format!("/{name}?"), "/postgres?", 1);
    let refuse = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
    sql(&server, &refuse);
    let refused = ledger.maker(&OPEN_ACCOUNT);
    assert_eq!(refused.exit, 2, "{refused:#?}");
    sql(
        &server,
        &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"),
    );
    let opened = ledger.maker(&OPEN_ACCOUNT).done();
    assert!(!text(&opened, "account").is_empty());
    ledger.maker(&OPEN_ACCOUNT).refused(1, "shown-once");
    ledger.audited();
}
