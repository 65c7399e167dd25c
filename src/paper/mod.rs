//! Paper (纸面): the certificate as an A4 sheet that carries its signed forms as attachments, and
//! the verification report for a personnel file. PDF/A-3a and PDF/UA-1 (ISO 19005-3, ISO 14289-1):
//! everything is embedded, tagged and readable in fifty years.
//!
//! Nothing is signed here and nothing is decided: what is drawn was handed in. The time comes in
//! too, so that the same input gives the same bytes. A character that the fonts lack is an error
//! that names it, never a blank box.

mod badge;
mod certificate;
mod error;
mod fit;
mod font;
mod guilloche;
mod ink;
mod marks;
mod press;
mod report;
mod symbol;
mod wording;

pub use certificate::{CertificatePaper, LogPlace};
pub use error::PaperError;
pub use press::Press;
pub use report::{ReportPaper, TrustUsed};

#[cfg(test)]
mod tests;
