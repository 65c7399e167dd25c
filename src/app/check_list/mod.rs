//! The check of a list (批量核验): many certificates by number and holder, each as the public
//! look-up would answer it.
//!
//! A number that does not exist and a holder who does not match are one and the same answer, after
//! the same time. Every certificate looked at goes into the access journal before anything is
//! opened. The ledger is asked a fixed number of questions for every [`CHUNK`] certificates.

mod answer;
mod columns;
mod find;
mod number_hint;

pub use answer::{CellProblem, Counts, ListAnswer, RowAnswer, RowResult};
pub use columns::RowShown;

use super::clock;
use super::error::AppError;
use super::ledger::Ledger;
use super::look_up::{is_same, mask_name};
use super::public::PublicDocuments;
use super::register::answer_from_register;
use crate::credential::vc::ParsedCredential;
use crate::domain::number::CertificateNumber;
use crate::sequencer;
use crate::sheet::SheetError;
use crate::sheet::list::{DocumentStated, LIST_ROWS_MAX, ListRow, Stated};
use crate::store::EventStore;
use crate::verify::{Report, verify};
use find::Found;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// Certificates asked for together: what is held of them at once.
const CHUNK: usize = 500;
/// Certificates verified before others have their turn.
const VERIFIED_MAX: usize = 16;
/// The answer to a list comes at a whole multiple of this, and of as much for every row, after the
/// question: what was found cannot be told from how long it took.
const LIST_TAKES: Duration = Duration::from_millis(400);
const ROW_TAKES: Duration = Duration::from_millis(2);

impl Ledger {
    /// Checks every row of a list: number AND name must match, and the document number where the
    /// row has it. At most [`LIST_ROWS_MAX`] rows.
    pub async fn check_list(
        &self,
        rows: &[ListRow],
        documents: &PublicDocuments,
    ) -> Result<ListAnswer, AppError> {
        if rows.len() > LIST_ROWS_MAX {
            return Err(SheetError::TooManyRows(LIST_ROWS_MAX).into());
        }
        let asked_at = Instant::now();
        let answer = self.check_rows(rows, documents).await;
        tokio::time::sleep_until(answered_at(asked_at, Instant::now(), rows.len())).await;
        answer
    }

    async fn check_rows(
        &self,
        rows: &[ListRow],
        documents: &PublicDocuments,
    ) -> Result<ListAnswer, AppError> {
        let as_of_position = self.store.head().await?.position;
        let mut places: BTreeMap<&CertificateNumber, Vec<usize>> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            if let Ok(stated) = &row.stated {
                places.entry(&stated.number).or_default().push(place);
            }
        }
        let mut found: BTreeMap<usize, RowAnswer> = BTreeMap::new();
        let numbers: Vec<&CertificateNumber> = places.keys().copied().collect();
        for chunk in numbers.chunks(CHUNK) {
            let certificates = self.find_certificates(chunk).await?;
            let proofs = self.proofs_of(&certificates).await?;
            for (nth, number) in chunk.iter().enumerate() {
                if nth % VERIFIED_MAX == 0 {
                    tokio::task::yield_now().await;
                }
                let Some(certificate) = certificates.get(number) else {
                    continue;
                };
                let matching: Vec<usize> = places
                    .get(number)
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|place| rows.get(*place).is_some_and(|row| states(row, certificate)))
                    .collect();
                if matching.is_empty() {
                    continue;
                }
                let proof = proofs.get(&certificate.newest.position);
                let report = verified(certificate, proof, documents, as_of_position);
                let told = RowAnswer::found(0, &report, &certificate.state);
                found.extend(matching.into_iter().filter_map(|place| {
                    let row = rows.get(place)?.row;
                    Some((place, told.at(row)))
                }));
            }
        }
        let answers = rows.iter().enumerate().map(|(place, row)| {
            let told = match (&row.stated, found.remove(&place)) {
                (Err(problems), _) => RowAnswer::unread(row.row, problems),
                (Ok(_), Some(told)) => told,
                (Ok(stated), None) => RowAnswer::not_found(row.row, &stated.number),
            };
            told.with_same_number(row.same_number_as)
        });
        Ok(ListAnswer {
            rows: answers.collect(),
            as_of_position,
            as_of: clock::now(),
        })
    }

    /// The inclusion proofs of these certificates' newest issues, by position; those that no
    /// checkpoint covers yet are left out.
    async fn proofs_of(
        &self,
        certificates: &BTreeMap<CertificateNumber, Found>,
    ) -> Result<BTreeMap<u64, String>, AppError> {
        let positions = certificates.values().map(|found| found.newest.position);
        let under = self.head_covering(positions.max().unwrap_or(0)).await?;
        let rows: Vec<_> = certificates
            .values()
            .filter(|found| found.newest.position <= under.tree_size)
            .map(|found| found.newest.clone())
            .collect();
        let keys = self.log_keys().await?;
        let proofs = sequencer::proofs(&self.store, &keys, &under, &rows).await?;
        let proofs = rows.iter().zip(proofs);
        Ok(proofs
            .map(|(row, proof)| (row.position, proof.to_string()))
            .collect())
    }
}

/// The first whole multiple of what a list of so many rows takes that has not passed.
fn answered_at(asked_at: Instant, now: Instant, rows: usize) -> Instant {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    let takes = LIST_TAKES + ROW_TAKES.saturating_mul(rows);
    let passed = now.saturating_duration_since(asked_at).as_millis() / takes.as_millis().max(1);
    asked_at + takes.saturating_mul(u32::try_from(passed).unwrap_or(u32::MAX - 1) + 1)
}

/// Whether a row states the holder of a certificate: by the name the ledger knows, or the one the
/// document bears where it was corrected since. All is compared whatever has differed.
fn states(row: &ListRow, certificate: &Found) -> bool {
    let Ok(Stated { name, document, .. }) = &row.stated else {
        return false;
    };
    let Some(identity) = &certificate.identity else {
        return false;
    };
    let known = is_same(&identity.name, name);
    let borne = is_same(&certificate.name_borne, name);
    let held = identity.document.number();
    let of_document = match document {
        None => true,
        Some(DocumentStated::Whole(whole)) => is_same(held, whole),
        Some(DocumentStated::Ending(ending)) => {
            let before = held.chars().count().saturating_sub(ending.chars().count());
            let end = held
                .char_indices()
                .nth(before)
                .map_or("", |(at, _)| &held[at..]);
            is_same(end, ending)
        }
    };
    (known | borne) & of_document
}

/// The verification of the newest document, with the ledger's own word on its status, as the
/// public look-up gives it: the name masked, the document number left out.
fn verified(
    certificate: &Found,
    proof: Option<&String>,
    documents: &PublicDocuments,
    position: u64,
) -> Report {
    let proof = proof.map(String::as_bytes);
    let mut report = verify(&certificate.document, proof, documents.known());
    if let Some(shown) = &mut report.certificate {
        let name = shown.claims.holder_name.take();
        shown.claims.holder_name = name.as_deref().map(mask_name);
        shown.claims.document_last4 = None;
        shown.claims.complete = false;
    }
    answer_from_register(
        &mut report,
        &certificate.state,
        &certificate.events,
        position,
    );
    report
}

/// The name a document bears; empty if it cannot be read.
fn name_borne(document: &[u8]) -> zeroize::Zeroizing<String> {
    let name = ParsedCredential::parse(document).map(|parsed| parsed.claims.holder.name.clone());
    zeroize::Zeroizing::new(name.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_at_a_whole_multiple_whatever_it_took() {
        let asked = Instant::now();
        let after = |took: u64, rows| {
            let now = asked + Duration::from_millis(took);
            (answered_at(asked, now, rows) - asked).as_millis()
        };
        // 400 ms and 2 ms for each of 500 rows.
        for (took, answered) in [(0, 1_400), (1_399, 1_400), (1_400, 2_800), (9_000, 9_800)] {
            assert_eq!(after(took, 500), answered);
        }
        assert_eq!(after(3, 0), 400);
        assert_eq!(after(0, LIST_ROWS_MAX), 10_400);
    }
}
