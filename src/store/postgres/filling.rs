//! An empty database filled with the rows of an archive.

use super::failure::read as engine;
use super::read::signed;
use super::{connect, insert, journal, log, vault};
use crate::codec::archive::End;
use crate::codec::canonical::Chain;
use crate::domain::ids::LedgerId;
use crate::store::StoreError;
use crate::store::restore::{Chunk, Filling};
use sqlx::{Connection as _, PgConnection};

/// An empty database that is being filled from an archive.
pub struct PostgresFilling {
    connection: PgConnection,
}

impl PostgresFilling {
    /// Makes the schema and the beginnings of the chains. Refused where a ledger is, or where an
    /// earlier filling was not finished.
    pub async fn begin(url: &str, ledger: LedgerId) -> Result<Self, StoreError> {
        let mut connection = connect::to_empty(url).await?;
        connect::begin_chains(&mut connection, ledger).await?;
        Ok(Self { connection })
    }
}

impl Filling for PostgresFilling {
    async fn put(&mut self, mut chunk: Chunk) -> Result<(), StoreError> {
        let begun = self.connection.begin().await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            let keys = std::mem::take(&mut chunk.plan.reservations);
            let commands = std::mem::take(&mut chunk.plan.commands);
            if let Some(end) = chunk.plan.end() {
                let nothing = insert::Supposed::default();
                let plan = &mut chunk.plan;
                if !insert::write(&mut transaction, plan, &end, nothing).await? {
                    let moved = "the head is not where the chunk before left it";
                    return Err(sqlx::Error::Protocol(moved.into()));
                }
            }
            insert::commands(&mut transaction, &commands).await?;
            insert::reservations(&mut transaction, keys).await?;
            vault::write(&mut transaction, &chunk.plan).await?;
            log::insert_tiles(&mut transaction, &chunk.tiles).await?;
            for checkpoint in chunk.checkpoints {
                log::insert_checkpoint(&mut transaction, checkpoint).await?;
            }
            journal::insert(&mut transaction, &chunk.looks).await?;
            transaction.commit().await
        };
        written.await.map_err(|e| engine(&e))
    }

    async fn finish(mut self, ledger: LedgerId, ends: [End; 3]) -> Result<(), StoreError> {
        let begun = self.connection.begin().await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            for (chain, (position, value, at)) in Chain::ALL.into_iter().zip(ends) {
                if chain != Chain::Event && position > 0 {
                    sqlx::query(
                        "UPDATE head SET position = $1, chain = $2, at = $3 WHERE chain_name = $4",
                    )
                    .bind(signed(position))
                    .bind(value)
                    .bind(at.0)
                    .bind(chain.name())
                    .execute(&mut *transaction)
                    .await?;
                }
            }
            connect::name_ledger(&mut transaction, ledger).await?;
            transaction.commit().await
        };
        written.await.map(drop).map_err(|e| engine(&e))
    }
}
