//! The coats of a certificate (证书的各种形式): representations of one claim set, each signed once,
//! when the certificate is issued.

use std::fmt;

/// One signed representation. PDF, badge image and wallet carry one of these; they sign nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coat {
    /// W3C VC 2.0 and Open Badge 3.0 as JSON, proof `eddsa-jcs-2022`.
    VcJson,
    /// The same document with the proof `eddsa-rdfc-2022`.
    VcJsonRdfc,
    /// An Open Badge like `VcJsonRdfc` that shows the scores too, as `Result`s; of certificates that
    /// rest on marks.
    VcJsonScores,
    /// SD-JWT VC (RFC 9901): the holder chooses what to disclose.
    SdJwtVc,
    /// Compact COSE_Sign1 (RFC 9052) for a QR code (二维码).
    Qr,
}

impl Coat {
    /// Every coat.
    pub const ALL: [Self; 5] = [
        Self::VcJson,
        Self::VcJsonRdfc,
        Self::VcJsonScores,
        Self::SdJwtVc,
        Self::Qr,
    ];

    /// The word in events, entries of the log, reports and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VcJson => "vc-json",
            Self::VcJsonRdfc => "vc-json-rdfc",
            Self::VcJsonScores => "vc-json-scores",
            Self::SdJwtVc => "sd-jwt-vc",
            Self::Qr => "qr",
        }
    }

    /// The name its own standard gives the signature suite.
    pub const fn suite(self) -> &'static str {
        match self {
            Self::VcJson => "eddsa-jcs-2022",
            Self::VcJsonRdfc | Self::VcJsonScores => "eddsa-rdfc-2022",
            // RFC 8037 and RFC 9053 call Ed25519 by the same word.
            Self::SdJwtVc | Self::Qr => "EdDSA",
        }
    }

    /// The coat that these bytes would be, if they are one at all: what a reader tries. The bytes or
    /// the text of a QR code, a token, and whatever else is taken for JSON.
    pub fn of(bytes: &[u8]) -> Self {
        let text = bytes.trim_ascii_start();
        let is_address = text
            .get(..8)
            .is_some_and(|it| it.eq_ignore_ascii_case(b"https://"));
        let is_digits = text.len() >= 100 && text[..100].iter().all(u8::is_ascii_digit);
        if bytes.starts_with(&super::qr::COSE_SIGN1) || is_address || is_digits {
            Self::Qr
        } else if text.starts_with(b"ey") {
            Self::SdJwtVc
        } else {
            Self::VcJson
        }
    }

    /// Whether the log commits to its digest apart, because it is not the certificate's document with a
    /// proof.
    pub const fn is_committed_apart(self) -> bool {
        matches!(self, Self::VcJsonScores | Self::SdJwtVc | Self::Qr)
    }

    /// The coat of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|coat| coat.name() == name)
    }
}

impl fmt::Display for Coat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
