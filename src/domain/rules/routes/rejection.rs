//! Why a route gives no level.

use crate::domain::level::SkillLevel;
use crate::domain::rejection::rejections;
use jiff::civil::Date;

rejections! {
    /// The rules of the routes to a level.
    pub enum RouteRejection {
        /// The place does not stand: the competition is not closed, or the place was withdrawn.
        PlaceNotStanding = "promotion-place-not-standing";
        /// A promotion comes after the competition closed.
        BeforeCompetitionClosed {
            /// When it closed.
            closed_on: Date,
        } = "promotion-before-competition-closed";
        /// No rule of the place and day promotes from competitions of this tier and group.
        NoPromotionRule = "promotion-no-rule";
        /// The place is not among those that are promoted.
        PlaceTooLow = "promotion-place-too-low";
        /// The rule gives nothing above what is held already.
        NothingAbove {
            /// The level held.
            held: SkillLevel,
        } = "promotion-nothing-above";
        /// The rule gives another level than the result says.
        OtherLevelGiven {
            /// The level asked for.
            level: SkillLevel,
            /// What the rule gives.
            gives: SkillLevel,
        } = "promotion-other-level";
        /// One promotion from competitions a person and year.
        PromotedThisYear {
            /// The year.
            year: i16,
        } = "promotion-once-a-year";
        /// Only an employer recognises directly, and only its own staff.
        DirectEmployerOnly = "direct-employer-only";
        /// The worker is not on this employer's staff on that day.
        DirectNotStaff = "direct-not-staff";
        /// No ground of this code is in force there on that day.
        GroundUnknown = "direct-ground-unknown";
        /// Direct recognition rests on evidence.
        DirectEvidenceMissing = "direct-evidence-missing";
        /// The ground gives only levels from this one up.
        LevelBelowFloor {
            /// The level asked for.
            level: SkillLevel,
            /// The lowest the ground gives.
            lowest: SkillLevel,
        } = "direct-level-below-floor";
        /// Levels with a certificate only, 五级 to 一级.
        LevelNotDirect {
            /// The level asked for.
            level: SkillLevel,
        } = "direct-level-unfit";
        /// This level or a higher one is held already.
        LevelHeld {
            /// The level held.
            held: SkillLevel,
        } = "route-level-held";
        /// Only an employer with a filing appoints 特级技师 and 首席技师.
        AppointmentEmployerOnly = "appointment-employer-only";
        /// 评聘 gives 特级技师 and 首席技师, nothing else.
        LevelNotAppointed {
            /// The level asked for.
            level: SkillLevel,
        } = "appointment-level-unfit";
        /// No policy of 评聘 for this level applies there on that day.
        AppointmentPolicyMissing {
            /// The level asked for.
            level: SkillLevel,
        } = "appointment-policy-missing";
        /// The worker is not in post at this employer on that day (在职在岗).
        NotInPost = "appointment-not-in-post";
        /// The level that 评聘 builds on is not held in the occupation.
        PriorLevelMissing {
            /// The level to be held.
            level: SkillLevel,
        } = "appointment-prior-level-missing";
        /// The level that 评聘 builds on is not held long enough.
        PriorLevelTooShort {
            /// The level.
            level: SkillLevel,
            /// The first day it is held long enough.
            until: Date,
        } = "appointment-prior-level-too-short";
        /// A part of the review that the policy asks for is missing, or one is named twice.
        ReviewIncomplete = "appointment-review-incomplete";
        /// The term is outside what the policy allows.
        TermOutside {
            /// Fewest years.
            least: u8,
            /// Most years.
            most: u8,
        } = "appointment-term-outside";
        /// The policy ends the certificate with the appointment: whoever ends the one names the other.
        AppointmentCertificateUnnamed = "appointment-certificate-unnamed";
        /// No certificate ends with this appointment: by the policy it stays, or none was issued.
        AppointmentCertificateStays = "appointment-certificate-stays";
        /// No policy of apprenticeship of this kind applies there on that day.
        ApprenticeshipPolicyMissing = "apprenticeship-policy-missing";
        /// This kind of apprenticeship does not aim at this level.
        TargetOutside {
            /// The level aimed at.
            level: SkillLevel,
        } = "apprenticeship-target-outside";
        /// The agreement is shorter or longer than the policy allows.
        AgreementLength {
            /// Fewest months.
            least: u16,
            /// Most months.
            most: u16,
        } = "apprenticeship-agreement-length";
        /// 转正定级 is an employer's, for its own apprentice.
        GradingEmployerOnly = "grading-employer-only";
        /// No apprenticeship of this occupation was completed with this employer.
        ApprenticeshipNotCompleted = "grading-apprenticeship-not-completed";
        /// An apprenticeship is graded once: what was completed by then leads to no second level.
        ApprenticeshipGraded {
            /// The day of the assessment by which he was graded.
            graded_on: Date,
        } = "grading-apprenticeship-used";
        /// 转正定级 gives no more than the level that the apprenticeship aimed at.
        LevelAboveTarget {
            /// The level asked for.
            level: SkillLevel,
            /// The level aimed at.
            target: SkillLevel,
        } = "grading-level-above-target";
    }
}
