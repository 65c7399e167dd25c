//! A new file filled with the rows of an archive.

use super::failure::read as engine;
use super::{connect, insert, journal, log, vault};
use crate::codec::archive::End;
use crate::codec::canonical::Chain;
use crate::domain::ids::LedgerId;
use crate::store::StoreError;
use crate::store::restore::{Chunk, Filling};
use sqlx::sqlite::SqlitePool;
use std::path::Path;

/// A new file that is being filled from an archive.
pub struct SqliteFilling {
    pool: SqlitePool,
}

impl SqliteFilling {
    /// Makes the file, with the schema and the beginnings of the chains. Refused where a file is.
    pub async fn begin(path: &Path, ledger: LedgerId) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let pool = connect::new_file(path).await?;
        let mut connection = pool.acquire().await.map_err(|e| engine(&e))?;
        connect::begin_chains(&mut connection, ledger).await?;
        drop(connection);
        Ok(Self { pool })
    }
}

impl Filling for SqliteFilling {
    async fn put(&mut self, mut chunk: Chunk) -> Result<(), StoreError> {
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            if let Some(end) = chunk.plan.end() {
                insert::events(&mut transaction, &chunk.plan.rows).await?;
                insert::head(&mut transaction, &chunk.plan.on, &end).await?;
            }
            if !chunk.plan.commands.is_empty() {
                insert::commands(&mut transaction, &chunk.plan.commands).await?;
            }
            insert::reservations(&mut transaction, &chunk.plan.reservations).await?;
            let subjects = std::mem::take(&mut chunk.plan.subjects);
            let sealed = std::mem::take(&mut chunk.plan.sealed);
            vault::write(&mut transaction, subjects, sealed, &[]).await?;
            log::insert_tiles(&mut transaction, chunk.tiles).await?;
            for checkpoint in chunk.checkpoints {
                log::insert_checkpoint(&mut transaction, checkpoint).await?;
            }
            for look in chunk.looks {
                journal::insert(&mut transaction, look).await?;
            }
            transaction.commit().await
        };
        written.await.map_err(|e| engine(&e))
    }

    async fn finish(self, ledger: LedgerId, ends: [End; 3]) -> Result<(), StoreError> {
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            for (chain, (position, value, at)) in Chain::ALL.into_iter().zip(ends) {
                if chain != Chain::Event && position > 0 {
                    sqlx::query(
                        "UPDATE head SET position = $1, chain = $2, at = $3 WHERE chain_name = $4",
                    )
                    .bind(insert::signed(position))
                    .bind(value.to_vec())
                    .bind(at.0)
                    .bind(chain.name())
                    .execute(&mut *transaction)
                    .await?;
                }
            }
            connect::name_ledger(&mut transaction, ledger).await?;
            transaction.commit().await
        };
        written.await.map_err(|e| engine(&e))?;
        self.pool.close().await;
        Ok(())
    }
}
