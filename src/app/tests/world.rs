//! A real ledger with two people and as many bodies as a test wants.

use crate::app::bodies::{BodyRequest, ScopeRequest};
use crate::app::draft::Draft;
use crate::app::execute::Asked;
use crate::app::initialise::{Beginning, initialise};
use crate::app::sessions::{Assess, Examiner, SessionRequest};
use crate::app::{Actor, AppError, Ledger, chance, clock};
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{BodyKind, ScopeEnded};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, CommandId, GrantId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::NumberCode;
use crate::domain::proposal::Act;
use crate::domain::route::Route;
use crate::domain::session::event::{Process, Standard, StandardKind};
use crate::keys::{KdfParams, Purpose};
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use zeroize::Zeroizing;

pub const PASSPHRASE: &str = "a passphrase for tests";

pub struct World {
    pub dir: TempDir,
    pub ledger: Ledger,
    pub maker: Actor,
    pub checker: Actor,
    persons: AtomicUsize,
}

pub fn id() -> CommandId {
    CommandId(chance::internal_id())
}

pub fn name(zh: &str) -> Name {
    Name {
        zh: zh.into(),
        en: None,
    }
}

/// The `nth` credit code of a row of good ones.
fn credit_code(nth: usize) -> CreditCode {
    let letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let inner = letters.chars().chain("X".chars());
    inner
        .flat_map(|check| letters.chars().map(move |last| (check, last)))
        .find_map(|(check, last)| format!("91320100{nth:08}{check}{last}").parse().ok())
        .unwrap()
}

/// A resident identity number with its check character (GB 11643).
pub fn document(nth: usize) -> String {
    let first = format!("320102{}0101{:03}", 1960 + nth / 500, nth % 500);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = first.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!(
        "{first}{}",
        "10X98765432".as_bytes()[(sum % 11) as usize] as char
    )
}

impl World {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let beginning = Beginning {
            host: "ledger.example".into(),
            jurisdiction: "DEMO".into(),
            name: name("示范省人力资源和社会保障厅"),
            region: "320000".parse().unwrap(),
            maker: "经办".into(),
            checker: "复核".into(),
        };
        let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
        let data = dir.path().join("data");
        let begun = initialise(&data, beginning, &passphrase, KdfParams::WEAK_FOR_TESTS)
            .await
            .unwrap();
        let ledger = begun.ledger;
        let maker = ledger.actor(&begun.maker.token).await.unwrap();
        let checker = ledger.actor(&begun.checker.token).await.unwrap();
        Self {
            dir,
            ledger,
            maker,
            checker,
            persons: AtomicUsize::new(0),
        }
    }

    pub fn body_request(nth: usize) -> BodyRequest {
        BodyRequest {
            credit_code: credit_code(nth),
            name: name("示范技能评价中心"),
            kind: BodyKind::SocialAssessor,
            region: "320100".parse().unwrap(),
            number_code: Some(NumberCode {
                letter: "S".into(),
                body: "0000".into(),
                province: "32".into(),
                sequence: format!("{:06}", nth + 1),
            }),
        }
    }

    /// A body in no scope, with its keys.
    pub async fn body(&self, nth: usize) -> BodyId {
        let request = Self::body_request(nth);
        let registered = self.ledger.register_body(&self.maker, id(), request).await;
        let body = registered.unwrap().body;
        self.give(body, &[Purpose::Certificate, Purpose::Status])
            .await;
        body
    }

    /// New keys for a body; the ids of all it was given.
    pub async fn give(&self, body: BodyId, purposes: &[Purpose]) -> Vec<String> {
        let given = self.ledger.give_keys(&self.maker, id(), body, purposes);
        given.await.unwrap()
    }

    pub fn scope_request(body: BodyId) -> ScopeRequest {
        let today = clock::today();
        ScopeRequest {
            body,
            occupations: vec!["6-31-07-01".parse().unwrap()],
            levels: SkillLevel::CERTIFIED.to_vec(),
            regions: vec!["320000".parse().unwrap()],
            from: today.first_of_year(),
            to: today.last_of_year(),
            basis: "示范备案〔2026〕1号".into(),
        }
    }

    pub async fn grant(&self, body: BodyId) -> GrantId {
        let request = Self::scope_request(body);
        let granted = self.ledger.grant_scope(&self.maker, id(), request).await;
        granted.unwrap()
    }

    /// Ends a scope from tomorrow on, as the event of its expiry would.
    pub async fn end_scope(&self, body: BodyId, grant: GrantId) {
        let asked = Asked {
            command_id: id(),
            actor: self.maker.account,
        };
        let digest = self.ledger.request_digest("end", &grant).unwrap();
        let ended = ScopeEnded {
            grant,
            on: clock::today().tomorrow().unwrap(),
            reason: "有效期届满".into(),
        };
        let done = self.ledger.execute(asked, digest, async || {
            let mut loaded = self.ledger.load::<BodyDecider>(body).await?;
            let events = loaded.decide(&BodyCommand::EndScope(ended.clone()))?;
            let mut draft = Draft::default();
            draft.write(&loaded, events);
            Ok(draft)
        });
        done.await.unwrap();
    }

    /// An act of weight about a body, by both people.
    pub async fn act(&self, body: BodyId, act: Act) -> Result<(), AppError> {
        let proposed = self.ledger.propose_about_body(&self.maker, id(), body, act);
        let proposal = proposed.await?.proposal;
        self.ledger.approve(&self.checker, id(), proposal).await?;
        Ok(())
    }

    pub fn session_request(body: BodyId, code: &str) -> SessionRequest {
        SessionRequest {
            body,
            code: code.into(),
            route: Route::Assessment,
            process: Process::Sheet,
            assess: Assess::Levels {
                occupation: "6-31-07-01".parse().unwrap(),
                work_type: None,
                levels: vec![SkillLevel::Three],
            },
            dual: None,
            question_bank: None,
            standard: Standard {
                kind: StandardKind::National,
                code: "GZB 6-31-07-01".into(),
                edition: "2023".into(),
            },
            assessed_on: clock::today(),
            region: "320102".parse().unwrap(),
            site: "第一考点".into(),
            examiners: vec![Examiner {
                name: "考评员".into(),
                card: "K0001".into(),
            }],
        }
    }

    /// A sheet of so many new people who all pass.
    pub fn sheet(&self, people: usize) -> String {
        let mut sheet =
            String::from("姓名,证件号码,职业名称,申报级别,理论成绩,技能成绩,评定结果\n");
        for _ in 0..people {
            let document = document(self.persons.fetch_add(1, Ordering::Relaxed));
            sheet += &format!("张伟,{document},工业机器人系统运维员,三级,80,85.5,合格\n");
        }
        sheet
    }

    /// A session with two people, closed and ready to issue.
    pub async fn session(&self, body: BodyId, code: &str) -> Result<SessionId, AppError> {
        let (ledger, maker) = (&self.ledger, &self.maker);
        let request = Self::session_request(body, code);
        let session = ledger.open_session(maker, id(), request).await?;
        let sheet = self.sheet(2);
        let imported = ledger.import_results(maker, id(), session, sheet.as_bytes(), false);
        assert!(imported.await?.written);
        let proposed = ledger.propose_results(maker, id(), session).await?;
        let approved = ledger.approve(&self.checker, id(), proposed.proposal);
        approved.await?;
        let today = clock::today();
        ledger.start_notice(maker, id(), session, today).await?;
        ledger.close_session(maker, id(), session, today).await?;
        Ok(session)
    }

    pub async fn head(&self) -> u64 {
        use crate::store::EventStore;
        self.ledger.store.head().await.unwrap().position
    }
}
