//! What a scenario speaks of: a real ledger in a folder of its own, and the names given to things.

use skill_ledger::app::initialise::{Beginning, initialise};
use skill_ledger::app::{Actor, AppError, Ledger, chance, clock};
use skill_ledger::domain::credit_code::CreditCode;
use skill_ledger::domain::identity::{DocumentType, IdentityDocument};
use skill_ledger::domain::ids::CommandId;
use skill_ledger::domain::name::Name;
use skill_ledger::keys::KdfParams;
use skill_ledger::locale::Words;
use std::any::Any;
use std::collections::BTreeMap;
use tempfile::TempDir;
use zeroize::Zeroizing;

/// What became of the act a scenario is about.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Done.
    Accepted,
    /// Refused by a rule, or by what was given.
    Refused {
        /// The stable code of the rule.
        code: String,
        /// Its words.
        words: Words,
    },
}

/// A ledger, its people, and what the scenario calls things.
pub struct World {
    /// The folder goes with the world.
    _dir: TempDir,
    /// The open ledger.
    pub ledger: Ledger,
    /// 经办人, of the authority and of every body.
    pub maker: Actor,
    /// 复核人, of the authority and of every body.
    pub checker: Actor,
    /// What became of the last act; taken by the sentence that says what should have.
    pub outcome: Option<Outcome>,
    things: BTreeMap<(&'static str, String), Box<dyn Any>>,
    births: BTreeMap<String, jiff::civil::Date>,
    people: Vec<String>,
}

/// A fresh command id.
pub fn id() -> CommandId {
    CommandId(chance::internal_id())
}

/// A name in Chinese.
pub fn name(zh: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: None,
    }
}

impl World {
    /// A new ledger of a jurisdiction: `DEMO` has a notice of 0 days.
    pub async fn new(jurisdiction: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let beginning = Beginning {
            host: "ledger.example".into(),
            jurisdiction: jurisdiction.into(),
            name: name("示范省人力资源和社会保障厅"),
            region: "320000".parse().unwrap(),
            maker: "经办".into(),
            checker: "复核".into(),
        };
        let passphrase = Zeroizing::new("a passphrase for tests".to_owned());
        let data = dir.path().join("data");
        let begun = initialise(&data, beginning, &passphrase, KdfParams::WEAK_FOR_TESTS)
            .await
            .unwrap();
        let ledger = begun.ledger;
        let maker = ledger.actor(&begun.maker.token).await.unwrap();
        let checker = ledger.actor(&begun.checker.token).await.unwrap();
        Self {
            _dir: dir,
            ledger,
            maker,
            checker,
            outcome: None,
            things: BTreeMap::new(),
            births: BTreeMap::new(),
            people: Vec::new(),
        }
    }

    /// Keeps what became of an act: a rule's refusal is told by a later sentence, anything else
    /// that goes wrong ends the scenario.
    pub fn did<T>(&mut self, done: Result<T, AppError>) -> Result<Option<T>, String> {
        match done {
            Ok(value) => {
                self.outcome = Some(Outcome::Accepted);
                Ok(Some(value))
            }
            Err(error) if error.is_refusal() || matches!(error, AppError::BadInput { .. }) => {
                self.refused(error.code(), error.words());
                Ok(None)
            }
            Err(error) => Err(format!("没有办成：{error}")),
        }
    }

    /// Keeps a refusal.
    pub fn refused(&mut self, code: impl Into<String>, words: Words) {
        let code = code.into();
        self.outcome = Some(Outcome::Refused { code, words });
    }

    /// Names a thing of a kind, for later sentences.
    pub fn keep<T: Any>(&mut self, kind: &'static str, name: &str, thing: T) {
        self.things.insert((kind, name.to_owned()), Box::new(thing));
    }

    /// Takes a name back.
    pub fn forget(&mut self, kind: &'static str, name: &str) {
        self.things.remove(&(kind, name.to_owned()));
    }

    /// The thing of a kind that was given this name.
    pub fn kept<T: Any + Clone>(&self, kind: &'static str, name: &str) -> Result<T, String> {
        self.things
            .get(&(kind, name.to_owned()))
            .and_then(|thing| thing.downcast_ref::<T>().cloned())
            .ok_or_else(|| format!("前面没有说过{kind}“{name}”"))
    }

    /// The credit code (统一社会信用代码) a body of this name is given.
    pub fn credit_code(&mut self, body: &str) -> CreditCode {
        let nth = self.nth(body);
        let letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        let inner = letters.chars().chain("X".chars());
        inner
            .flat_map(|check| letters.chars().map(move |last| (check, last)))
            .find_map(|(check, last)| format!("91320100{nth:08}{check}{last}").parse().ok())
            .unwrap()
    }

    /// Says when a person was born, before he is first spoken of.
    pub fn born(&mut self, person: &str, on: jiff::civil::Date) {
        self.births.insert(person.to_owned(), on);
    }

    /// The identity card a person of this name holds: of the right form, and nobody's.
    pub fn document(&mut self, person: &str) -> IdentityDocument {
        let nth = self.nth(person);
        let born = self.births.get(person).copied();
        let born = born.unwrap_or(jiff::civil::date(1990, 5, 6));
        let first = format!("320102{}{nth:03}", born.strftime("%Y%m%d"));
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let digits = first.bytes().map(|digit| u32::from(digit - b'0'));
        let sum: u32 = digits.zip(weights).map(|(d, weight)| d * weight).sum();
        let check = char::from(b"10X98765432"[(sum % 11) as usize]);
        let number = format!("{first}{check}");
        IdentityDocument::parse(DocumentType::ResidentIdentityCard, &number, clock::today())
            .unwrap()
    }

    /// The names that were spoken of.
    pub fn names(&self) -> &[String] {
        &self.people
    }

    /// How many names were spoken of before this one.
    pub fn nth(&mut self, name: &str) -> usize {
        if let Some(nth) = self.people.iter().position(|it| it == name) {
            return nth + 1;
        }
        self.people.push(name.to_owned());
        self.people.len()
    }
}
