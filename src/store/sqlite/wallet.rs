//! Codes and access tokens of wallets, by their digests.

use super::SqliteStore;
use super::failure::read as engine;
use super::read::{column, corrupt};
use crate::codec::row::Digest;
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::wallet::{Redeemed, Redeeming, WRONG_MAX, WalletGrant, WalletOffer, judge};

const TABLE: &str = "wallet_grant";

impl SqliteStore {
    /// Keeps an offer; deletes what has passed.
    pub async fn put_wallet_offer(
        &self,
        offer: WalletOffer,
        now: Instant,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let written = async {
            sqlx::query("DELETE FROM wallet_grant WHERE expires_at <= $1")
                .bind(now.0)
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "INSERT INTO wallet_grant (digest, kind, number, issue, tx_code, wrong, expires_at) \
                 VALUES ($1, 'code', $2, $3, $4, 0, $5)",
            )
            .bind(offer.code.to_vec())
            .bind(offer.grant.number)
            .bind(i64::from(offer.grant.issue))
            .bind(offer.tx_code.map(|it| it.to_vec()))
            .bind(offer.expires.0)
            .execute(&mut *transaction)
            .await
        };
        written.await.map_err(|e| self.write_failed(&e, now))?;
        let committed = transaction.commit().await;
        committed.map_err(|e| self.write_failed(&e, now))
    }

    /// Changes a code for an access token, once.
    pub async fn redeem_wallet_code(&self, asked: Redeeming) -> Result<Redeemed, StoreError> {
        let now = asked.now;
        let mut transaction = self.write().await?;
        let held = sqlx::query(
            "SELECT number, issue, tx_code FROM wallet_grant \
             WHERE digest = $1 AND kind = 'code' AND expires_at > $2 AND wrong < $3",
        )
        .bind(asked.code.to_vec())
        .bind(now.0)
        .bind(i64::from(WRONG_MAX))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(|e| engine(&e))?;
        let Some(held) = held else {
            return Ok(Redeemed::Unknown);
        };
        let key = "a code";
        let number: String = column(&held, 0, TABLE, &key, "number")?;
        let issue: i64 = column(&held, 1, TABLE, &key, "issue")?;
        let tx_code: Option<Vec<u8>> = column(&held, 2, TABLE, &key, "tx_code")?;
        let judged = judge(tx_code.as_deref(), asked.tx_code.as_ref());
        let written = async {
            match judged {
                Redeemed::Done => {
                    sqlx::query("DELETE FROM wallet_grant WHERE digest = $1")
                        .bind(asked.code.to_vec())
                        .execute(&mut *transaction)
                        .await?;
                    sqlx::query(
                        "INSERT INTO wallet_grant \
                           (digest, kind, number, issue, tx_code, wrong, expires_at) \
                         VALUES ($1, 'token', $2, $3, NULL, 0, $4)",
                    )
                    .bind(asked.token.to_vec())
                    .bind(number)
                    .bind(issue)
                    .bind(asked.token_expires.0)
                    .execute(&mut *transaction)
                    .await?;
                }
                Redeemed::TxCodeWrong => {
                    sqlx::query("UPDATE wallet_grant SET wrong = wrong + 1 WHERE digest = $1")
                        .bind(asked.code.to_vec())
                        .execute(&mut *transaction)
                        .await?;
                }
                Redeemed::Unknown | Redeemed::TxCodeNeeded | Redeemed::TxCodeUnasked => {}
            }
            Ok(())
        };
        written.await.map_err(|e| self.write_failed(&e, now))?;
        let committed = transaction.commit().await;
        committed.map_err(|e| self.write_failed(&e, now))?;
        Ok(judged)
    }

    /// What an access token entitles to; `None` if it is past or unknown.
    pub async fn wallet_grant(
        &self,
        token: Digest,
        now: Instant,
    ) -> Result<Option<WalletGrant>, StoreError> {
        let held = sqlx::query(
            "SELECT number, issue FROM wallet_grant \
             WHERE digest = $1 AND kind = 'token' AND expires_at > $2",
        )
        .bind(token.to_vec())
        .bind(now.0)
        .fetch_optional(self.pool())
        .await
        .map_err(|e| engine(&e))?;
        let Some(held) = held else {
            return Ok(None);
        };
        let key = "a token";
        let issue: i64 = column(&held, 1, TABLE, &key, "issue")?;
        Ok(Some(WalletGrant {
            number: column(&held, 0, TABLE, &key, "number")?,
            issue: u16::try_from(issue).map_err(|_| corrupt(TABLE, &key, "issue"))?,
        }))
    }
}
