//! What a file that was handed in holds: a coat by itself, or a container of one.

use super::known::Known;
use super::pipeline::verify;
use super::report::{Check, CheckId, Report};
use crate::credential::container::pdf::{self, InvalidPdf};
use crate::credential::vc::CREDENTIAL_BYTES_MAX;
use std::borrow::Cow;
use std::fmt;

/// Most bytes of a file that is looked into, wherever it comes from.
pub const FILE_BYTES_MAX: usize = 8 << 20;

/// What carries a coat and signs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// The certificate on paper (纸质证书): what is attached counts, what the page shows does not.
    Pdf,
}

impl Container {
    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
        }
    }
}

/// The coat in a file, and what came with it.
pub struct Input<'a> {
    /// What it was in.
    pub container: Option<Container>,
    /// The coat.
    pub credential: Cow<'a, [u8]>,
    /// Its proof of inclusion, if the container has one.
    pub proof: Option<Vec<u8>>,
    /// A trust list, if the container has one: whom the container trusts, and to be used only by
    /// who was told the fingerprint of its key.
    pub trust_list: Option<Vec<u8>>,
}

/// A file that holds no coat, or none that can be got at.
pub struct NoInput {
    /// What it would be a container of.
    pub container: Option<Container>,
    /// The answer about it.
    pub report: Box<Report>,
}

impl<'a> Input<'a> {
    /// Looks into a file; what it is, its first bytes say.
    pub fn open(file: &'a [u8]) -> Result<Self, NoInput> {
        if file.len() > FILE_BYTES_MAX {
            let report = Box::new(Report::not_read("form-file-too-large"));
            return Err(NoInput {
                container: None,
                report,
            });
        }
        if pdf::is_pdf(file) {
            return Self::of_pdf(file);
        }
        if file.len() > CREDENTIAL_BYTES_MAX {
            let report = Box::new(Report::not_read("form-too-large"));
            return Err(NoInput {
                container: None,
                report,
            });
        }
        Ok(Self {
            container: None,
            credential: Cow::Borrowed(file),
            proof: None,
            trust_list: None,
        })
    }

    fn of_pdf(file: &[u8]) -> Result<Self, NoInput> {
        let container = Some(Container::Pdf);
        let none = |check| NoInput {
            container,
            report: Box::new(Report::of(None, vec![check], None, None)),
        };
        let fail = |code| none(Check::fail(CheckId::Form, code));
        let found = pdf::attachments(file).map_err(|error| match error {
            // Not looked at, so nothing is said against it.
            InvalidPdf::TooLarge => none(Check::unknown(CheckId::Form, "form-file-too-large")),
            InvalidPdf::Encrypted => none(Check::unknown(CheckId::Form, "form-pdf-encrypted")),
            InvalidPdf::NotPdf | InvalidPdf::Malformed => fail("form-pdf-damaged"),
            InvalidPdf::Ambiguous => fail("form-pdf-ambiguous"),
        })?;
        // A print or a scan: the code on it may still be read.
        let credential = found
            .credential
            .ok_or_else(|| none(Check::unknown(CheckId::Form, "form-pdf-empty")))?;
        Ok(Self {
            container,
            credential: Cow::Owned(credential),
            proof: found.proof,
            trust_list: found.trust_list,
        })
    }

    /// Verifies it with the proof that came beside the file, or else the one inside.
    pub fn verify(&self, beside: Option<&[u8]>, known: &Known) -> Report {
        verify(&self.credential, beside.or(self.proof.as_deref()), known)
    }
}

// A credential holds a name.
impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Input({:?}, …)", self.container)
    }
}
