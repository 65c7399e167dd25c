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
        /// A level outside 五级 to 一级, or one twice, stands on an occupation.
        LevelsUnfit {
            /// Which occupation.
            occupation: OccupationCode,
        } = "occupation-levels-unfit";
        /// A work type is named twice under one occupation, or there are too many.
        WorkTypesUnfit {
            /// Which occupation.
            occupation: OccupationCode,
            /// Most work types.
            most: u32,
        } = "occupation-work-types-unfit";
        /// Two occupations of one edition have one name.
        NameTwice {
            /// The second of them.
            occupation: OccupationCode,
        } = "occupation-name-twice";
        /// An amendment applies before what stands already.
        AmendmentBackdated {
            /// The earliest day it may apply.
            earliest: jiff::civil::Date,
        } = "amendment-backdated";
        /// No edition is in force on the amendment's day.
        NothingToAmend = "nothing-to-amend";
        /// The occupation that would be added stands already.
        OccupationKnown {
            /// Which.
            occupation: OccupationCode,
        } = "occupation-known";
        /// The occupation that would be changed, or that another would be merged into, does not
        /// stand.
        OccupationUnknown {
            /// Which.
            occupation: OccupationCode,
        } = "occupation-unknown";
        /// An item is named twice.
        ItemTwice {
            /// Which.
            item: crate::domain::item::ItemCode,
        } = "item-twice";
        /// The item stands as one of the other kind.
        ItemOfOtherKind {
            /// Which.
            item: crate::domain::item::ItemCode,
        } = "item-of-other-kind";
        /// The last day of an item is not before its first.
        ItemOverBeforeItBegins {
            /// Which.
            item: crate::domain::item::ItemCode,
        } = "item-over-before-it-begins";
        /// A release is recorded once it is out.
        ReleaseAhead {
            /// The first day on which it may be recorded.
            earliest: jiff::civil::Date,
        } = "release-ahead";
        /// This version of the resource was released.
        ReleaseTwice = "release-twice";
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
        /// A rule's condition stands twice.
        ConditionTwice {
            /// In which rule.
            rule: String,
            /// Which.
            condition: String,
        } = "rule-condition-twice";
        /// Rules are national, a province's or the demonstration's.
        JurisdictionUnknown = "rule-jurisdiction-unknown";
        /// 特种作业操作证 and other departments' permits are no skill level (四川 十, 江苏 13).
        PermitIsNoLevel {
            /// In which rule.
            rule: String,
        } = "permit-is-no-level";
        /// 学徒工, 特级技师 and 首席技师 are not recognised from outside (人社部发〔2022〕14号).
        LevelNotRecognised {
            /// Which.
            level: crate::domain::level::SkillLevel,
        } = "level-not-recognised";
        /// Level certificates exist for occupations of 大类 3 to 6 only.
        OccupationWithoutLevels {
            /// Which.
            occupation: OccupationCode,
        } = "comparison-occupation-without-levels";
        /// A rule that leads to a title says which.
        TitleUnnamed {
            /// Which rule.
            rule: String,
        } = "rule-title-unnamed";
        /// A title is never recognised directly: it is reviewed (职称评审).
        TitleNotAwarded {
            /// Which rule.
            rule: String,
        } = "rule-title-not-awarded";
        /// A rule about education names an education or a kind of school.
        EducationUnnamed {
            /// Which rule.
            rule: String,
        } = "rule-education-unnamed";
        /// A certificate follows only where a level may be awarded.
        RuleCertificateUnfit {
            /// Which rule.
            rule: String,
        } = "rule-certificate-unfit";
        /// A row stands once in an edition of a table.
        ComparisonTwice {
            /// Which.
            code: String,
        } = "comparison-twice";
        /// Issuers and comparison rows are of foreign, 港澳台 or industry certificates.
        KindNotRegistered = "issuer-kind-unfit";
        /// A series stands twice in an edition.
        SeriesTwice {
            /// Which.
            series: String,
        } = "series-twice";
        /// An occupation is put into a series that the edition does not list.
        SeriesUnknown {
            /// Which.
            series: String,
        } = "series-unknown";
        /// A country or region is two capital letters (ISO 3166).
        CountryUnknown = "issuer-country-unknown";
        /// An issuer is registered for its certificates.
        IssuerWithoutCertificates = "issuer-without-certificates";
        /// The registration's last day is before its first.
        IssuerDatesDisagree = "issuer-dates-disagree";
        /// An issuer has one registration at a time.
        IssuerRegistered = "issuer-registered";
        /// No such issuer is registered.
        IssuerUnknown = "issuer-unknown";
        /// Struck before it was registered.
        StruckBefore {
            /// The day it may not be before.
            earliest: jiff::civil::Date,
        } = "issuer-struck-before";
        /// A rule that cannot be followed: years 1–20, hours 1–2,000, per cent 1–100, a prefix of at
        /// most 8 capital letters and a serial of 1–10 digits.
        RuleUnsound {
            /// Which.
            rule: String,
        } = "rule-unsound";
        /// What a rule of a route says cannot be: an empty or falling row of levels, a share beyond
        /// a hundred, a longest term below the shortest.
        RouteRuleUnsound {
            /// Which.
            rule: String,
        } = "route-rule-unsound";
        @nested
        /// About a text.
        Text(TextRejection);
        @nested
        /// About standards.
        Standards(StandardsRejection);
    }
}
