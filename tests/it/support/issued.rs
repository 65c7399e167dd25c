//! A small ledger made of the log, keys and credential rooms only: bodies, certificates with their
//! proofs, status lists, details and a trust list. Everything a verifier can be handed.

use skill_ledger::credential::Coat;
use skill_ledger::credential::claims::{Claims, Holder, Issuer, StatusPlace};
use skill_ledger::credential::coats::{ISSUED, Material, SealedCoat};
use skill_ledger::credential::did::{Did, DidKey, did_document};
use skill_ledger::credential::status_details::{CertificateState, StatusDetail, StatusDetails};
use skill_ledger::credential::status_list::{StatusBits, StatusIndexes, StatusList, StatusPurpose};
use skill_ledger::credential::trust_list::*;
use skill_ledger::credential::vc::{self, Sealed};
use skill_ledger::domain::attainment::Attainment;
use skill_ledger::domain::ids::LedgerId;
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::name::Name;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::score::{Score, Scores};
use skill_ledger::domain::session::event::{Standard, StandardKind};
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Ed25519Key, Purpose, Signer};
use skill_ledger::tlog::entry::Commitment;
use skill_ledger::tlog::log_keys::LogKey;
use skill_ledger::tlog::merkle::{self, Tiles};
use skill_ledger::tlog::{Checkpoint, NoteKey, PublicEntry, TlogProof, leaf_hash};
use skill_ledger::verify::{Known, Policy};
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// 2026-11-22T08:00:00Z.
pub const NOW: Instant = Instant(1_795_334_400_000_000);
const DAY: i64 = 86_400_000_000;
const ORIGIN: &str = "ledger.example/log";

pub fn key(seed: u8, purpose: Purpose) -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([seed; 32]), purpose)
}

/// What makes claims of another kind.
pub type Change = fn(&mut Claims);

/// One of every kind there is beside the level certificates of old: what it is called in golden
/// files, its number, what is other about it.
pub const KINDS: [(&str, &str, Change); 6] = [
    ("special-technician", "Y00003300002126T000001", |claims| {
        let Attainment::Level { level, .. } = &mut claims.attainment else {
            return;
        };
        *level = SkillLevel::Special;
        claims.route = Route::Appointment;
    }),
    ("special-skill", "S00003300002126Z000001", |claims| {
        claims.attainment = Attainment::SpecialSkill {
            item: "ZX-2026-017".parse().unwrap(),
            name: name("面点制作", "Chinese pastry making"),
        };
        claims.standard.kind = StandardKind::SpecialSkill;
        claims.standard.code = "ZX-2026-017".into();
    }),
    ("micro-skill", "S00003300002126W000001", |claims| {
        claims.attainment = Attainment::MicroSkill {
            item: "WX-3".parse().unwrap(),
            name: Name {
                zh: "低压回路检测".into(),
                en: None,
            },
            of: "6-31-01-03".parse().ok(),
        };
        claims.standard.kind = StandardKind::Industry;
    }),
    ("micro-skill-alone", "S00003300002126W000002", |claims| {
        claims.attainment = Attainment::MicroSkill {
            item: "WX-3".parse().unwrap(),
            name: name("低压回路检测", "Low-voltage circuit testing"),
            of: None,
        };
        claims.standard.kind = StandardKind::Industry;
    }),
    ("enterprise", "Y00003300002126Q000001", |claims| {
        claims.attainment = Attainment::Enterprise {
            name: name(
                "某某重工技能证书",
                "Example Heavy Industries Skill Certificate",
            ),
            grade: "骨干电工".into(),
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name("电工", "Electrician"),
        };
        claims.twin = "Y000033000021263000001".parse().ok();
    }),
    ("level-of-two", "Y000033000021263000001", |claims| {
        claims.twin = "Y00003300002126Q000001".parse().ok();
        claims.supersedes = "Y000033000021263000009".parse().ok();
    }),
];

/// 78.5 in theory, 90.0 in skill.
pub fn scores() -> Scores {
    let score = |tenths| Score::from_tenths(tenths).ok();
    Scores::new(score(785), score(900), None).unwrap()
}

/// 电工, 三级.
pub fn electrician(work_type: Option<&str>, en: Option<&str>) -> Attainment {
    Attainment::Level {
        occupation: "6-31-01-03".parse().unwrap(),
        occupation_name: Name {
            zh: "电工".into(),
            en: en.map(str::to_owned),
        },
        work_type: work_type.map(str::to_owned),
        level: SkillLevel::Three,
    }
}
pub fn name(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.into(),
        en: Some(en.into()),
    }
}

/// A certificate with the claims it was made from.
pub struct Issued {
    pub claims: Claims,
    pub sealed: Sealed,
    /// Every coat of it.
    pub coats: Vec<SealedCoat>,
    /// Its position in the log.
    pub position: u64,
}

/// A key of the log as a note names it.
pub fn vkey(key: &Ed25519Key) -> NoteKey {
    NoteKey::new(ORIGIN, *key.public_key().as_bytes()).unwrap()
}

/// The ledger. Fields are open: a test changes one thing and looks at what follows.
pub struct Fixture {
    /// The time everything is made and verified at.
    pub now: Instant,
    /// The coats that are signed: JSON alone in the first version.
    pub signed_in: Vec<Coat>,
    /// The scores that certificates rest on from now on; with them they are signed in
    /// [`Coat::VcJsonScores`] too.
    pub scores: Option<Scores>,
    pub did: Did,
    pub trust_key: Ed25519Key,
    /// What signs heads: each of them, whatever the trust list says.
    pub log_signers: Vec<Ed25519Key>,
    /// What the trust list says of the log's keys.
    pub log_keys: Vec<LogKey>,
    pub certificate_key: Ed25519Key,
    pub status_key: Ed25519Key,
    pub entries: Vec<Vec<u8>>,
    pub issued: Vec<Issued>,
    pub body: TrustedBody,
    pub revoked: StatusBits,
    pub suspended: StatusBits,
    pub details: Vec<StatusDetail>,
    pub list_from: Instant,
    pub list_until: Instant,
    pub trust_issued: Instant,
}

impl Fixture {
    /// A ledger with one body in scope, twenty events and no certificate.
    pub fn new() -> Self {
        Self::at(NOW)
    }

    /// [`Fixture::new`] at another time.
    pub fn at(now: Instant) -> Self {
        let did = Did::of_body("ledger.example", Uuid::from_u128(0xb0d7)).unwrap();
        let certificate_key = key(1, Purpose::Certificate);
        let status_key = key(2, Purpose::Status);
        let trusted = |key: &Ed25519Key| TrustedKey {
            key_id: key.key_id().clone(),
            purpose: key.purpose(),
            from_position: 5,
            to_position: None,
            compromised_from_position: None,
        };
        let body = TrustedBody {
            did: did.clone(),
            name: name(
                "杭州市第一技能评价中心",
                "Hangzhou First Skills Assessment Centre",
            ),
            credit_code: "52330100MJ12345613".parse().unwrap(),
            scopes: vec![TrustedScope {
                work_types: Vec::new(),
                occupations: vec!["6-31-01-03".parse().unwrap()],
                levels: [SkillLevel::Five, SkillLevel::Four, SkillLevel::Three]
                    .map(TrustedLevel)
                    .to_vec(),
                items: Vec::new(),
                regions: vec!["330100".parse().unwrap()],
                from_position: 6,
                to_position: None,
            }],
            run_offs: Vec::new(),
            suspensions: Vec::new(),
            keys: vec![trusted(&certificate_key), trusted(&status_key)],
            status_lists: StatusPurpose::ALL
                .map(|p| did.status_list_url(1, p))
                .to_vec(),
        };
        let mut fixture = Self {
            now,
            signed_in: ISSUED.to_vec(),
            scores: None,
            did,
            trust_key: key(3, Purpose::Trust),
            log_keys: vec![LogKey::alone(vkey(&key(4, Purpose::Log))).unwrap()],
            log_signers: vec![key(4, Purpose::Log)],
            certificate_key,
            status_key,
            entries: Vec::new(),
            issued: Vec::new(),
            body,
            revoked: StatusBits::default(),
            suspended: StatusBits::default(),
            details: Vec::new(),
            list_from: Instant(now.0 - DAY),
            list_until: Instant(now.0 + 6 * DAY),
            trust_issued: Instant(now.0 - DAY),
        };
        for _ in 0..20 {
            fixture.other_event();
        }
        fixture
    }

    /// [`Fixture::new`] with one certificate.
    pub fn with_one() -> Self {
        let mut fixture = Self::new();
        fixture.issue(|_| ());
        fixture
    }

    pub fn claims(&self, n: u32) -> Claims {
        let index = StatusIndexes::new([9; 32]).at(n).unwrap();
        Claims {
            credential_id: uuid::Builder::from_random_bytes([(n % 255) as u8 + 1; 16]).into_uuid(),
            number: format!("S000033000021263{:06}", n + 1).parse().unwrap(),
            holder: Holder {
                name: "阿依古丽·买买提".into(),
                document_type: "居民身份证".into(),
                document_last4: "123X".into(),
            },
            attainment: electrician(None, Some("Electrician")),
            route: Route::Assessment,
            standard: Standard {
                kind: StandardKind::National,
                code: "GZB 6-31-01-03".into(),
                edition: "2018".into(),
            },
            region: "330106".parse().unwrap(),
            region_name: "浙江省杭州市西湖区".into(),
            issuer: Issuer {
                did: self.did.clone(),
                name: self.body.name.clone(),
                credit_code: self.body.credit_code,
            },
            session: Some("2026-29".into()),
            assessed_on: "2026-11-01".parse().unwrap(),
            issued_on: Instant(self.now.0 - DAY).date_in_china(),
            issue: 1,
            supersedes: None,
            twin: None,
            status: StatusPlace { list: 1, index },
            results: None,
        }
    }

    /// Lets the body assess what [`KINDS`] attest.
    pub fn widen(&mut self) {
        let scope = &mut self.body.scopes[0];
        scope.levels.push(TrustedLevel(SkillLevel::Special));
        scope.items = ["ZX-2026-017", "WX-3"]
            .map(|it| it.parse().unwrap())
            .to_vec();
    }

    /// Issues one certificate of each of [`KINDS`], in their order.
    pub fn issue_kinds(&mut self) {
        for (_, number, kind) in KINDS {
            self.issue(|claims| {
                claims.number = number.parse().unwrap();
                kind(claims);
            });
        }
    }

    /// The coats that certificates are signed in now.
    pub fn coats(&self) -> Vec<Coat> {
        let scores = self.scores.map(|_| Coat::VcJsonScores);
        self.signed_in.iter().copied().chain(scores).collect()
    }

    /// Issues a certificate; returns its place in `issued`.
    pub fn issue(&mut self, change: impl FnOnce(&mut Claims)) -> usize {
        let mut claims = self.claims(self.issued.len() as u32);
        change(&mut claims);
        let at = Instant(self.now.0 - DAY);
        let sealed = vc::issue(&claims, at, &self.certificate_key).unwrap();
        let material = Material {
            claims: &claims,
            key: self.certificate_key.key_id(),
            created: at,
            secret: &[7; 32],
            scores: self.scores,
        };
        let issue = |coat| material.issue(coat, &self.certificate_key).unwrap();
        let coats: Vec<_> = self.coats().into_iter().map(issue).collect();
        let entry = PublicEntry {
            event_type: match claims.issue {
                1 => "certificate.issued".into(),
                _ => "certificate.reissued".into(),
            },
            at: at.0,
            digest: leaf_hash(claims.number.as_str().as_bytes()),
            commitment: Commitment::Credential {
                digest: sealed.unsigned_sha256,
                key: self.certificate_key.key_id().to_string(),
                coats: coats
                    .iter()
                    .filter(|it| it.coat.is_committed_apart())
                    .map(|it| (it.coat.name().to_owned(), it.digest))
                    .collect(),
            },
        };
        self.entries.push(entry.to_bytes().unwrap());
        self.issued.push(Issued {
            claims,
            sealed,
            coats,
            position: self.entries.len() as u64,
        });
        self.issued.len() - 1
    }

    /// Any other event; returns its position.
    pub fn other_event(&mut self) -> u64 {
        let entry = PublicEntry {
            event_type: "session.opened".into(),
            at: self.now.0 - DAY,
            digest: leaf_hash(&self.entries.len().to_be_bytes()),
            commitment: Commitment::None,
        };
        self.entries.push(entry.to_bytes().unwrap());
        self.entries.len() as u64
    }

    pub fn bytes(&self, n: usize) -> &[u8] {
        &self.issued[n].sealed.document_bytes
    }

    /// One coat of a certificate, as a file.
    pub fn coat(&self, n: usize, coat: Coat) -> &[u8] {
        let found = self.issued[n].coats.iter().find(|it| it.coat == coat);
        &found.unwrap_or_else(|| panic!("no {coat}")).bytes
    }

    /// The same certificate in the coat `vc-json-rdfc`, whether or not it was signed in it.
    pub fn rdfc_bytes(&self, n: usize) -> Vec<u8> {
        let Issued { claims, sealed, .. } = &self.issued[n];
        let at = Instant(self.now.0 - DAY);
        let rdfc = vc::issue_rdfc(claims, at, &self.certificate_key).unwrap();
        assert_eq!(rdfc.unsigned_sha256, sealed.unsigned_sha256);
        rdfc.document_bytes
    }

    pub fn log_vkey(&self) -> NoteKey {
        vkey(&self.log_signers[0])
    }

    fn tiles(&self) -> Tiles {
        let leaves: Vec<_> = self.entries.iter().map(|e| leaf_hash(e)).collect();
        let mut tiles = Tiles::new();
        merkle::append(&mut tiles, 0, &leaves).unwrap();
        tiles
    }

    pub fn checkpoint(&self) -> String {
        let size = self.entries.len() as u64;
        let head = Checkpoint {
            origin: ORIGIN.into(),
            size,
            root: merkle::root(&self.tiles(), size).unwrap(),
            extensions: Vec::new(),
        };
        let signed = self.log_signers.iter().map(|signer| {
            let sign = |m: &[u8]| signer.sign(Purpose::Log, m).map(|s| s.0);
            head.sign(&vkey(signer), sign).unwrap().unwrap()
        });
        let whole = signed.reduce(|mut note, more| {
            note.add(more.signatures()[0].clone()).unwrap();
            note
        });
        whole.unwrap().to_string()
    }

    pub fn proof(&self, n: usize) -> TlogProof {
        let index = self.issued[n].position - 1;
        TlogProof {
            extra: Some(self.entries[index as usize].clone()),
            index,
            hashes: merkle::inclusion_proof(&self.tiles(), index, self.entries.len() as u64)
                .unwrap(),
            checkpoint: self.checkpoint(),
        }
    }
    pub fn proof_bytes(&self, n: usize) -> Vec<u8> {
        self.proof(n).to_string().into_bytes()
    }

    pub fn status_list(&self, purpose: StatusPurpose) -> Vec<u8> {
        let bits = match purpose {
            StatusPurpose::Revocation => &self.revoked,
            StatusPurpose::Suspension => &self.suspended,
        };
        let list = StatusList {
            did: self.did.clone(),
            list: 1,
            purpose,
            valid_from: self.list_from,
            valid_until: self.list_until,
            bits: bits.clone(),
        };
        list.sign(self.list_from, &self.status_key).unwrap()
    }
    pub fn status_lists(&self) -> Vec<Vec<u8>> {
        StatusPurpose::ALL.map(|p| self.status_list(p)).to_vec()
    }
    pub fn status_details(&self) -> Vec<u8> {
        let mut entries = self.details.clone();
        entries.sort_by_key(|e| e.index);
        let details = StatusDetails {
            did: self.did.clone(),
            list: 1,
            as_of_position: self.entries.len() as u64,
            valid_from: self.list_from,
            valid_until: self.list_until,
            entries,
        };
        details.sign(&self.status_key).unwrap()
    }

    pub fn trust_list(&self) -> TrustList {
        TrustList {
            ledger: LedgerId(Uuid::from_u128(1)),
            as_of_position: self.entries.len() as u64,
            issued_at: self.trust_issued,
            authority: TrustedAuthority {
                name: name(
                    "浙江省人力资源和社会保障厅",
                    "Zhejiang Department of Human Resources and Social Security",
                ),
                region: "330000".parse().unwrap(),
                trust_key: self.trust_key.key_id().clone(),
            },
            log: TrustedLog {
                origin: ORIGIN.into(),
                keys: self.log_keys.clone(),
            },
            bodies: vec![self.body.clone()],
        }
    }
    pub fn trust_file_of(&self, list: &TrustList) -> Vec<u8> {
        TrustFile::assemble(
            &list.sign(&self.trust_key).unwrap(),
            &self.status_lists(),
            &[self.status_details()],
            Some(self.checkpoint()),
        )
        .unwrap()
        .to_bytes()
        .unwrap()
    }
    pub fn trust_file(&self) -> Vec<u8> {
        self.trust_file_of(&self.trust_list())
    }

    /// What a verifier knows who was handed the trust file.
    pub fn known(&self) -> Known {
        Known::gather(NOW, Policy::default(), Some(&self.trust_file()), None, &[])
    }

    /// Ends or suspends certificate `n`.
    pub fn set_state(&mut self, n: usize, state: CertificateState) {
        let index = self.issued[n].claims.status.index;
        match state {
            CertificateState::Valid => (),
            CertificateState::Suspended => self.suspended.set(index),
            _ => self.revoked.set(index),
        }
        self.details.push(StatusDetail {
            index,
            state,
            ground: Some("成绩复核后改判".into()),
            on: Some("2026-11-21".parse().unwrap()),
            successor: (state == CertificateState::Superseded)
                .then(|| "S000033000021263000999".parse().unwrap()),
            issue: None,
        });
    }

    /// Writes everything a verifier, ours or another, is handed into a directory.
    pub fn export(&self, directory: &Path) {
        let write = |name: &str, bytes: &[u8]| {
            let path = directory.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        for (n, issued) in self.issued.iter().enumerate() {
            let number = issued.claims.number.as_str();
            write(&format!("certificates/{number}.json"), self.bytes(n));
            write(
                &format!("certificates/{number}.tlog-proof"),
                &self.proof_bytes(n),
            );
        }
        let keys = self.body.keys.iter().map(|k| DidKey {
            id: k.key_id.clone(),
            revoked: None,
        });
        let document = did_document(&self.did, &keys.collect::<Vec<_>>());
        let did = format!("{}/did.json", self.did.path());
        write(&did, document.to_string().as_bytes());
        for purpose in StatusPurpose::ALL {
            write(
                &self.did.status_list_path(1, purpose),
                &self.status_list(purpose),
            );
        }
        write(&self.did.status_details_path(1), &self.status_details());
        write("trust-list.json", &self.trust_file());
        write("checkpoint", self.checkpoint().as_bytes());
        write("log.vkey", format!("{}\n", self.log_vkey()).as_bytes());
    }
}
