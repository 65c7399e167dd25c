//! Why the catalogue says no.

use crate::domain::catalogue::standards::StandardsRejection;
use crate::domain::occupation::OccupationCode;
use crate::domain::rejection::rejections;
use crate::domain::wording::TextRejection;

rejections! {
    /// The rules of the catalogue.
    pub enum CatalogueRejection {
        /// An edition is adopted once.
        EditionTaken = "edition-taken";
        /// An edition without content.
        EditionEmpty = "edition-empty";
        /// An edition has bounded content.
        EditionTooLarge {
            /// Most entries.
            most: u32,
        } = "edition-too-large";
        /// An occupation is named twice.
        OccupationTwice {
            /// Which.
            occupation: OccupationCode,
        } = "occupation-twice";
        /// The grammar cannot make distinct numbers of 8 to 40 characters: it needs the body, the
        /// year, one serial, and the level where it numbers levels.
        GrammarUnsound = "grammar-unsound";
        /// A grammar of this name with this first day was adopted.
        GrammarTaken = "grammar-taken";
        /// A number tells its kind: no text may be a number of two grammars that count apart.
        GrammarOverlaps {
            /// The grammar it cannot be told from.
            grammar: String,
        } = "grammar-overlaps";
        /// A rule's id stands twice in an edition.
        RuleTwice {
            /// Which.
            rule: String,
        } = "rule-twice";
        /// The rule's last day is before its first.
        RuleDatesDisagree {
            /// Which.
            rule: String,
        } = "rule-dates-disagree";
        @nested
        /// About a text.
        Text(TextRejection);
        @nested
        /// About standards.
        Standards(StandardsRejection);
    }
}
