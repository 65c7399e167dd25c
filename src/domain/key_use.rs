//! Whether a key signs, and what becomes of what it signed.

/// Whether a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// It signs.
    Active,
    /// It signs no more; what it signed stays good.
    Retired,
    /// What it signed from this position on is void.
    Compromised {
        /// The first void position.
        from_position: u64,
    },
}

impl KeyUse {
    /// Whether a declaration that the key is compromised from this position on says anything new: an
    /// earlier position than declared before does.
    pub fn is_news(self, from_position: u64) -> bool {
        match self {
            Self::Compromised {
                from_position: declared,
            } => from_position < declared,
            Self::Active | Self::Retired => true,
        }
    }
}
