//! Examiners, supervisors, invigilators and teachers, their cards, trainings and schools.

use super::Province;
use super::ask::stream_id_of;
use super::bodies::OCCUPATIONS;
use super::people::number;
use crate::app::AppError;
use crate::domain::body::event::BodyKind;
use crate::domain::ids::SubjectId;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// Cards are good from this day on; the rounds before it name their examiners only.
const FROM: Date = date(2024, 1, 1);
const TO: Date = date(2026, 12, 31);

/// A card of somebody new.
struct NewCard<'a> {
    role: &'a str,
    number: String,
    /// Which of the people of that kind.
    nth: usize,
    kind: usize,
}

/// The card of examiner `nth` of a body.
pub(super) fn examiner(assessor: usize, nth: usize) -> String {
    format!("K{:06}", 3 * assessor + nth + 1)
}

/// The card of one more senior examiner of an employer, for its committees.
pub(super) fn senior(assessor: usize, nth: usize) -> String {
    format!("GK{:06}", 2 * assessor + nth + 1)
}

/// The card of a body's own quality supervisor.
pub(super) fn supervisor(assessor: usize) -> String {
    format!("ND{:06}", assessor + 1)
}

/// The card of an invigilator of a body.
pub(super) fn invigilator(assessor: usize, nth: usize) -> String {
    format!("JK{:06}", 2 * assessor + nth + 1)
}

fn teacher(nth: usize) -> String {
    format!("JS{:06}", nth + 1)
}

impl Province<'_, '_> {
    fn card(&mut self, card: &NewCard<'_>, occupations: &[&str], body: Value, to: Value) -> Value {
        json!({
            "name": "尉迟考",
            "document_number": number(&mut self.rng, card.nth, card.kind),
            "role": card.role,
            "number": card.number,
            "occupations": occupations,
            "body": body,
            "from": FROM,
            "to": to,
            "basis": format!("示范考评〔2024〕{}号", card.nth + 1),
        })
    }

    /// Three examiners, a supervisor and two invigilators for every body that assesses, two more
    /// senior examiners for every employer; a card a second time is refused. Some cards are
    /// renewed, suspended, withdrawn.
    pub(super) async fn grant_cards(&mut self) -> Result<(), AppError> {
        let mut cards = Vec::new();
        for (at, of) in self.assessors.clone().into_iter().enumerate() {
            let (occupation, body) = (of.occupation.to_string(), json!(of.credit_code));
            let trade: &[&str] = &[&occupation];
            let mut new = Vec::new();
            for nth in 0..3 {
                let role = if nth == 0 {
                    "senior-examiner"
                } else {
                    "examiner"
                };
                new.push((role, examiner(at, nth), 3 * at + nth, 4, trade));
            }
            if of.kind == BodyKind::Employer {
                for nth in 0..2 {
                    new.push(("senior-examiner", senior(at, nth), 2 * at + nth, 7, trade));
                }
            }
            new.push(("quality-supervisor-internal", supervisor(at), at, 8, &[]));
            for nth in 0..2 {
                let role = "invigilator";
                new.push((role, invigilator(at, nth), 2 * at + nth, 9, &[]));
            }
            for (role, number, nth, kind, occupations) in new {
                let card = NewCard {
                    role,
                    number,
                    nth,
                    kind,
                };
                cards.push(self.card(&card, occupations, body.clone(), json!(TO)));
            }
        }
        let again = cards[0].clone();
        let granted = self.rows("staff.grant-card", cards).await?;
        self.count("cards", granted.accepted);
        self.refused("staff.grant-card", again, "a card twice")
            .await?;
        self.change_cards().await?;
        let words = [("count", granted.accepted.to_string())];
        self.stage.step("province-cards", &words);
        Ok(())
    }

    /// Cards of the last bodies of the list, which examine nobody any more.
    async fn change_cards(&mut self) -> Result<(), AppError> {
        let last = self.assessors.len() - 1;
        let changes = self.scale.of(20, 1).min(last);
        let mut renewals = Vec::new();
        for nth in 0..changes {
            let at = last - nth;
            renewals.push(json!({
                "number": examiner(at, 0),
                "from": date(2027, 1, 1),
                "to": date(2029, 12, 31),
                "basis": "示范考评〔2026〕9号",
                "on": date(2026, 10, 8),
            }));
            let suspend = json!({
                "number": examiner(at, 1),
                "ground": "年度考核不合格",
                "basis": "示范考评〔2026〕10号",
                "on": date(2026, 5, 6),
            });
            self.did("staff.suspend-card", suspend.clone()).await?;
            if nth.is_multiple_of(2) {
                let reinstate = json!({
                    "number": examiner(at, 1),
                    "ground": "补考合格",
                    "on": date(2026, 6, 8),
                });
                self.did("staff.reinstate-card", reinstate).await?;
            }
            let withdraw = json!({
                "number": examiner(at, 2),
                "ground": "出借证卡",
                "basis": "示范考评〔2026〕11号",
                "on": date(2026, 5, 7),
            });
            self.did("staff.withdraw-card", withdraw.clone()).await?;
            self.refused("staff.withdraw-card", withdraw, "a second withdrawal")
                .await?;
            self.count("cards suspended, reinstated or withdrawn", 1);
        }
        let renewed = self.rows("staff.renew-card", renewals).await?;
        self.count("cards renewed", renewed.accepted);
        Ok(())
    }

    /// Teachers of the training providers: a card each, a training marked on two of three, and a
    /// school; every fifth teaches without a card.
    pub(super) async fn grant_teachers(&mut self) -> Result<(), AppError> {
        if self.providers.is_empty() {
            return Ok(());
        }
        let count = 2 * self.providers.len();
        let mut cards = Vec::new();
        for nth in 0..count {
            let new = NewCard {
                role: "teacher",
                number: teacher(nth),
                nth,
                kind: 10,
            };
            let school = json!(self.providers[nth / 2].credit_code);
            cards.push(self.card(&new, &OCCUPATIONS, school, Value::Null));
        }
        let granted = self.rows("staff.grant-card", cards).await?;
        self.count("teachers' cards", granted.accepted);
        for event in &granted.events {
            if event.event_type == "staff.card_granted" {
                let staff: SubjectId = stream_id_of(event)?;
                self.teachers.push(staff);
            }
        }
        let base = self.providers[0].credit_code;
        let mut marks = Vec::new();
        for nth in 0..count {
            let (hours, passed) = match nth % 3 {
                0 => (50, true),
                1 => (48, true),
                _ => continue,
            };
            marks.push(json!({
                "number": teacher(nth),
                "base": base,
                "hours": hours,
                "from": date(2025, 7, 1),
                "to": date(2025, 7, 12),
                "passed": passed,
                "on": date(2025, 7, 15),
            }));
        }
        let marked = self.rows("staff.endorse", marks).await?;
        self.count("endorsements", marked.accepted);
        let mut engaged = Vec::new();
        for nth in 0..count + count / 5 {
            let school = self.providers[nth / 2 % self.providers.len()].credit_code;
            let mut row = json!({
                "body": school,
                "occupations": [OCCUPATIONS[0]],
                "from": date(2024, 3, 1),
            });
            if nth < count {
                row["number"] = json!(teacher(nth));
            } else {
                row["name"] = json!("长孙教");
                row["document_number"] = json!(number(&mut self.rng, nth, 10));
            }
            engaged.push(row);
        }
        let engaged = self.rows("staff.engage", engaged).await?;
        self.count("teachers engaged", engaged.accepted);
        let leave = json!({
            "staff": self.teachers[count - 1],
            "body": self.providers[(count - 1) / 2].credit_code,
            "on": date(2026, 2, 1),
        });
        self.did("staff.leave", leave).await?;
        let words = [("count", count.to_string())];
        self.stage.step("province-teachers", &words);
        Ok(())
    }
}
