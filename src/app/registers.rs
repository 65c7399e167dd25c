//! Reading registers (名册): as of now or of any position, by those who may.

use super::{Actor, AppError, Ledger};
use crate::view::AsOf;
use crate::view::RegisterPage;
use crate::view::register::{KEY_BYTES_MAX, RegisterRow};

/// Kinds that anybody may read: they speak of rules, not of people, and their keys are public: no
/// internal id leaves.
pub const PUBLIC: &[&str] = &[
    "occupation",
    "standard",
    "standard-template",
    "item",
    "promotion-rule",
    "direct-ground",
    "appointment-policy",
    "apprenticeship-policy",
    "issuer",
    "comparison-row",
    "title-series",
];

/// Which states of a register to read.
#[derive(Clone, Debug, Default)]
pub struct RegisterRequest {
    /// What sort of thing.
    pub kind: String,
    /// Only this thing.
    pub key: Option<String>,
    /// Only this owner's.
    pub owner: Option<String>,
    /// Only keys that begin with this.
    pub prefix: Option<String>,
    /// As of which position; now if none is named.
    pub at: Option<u64>,
    /// The last key of the page before.
    pub after: Option<String>,
    /// Most rows.
    pub limit: Option<u32>,
}

impl Ledger {
    /// A page of a register.
    pub async fn read_register(
        &self,
        actor: Option<&Actor>,
        request: &RegisterRequest,
    ) -> Result<AsOf<Vec<RegisterRow>>, AppError> {
        if !PUBLIC.contains(&request.kind.as_str()) {
            actor.ok_or(AppError::UnknownToken)?.need_reader()?;
        }
        let texts = [
            &request.key,
            &request.owner,
            &request.prefix,
            &request.after,
        ];
        let too_long = |text: &String| text.len() > KEY_BYTES_MAX;
        if too_long(&request.kind) || texts.into_iter().flatten().any(too_long) {
            return Err(AppError::BadInput {
                what: "register",
                rule: "field-unreadable",
            });
        }
        if let Some(key) = &request.key {
            let one = self.views.register(&request.kind, key, request.at).await?;
            return Ok(one.map(|row| row.into_iter().collect()));
        }
        let page = RegisterPage {
            owner: request.owner.as_deref(),
            prefix: request.prefix.as_deref(),
            at: request.at,
            after: request.after.as_deref(),
            limit: request.limit.unwrap_or(100),
        };
        Ok(self.views.register_page(&request.kind, page).await?)
    }

    /// Every state one registered thing has had, oldest first.
    pub async fn register_history(
        &self,
        actor: &Actor,
        kind: &str,
        key: &str,
    ) -> Result<AsOf<Vec<RegisterRow>>, AppError> {
        actor.need_reader()?;
        Ok(self.views.register_history(kind, key).await?)
    }
}
