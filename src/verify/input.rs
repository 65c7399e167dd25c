//! What a file that was handed in holds: a coat by itself, or a container of one.

use super::known::Known;
use super::pipeline::verify;
use super::report::{Check, CheckId, Report};
use crate::credential::container::badge::{InvalidBadge, png, svg};
use crate::credential::container::pdf::{self, InvalidPdf};
use crate::credential::container::photo::{self, InvalidPicture};
use crate::credential::qr::text;
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
    /// A picture of a QR code (二维码).
    Picture,
    /// A badge (徽章) with the credential inside.
    Badge,
}

impl Container {
    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Picture => "picture",
            Self::Badge => "badge",
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

impl NoInput {
    fn of(container: Container, check: Check) -> Self {
        Self {
            container: Some(container),
            report: Box::new(Report::of(None, vec![check], None, None)),
        }
    }
    fn unknown(container: Container, code: &'static str) -> Self {
        Self::of(container, Check::unknown(CheckId::Form, code))
    }
    fn fail(container: Container, code: &'static str) -> Self {
        Self::of(container, Check::fail(CheckId::Form, code))
    }
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
        if svg::is_svg(file) {
            let found = Self::of_badge(svg::read(file))?;
            return found.ok_or_else(|| NoInput::unknown(Container::Badge, "form-svg-empty"));
        }
        if photo::is_picture(file) {
            return Self::of_picture(file);
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
        let unknown = |code| NoInput::unknown(Container::Pdf, code);
        let found = pdf::attachments(file).map_err(|error| match error {
            // Not looked at, so nothing is said against it.
            InvalidPdf::TooLarge => unknown("form-file-too-large"),
            InvalidPdf::Encrypted => unknown("form-pdf-encrypted"),
            InvalidPdf::NotPdf | InvalidPdf::Malformed => {
                NoInput::fail(Container::Pdf, "form-pdf-damaged")
            }
            InvalidPdf::Ambiguous => NoInput::fail(Container::Pdf, "form-pdf-ambiguous"),
        })?;
        // A print or a scan: the code on it may still be read.
        let credential = found.credential.ok_or_else(|| unknown("form-pdf-empty"))?;
        Ok(Self {
            container: Some(Container::Pdf),
            credential: Cow::Owned(credential),
            proof: found.proof,
            trust_list: found.trust_list,
        })
    }

    fn of_badge(read: Result<Option<String>, InvalidBadge>) -> Result<Option<Self>, NoInput> {
        let found = read.map_err(|error| match error {
            InvalidBadge::TooLarge => NoInput::unknown(Container::Badge, "form-file-too-large"),
            InvalidBadge::Damaged => NoInput::fail(Container::Badge, "form-picture-damaged"),
            InvalidBadge::Ambiguous => NoInput::fail(Container::Badge, "form-badge-ambiguous"),
        })?;
        Ok(found.map(|credential| Self {
            container: Some(Container::Badge),
            credential: Cow::Owned(credential.into_bytes()),
            proof: None,
            trust_list: None,
        }))
    }

    fn of_picture(file: &[u8]) -> Result<Self, NoInput> {
        if png::is_png(file)
            && let Some(found) = Self::of_badge(png::read(file))?
        {
            return Ok(found);
        }
        let unknown = |code| NoInput::unknown(Container::Picture, code);
        let texts = photo::texts(file).map_err(|error| match error {
            InvalidPicture::TooLarge => unknown("form-file-too-large"),
            InvalidPicture::OtherKind | InvalidPicture::Damaged => {
                NoInput::fail(Container::Picture, "form-picture-damaged")
            }
        })?;
        // Other codes may be on the same paper or wall.
        let any = !texts.is_empty();
        let mut ours = texts.into_iter().filter(|it| text::from_text(it).is_ok());
        match (ours.next(), ours.next()) {
            (Some(one), None) => Ok(Self {
                container: Some(Container::Picture),
                credential: Cow::Owned(one.into_bytes()),
                proof: None,
                trust_list: None,
            }),
            (Some(_), Some(_)) => Err(unknown("form-picture-several")),
            (None, _) if any => Err(NoInput::fail(Container::Picture, "form-not-qr")),
            (None, _) => Err(unknown("form-picture-no-qr")),
        }
    }

    /// Whether looking into a file takes long and much memory: a picture, whose few bytes may hold
    /// very many pixels.
    pub fn is_costly(file: &[u8]) -> bool {
        photo::is_picture(file)
    }

    /// The same without the file it was in.
    pub fn into_owned(self) -> Input<'static> {
        Input {
            container: self.container,
            credential: Cow::Owned(self.credential.into_owned()),
            proof: self.proof,
            trust_list: self.trust_list,
        }
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
