//! A real ledger in a folder of its own, with certificates in every state, made by the use cases.

use skill_ledger::app::bodies::{BodyRequest, ScopeRequest};
use skill_ledger::app::export::HandedOut;
use skill_ledger::app::initialise::{Beginning, initialise};
use skill_ledger::app::people::Correction;
use skill_ledger::app::sessions::{Assess, Examiner, SessionRequest};
use skill_ledger::app::{Actor, Ledger, chance, clock};
use skill_ledger::credential::Coat;
use skill_ledger::domain::body::event::BodyKind;
use skill_ledger::domain::ids::{CommandId, SessionId};
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::name::Name;
use skill_ledger::domain::number::{CertificateNumber, NumberCode};
use skill_ledger::domain::proposal::{Act, End};
use skill_ledger::domain::route::Route;
use skill_ledger::domain::session::event::{Process, Standard, StandardKind};
use skill_ledger::keys::{KdfParams, Purpose};
use std::collections::BTreeMap;
use tempfile::TempDir;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What the passphrase of the test ledger is.
pub const PASSPHRASE: &str = "a passphrase for tests";

/// The holders, in the order of the sheet: name and document number.
pub struct Holder {
    pub name: &'static str,
    pub document: String,
}

/// One certificate of the fixture.
pub struct Certificate {
    pub number: CertificateNumber,
    pub holder: usize,
    pub credential: Vec<u8>,
    /// Every coat of the first issue.
    pub coats: BTreeMap<Coat, Vec<u8>>,
    pub proof: Vec<u8>,
}

/// The ledger with six certificates: 0 valid, 1 revoked, 2 suspended, 3 superseded, 4 reissued,
/// 5 valid; 6 is the successor of 3.
pub struct Fixture {
    /// Token of the authority's maker.
    pub maker_token: String,
    /// Token of the authority's checker.
    pub checker_token: String,
    pub dir: TempDir,
    pub ledger: Ledger,
    pub maker: Actor,
    pub public_id: Uuid,
    pub holders: Vec<Holder>,
    pub certificates: Vec<Certificate>,
}

fn id() -> CommandId {
    CommandId(chance::internal_id())
}

/// A resident identity number with its check character (GB 11643); order codes of a kind that
/// the tests keep to themselves.
fn document(nth: usize) -> String {
    let first = format!("32010219900101{:03}", 900 + nth);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize];
    format!("{first}{check}")
}

impl Fixture {
    /// Makes it.
    pub async fn make() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
        let beginning = Beginning {
            host: String::from("ledger.example"),
            jurisdiction: String::from("DEMO"),
            name: Name {
                zh: String::from("示范省人力资源和社会保障厅"),
                en: Some(String::from("Demo Province HRSS")),
            },
            region: "320000".parse().unwrap(),
            maker: String::from("经办"),
            checker: String::from("复核"),
        };
        let data = dir.path().join("data");
        let begun = initialise(&data, beginning, &passphrase, KdfParams::WEAK_FOR_TESTS)
            .await
            .unwrap();
        let ledger = begun.ledger;
        let maker_token = begun.maker.token.to_string();
        let maker = ledger.actor(&maker_token).await.unwrap();
        let checker_token = begun.checker.token.to_string();
        let checker = ledger.actor(&checker_token).await.unwrap();

        let request = BodyRequest {
            credit_code: "91350100M000100Y43".parse().unwrap(),
            name: Name {
                zh: String::from("示范技能评价中心"),
                en: Some(String::from("Demo Skills Assessment Centre")),
            },
            kind: BodyKind::SocialAssessor,
            region: "320100".parse().unwrap(),
            number_code: Some(NumberCode {
                letter: String::from("S"),
                body: String::from("0000"),
                province: String::from("32"),
                sequence: String::from("000012"),
            }),
        };
        let registered = ledger.register_body(&maker, id(), request).await.unwrap();
        let body = registered.body;
        let today = clock::today();
        let scope = ScopeRequest {
            body,
            occupations: vec!["6-31-07-01".parse().unwrap()],
            levels: SkillLevel::CERTIFIED.to_vec(),
            regions: vec!["320000".parse().unwrap()],
            from: today.first_of_year(),
            to: today.last_of_year(),
            basis: String::from("示范备案〔2026〕1号"),
        };
        ledger.grant_scope(&maker, id(), scope).await.unwrap();
        let purposes = [Purpose::Certificate, Purpose::Status];
        ledger
            .give_keys(&maker, id(), body, &purposes)
            .await
            .unwrap();
        let request = SessionRequest {
            body,
            code: String::from("2026-29"),
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
                code: String::from("GZB 6-31-07-01"),
                edition: String::from("2023"),
            },
            assessed_on: today,
            region: "320102".parse().unwrap(),
            site: String::from("第一考点"),
            examiners: vec![Examiner {
                name: String::from("考评员"),
                card: String::from("K0001"),
            }],
        };
        let session = ledger.open_session(&maker, id(), request).await.unwrap();
        let holders: Vec<Holder> = [
            "张伟",
            "欧阳文清",
            "李娜",
            "王芳",
            "赵磊",
            "阿依古丽·买买提",
        ]
        .into_iter()
        .enumerate()
        .map(|(nth, name)| Holder {
            name,
            document: document(nth),
        })
        .collect();
        let mut sheet =
            String::from("姓名,证件号码,职业名称,申报级别,理论成绩,技能成绩,评定结果\n");
        for Holder { name, document } in &holders {
            sheet += &format!("{name},{document},工业机器人系统运维员,三级,80,85.5,合格\n");
        }
        let imported = ledger
            .import_results(&maker, id(), session, sheet.as_bytes(), false)
            .await
            .unwrap();
        assert_eq!(imported.judgement.accepted.len(), holders.len());
        confirm(&ledger, &maker, &checker, session).await;
        let issued = ledger
            .issue_certificates(&maker, id(), session, today, &|_, _| {})
            .await
            .unwrap()
            .issued;
        let documents = ledger.hand_out(&issued).await.unwrap();
        // Numbers are given in an order of their own: the holder stands in the document.
        let mut certificates: Vec<Certificate> = documents
            .iter()
            .map(|document| certificate(document, &holders))
            .collect();
        certificates.sort_by_key(|certificate| certificate.holder);

        let numbers: Vec<_> = certificates.iter().map(|c| c.number.clone()).collect();
        let end = Act::EndCertificate {
            end: End::Revoked,
            ground: String::from("认定材料不实"),
            basis: String::from("示范处〔2026〕7号"),
            on: today,
        };
        let suspend = Act::SuspendCertificate {
            ground: String::from("投诉核查"),
            basis: String::from("示范处〔2026〕8号"),
            on: today,
        };
        let mut correction = Correction::default();
        correction.name = Some(String::from("王方"));
        let correct = Act::CorrectCertificate {
            corrected: correction.fields(),
            ground: String::from("姓名录入有误"),
            on: today,
        };
        for (nth, act, correction) in [
            (1, end, None),
            (2, suspend, None),
            (3, correct, Some(correction)),
        ] {
            let proposed = ledger
                .propose_about_certificate(&maker, id(), &numbers[nth], act, correction)
                .await
                .unwrap();
            ledger
                .approve(&checker, id(), proposed.proposal)
                .await
                .unwrap();
        }
        ledger
            .reissue(&maker, id(), &numbers[4], "证书遗失", today)
            .await
            .unwrap();
        ledger.publish_all(&maker).await.unwrap();
        Self {
            maker_token,
            checker_token,
            dir,
            ledger,
            maker,
            public_id: registered.public_id,
            holders,
            certificates,
        }
    }
}

async fn confirm(ledger: &Ledger, maker: &Actor, checker: &Actor, session: SessionId) {
    let proposed = ledger.propose_results(maker, id(), session).await.unwrap();
    ledger
        .approve(checker, id(), proposed.proposal)
        .await
        .unwrap();
    let today = clock::today();
    let notice = ledger
        .start_notice(maker, id(), session, today)
        .await
        .unwrap();
    ledger
        .close_session(maker, id(), session, notice.closes_on)
        .await
        .unwrap();
}

fn certificate(document: &HandedOut, holders: &[Holder]) -> Certificate {
    let coats: BTreeMap<Coat, Vec<u8>> = document
        .opened
        .coats()
        .map(|coat| (coat, document.opened.coat(coat).unwrap().unwrap()))
        .collect();
    let credential = coats[&Coat::VcJson].clone();
    let text = String::from_utf8(credential.clone()).unwrap();
    let holder = holders
        .iter()
        .position(|holder| text.contains(holder.name))
        .unwrap();
    Certificate {
        number: document.number.clone(),
        holder,
        credential,
        coats,
        proof: document.proof.to_string().into_bytes(),
    }
}
