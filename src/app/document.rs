//! Identity documents as people write them: a kind in words and a number.

use super::clock;
use super::error::AppError;
use crate::domain::identity::{DocumentInvalid, DocumentType, IdentityDocument};

/// The checked document of this kind, in Chinese words, and number.
pub fn read_document(kind: &str, number: &str) -> Result<IdentityDocument, AppError> {
    let kind = DocumentType::from_words(kind).ok_or(AppError::BadInput {
        what: "document-type",
        rule: "document-type",
    })?;
    IdentityDocument::parse(kind, number, clock::today()).map_err(|invalid| AppError::BadInput {
        what: "document-number",
        rule: rule(invalid),
    })
}

/// The words of a document's rule.
const fn rule(invalid: DocumentInvalid) -> &'static str {
    match invalid {
        DocumentInvalid::Empty => "needed",
        DocumentInvalid::Length { .. } => "document-length",
        DocumentInvalid::Character => "document-character",
        DocumentInvalid::CheckDigit => "document-check-digit",
        DocumentInvalid::NoSuchDate => "document-no-such-date",
        DocumentInvalid::BirthInFuture => "document-birth-in-future",
        DocumentInvalid::BirthTooEarly => "document-birth-too-early",
        DocumentInvalid::UnknownRegion => "document-unknown-region",
        DocumentInvalid::OtherDocument => "document-other",
    }
}
