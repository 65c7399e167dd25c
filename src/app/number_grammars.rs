//! Number grammars (证书编码规则) as they are published: adopted in place of those shipped.

use super::desk::Desk;
use super::error::AppError;
use super::operation::{Operation, operation};
use crate::domain::attainment::AttainmentKind;
use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::NumberGrammarAdopted;
use crate::domain::ids::StreamId;
use crate::domain::number::{NumberGrammar, Part};
use jiff::civil::Date;

operation! {
    /// 采用证书编码规则 | Adopts a grammar of certificate numbers.
    pub struct AdoptNumberGrammar = "number.adopt-grammar" {
        /// 规则名称 | Its name; serials are counted under it.
        name: String,
        /// 证书种类 | The kind of certificate it numbers.
        attainment: AttainmentKind,
        /// 起用日期 | The first day it applies.
        from: Date,
        /// 依据 | The document it was taken from.
        source: String,
        /// 已核对原文 | Whether a person compared it with the official text.
        verified: bool,
        /// 组成部分 | Its parts, left to right: letter:Y/S body:4 province sequence:6 year:2 level:five=5/four=4 item:6 fixed:Z serial:6.
        parts: Vec<String>,
    }
}

impl Operation for AdoptNumberGrammar {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor().need_authority()?;
        let parts: Result<Vec<Part>, _> = self.parts.iter().map(|text| text.parse()).collect();
        let parts = parts.map_err(|_| AppError::BadInput {
            what: "parts",
            rule: "field-unreadable",
        })?;
        let adopted = NumberGrammarAdopted {
            grammar: NumberGrammar {
                name: self.name.clone(),
                attainment: self.attainment,
                effective_from: self.from,
                source: self.source.clone(),
                verified: self.verified,
                parts,
            },
        };
        let catalogue = StreamId::catalogue(desk.ledger().id());
        let command = CatalogueCommand::AdoptNumberGrammar(adopted);
        desk.decide::<CatalogueDecider>(catalogue, &command).await?;
        Ok(())
    }
}
