//! What readers of tokens fetch: a body's keys as JSON Web Keys, and what a type of certificate is.

use super::error::AppError;
use super::ledger::Ledger;
use crate::credential::did::Did;
use crate::credential::sd_jwt::{jwt_vc_issuer, jwt_vc_issuer_path, type_metadata};
use crate::credential::signed::canonical;
use crate::domain::attainment::AttainmentKind;
use crate::domain::ids::BodyId;
use crate::keys::KeyId;
use serde_json::Value;
use uuid::Uuid;

impl Ledger {
    /// A body's keys, with the path they are served under: those in use and those retired, never one
    /// that was declared compromised.
    pub async fn jwt_vc_issuer_file(&self, body: BodyId) -> Result<(String, Vec<u8>), AppError> {
        let authority = self.authority().await?;
        let trust = self
            .views
            .body_trust(body)
            .await?
            .value
            .ok_or(AppError::NotFound { what: "body" })?;
        let did = Did::of_body(&authority.established.host, trust.body.public_id)
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        let sound = trust
            .keys
            .iter()
            .filter(|key| key.compromised_from_position.is_none());
        let keys: Result<Vec<KeyId>, AppError> = sound
            .map(|key| {
                let id = key.key_id.parse();
                id.map_err(|_| AppError::Inconsistent(format!("key id {}", key.key_id)))
            })
            .collect();
        let document = written(&jwt_vc_issuer(&did, &keys?))?;
        Ok((jwt_vc_issuer_path(&did), document))
    }

    /// The keys of the body with this public id.
    pub async fn jwt_vc_issuer_of(&self, public_id: Uuid) -> Result<Vec<u8>, AppError> {
        let body = self.views.body_by_public_id(public_id).await?.value;
        let body = body.ok_or(AppError::NotFound { what: "body" })?;
        Ok(self.jwt_vc_issuer_file(body.body).await?.1)
    }

    /// The metadata of a type of certificate, with the path it is served under: that of its `vct`.
    pub async fn type_metadata_file(
        &self,
        kind: AttainmentKind,
    ) -> Result<(String, Vec<u8>), AppError> {
        let authority = self.authority().await?;
        let document = written(&type_metadata(&authority.established.host, kind))?;
        Ok((format!("vct/{}", kind.name()), document))
    }
}

fn written(document: &Value) -> Result<Vec<u8>, AppError> {
    canonical(document).map_err(|error| AppError::Inconsistent(error.to_string()))
}
