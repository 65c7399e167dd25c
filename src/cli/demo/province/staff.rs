//! Examiners and their cards.

use super::Province;
use super::people::number;
use crate::app::AppError;
use crate::app::staff::cards::GrantCard;
use crate::domain::staff::role::StaffRole;
use jiff::civil::date;

impl Province<'_, '_> {
    /// Three cards of examiners for every body that assesses; a card a second time is refused.
    pub(super) async fn grant_cards(&mut self) -> Result<(), AppError> {
        let mut cards = Vec::new();
        for nth in 0..3 * self.assessors.len() {
            let of = &self.assessors[nth / 3];
            let role = match nth % 3 {
                0 => StaffRole::SeniorExaminer,
                _ => StaffRole::Examiner,
            };
            let (occupation, credit_code) = (of.occupation, of.credit_code);
            cards.push(GrantCard {
                staff: None,
                name: Some("尉迟考".into()),
                document_type: None,
                document_number: Some(number(&mut self.rng, nth, 4)),
                role,
                number: format!("K{:06}", nth + 1),
                occupations: vec![occupation],
                levels: Vec::new(),
                items: Vec::new(),
                grade: None,
                body: Some(credit_code),
                from: date(2024, 1, 1),
                to: Some(date(2026, 12, 31)),
                basis: format!("示范考评〔2024〕{}号", nth + 1),
            });
        }
        let again = cards.first().cloned();
        let (granted, _) = self.import(cards).await?;
        self.count("cards", granted);
        if let Some(again) = again {
            let twice = self.as_maker(&again).await;
            self.refusals.expect(twice, "a card twice")?;
        }
        self.stage
            .step("province-cards", &[("count", granted.to_string())]);
        Ok(())
    }
}
