//! Why a recognition cannot be applied for, decided or withdrawn.

use crate::domain::rejection::rejections;
use jiff::civil::Date;

rejections! {
    /// The rules of recognitions.
    pub enum RecognitionRejection {
        /// An application has one id, and an id one application.
        Taken = "recognition-taken";
        /// What is named does not stand: unknown, struck, or withdrawn.
        HoldingUnknown = "recognition-holding-unknown";
        /// No such rule of this edition applies there on that day.
        RuleNotInForce {
            /// Which rule.
            rule: String,
        } = "recognition-rule-not-in-force";
        /// The rule does not speak of what is held.
        RuleUnfit {
            /// Which rule.
            rule: String,
        } = "recognition-rule-unfit";
        /// A level is applied for in an occupation that the rule leads to; nothing else has one.
        OccupationUnfit = "recognition-occupation-unfit";
        /// Once for the same holding and rule, unless refused or withdrawn.
        Twice = "recognition-twice";
        /// There is no such application.
        Unknown = "recognition-unknown";
        /// It was granted or refused before.
        AlreadyDecided = "recognition-already-decided";
        /// Who took the application does not decide it (受理与审核分离).
        SamePerson = "recognition-same-person";
        /// Decided before it was applied for; withdrawn, or assessed for a certificate, before it was
        /// granted.
        Before {
            /// The day it may not be before.
            earliest: Date,
        } = "recognition-before";
        /// The issuer is not registered on that day, or this certificate of it not accepted.
        IssuerNotRegistered {
            /// Its code.
            issuer: String,
        } = "recognition-issuer-not-registered";
        /// Conditions are not met.
        ConditionsUnmet {
            /// Which, by their words.
            unmet: String,
        } = "recognition-conditions-unmet";
        /// What was shown is no condition of the rule that can be shown, or is shown twice.
        ConditionUnknown {
            /// Which.
            condition: String,
        } = "recognition-condition-unknown";
        /// What is shown has evidence, up to 50 pieces.
        EvidenceMissing = "recognition-evidence-missing";
        /// Nothing is unmet and the holding stands: there is no reason to refuse.
        NothingUnmet = "recognition-nothing-unmet";
        /// Only what is recognised as a level, or counts as one, awards it.
        AwardsNothing = "recognition-awards-nothing";
        /// The occupation does not open this level.
        LevelNotOpen {
            /// The level.
            level: crate::domain::level::SkillLevel,
        } = "recognition-level-not-open";
        /// The level, or a higher one, stands already; one level is awarded once.
        LevelHeld {
            /// The highest level that stands.
            held: crate::domain::level::SkillLevel,
        } = "recognition-level-held";
        /// The rule lets no certificate follow (比照目录、规则不附带发证).
        WithoutCertificate = "recognition-without-certificate";
        /// A certificate says the occupation and the level that were recognised.
        CertificateDiffers {
            /// The occupation recognised.
            occupation: crate::domain::occupation::OccupationCode,
            /// The level recognised.
            level: crate::domain::level::SkillLevel,
        } = "recognition-certificate-differs";
        /// The level was recognised without being awarded, or no longer stands.
        LevelNotStanding = "recognition-level-not-standing";
        /// A recognition has one certificate: a session closed on it before.
        UsedAlready = "recognition-used";
        /// Only what was granted, and not withdrawn since, is withdrawn or has a certificate.
        NotGranted = "recognition-not-granted";
        /// The day of the withdrawal has not come.
        NotYet {
            /// The day.
            on: Date,
        } = "act-not-yet";
    }
}
