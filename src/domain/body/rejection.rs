//! Why a body says no.

use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::ProposalRejection;
use crate::domain::region::RegionCode;
use crate::domain::rejection::rejections;
use crate::domain::wording::TextRejection;
use jiff::civil::Date;

rejections! {
    /// The rules of a body.
    pub enum BodyRejection {
        /// There is no such body.
        NotRegistered = "body-not-registered";
        /// A body is registered once.
        AlreadyRegistered = "body-already-registered";
        /// A training provider trains; it assesses nobody (考培分离).
        AssessesNobody = "body-assesses-nobody";
        /// Suspended: it opens nothing and issues nothing until reinstated.
        Suspended {
            /// Since when.
            since: Date,
        } = "body-suspended";
        /// Its qualification was withdrawn (取消资质), for good.
        Withdrawn {
            /// Since when.
            since: Date,
        } = "body-withdrawn";
        /// It is suspended already.
        AlreadySuspended = "body-already-suspended";
        /// Nothing to reinstate.
        NotSuspended = "body-not-suspended";
        /// The act's day has not come.
        NotYet {
            /// The act's day.
            on: Date,
        } = "act-not-yet";
        /// The codes do not fit the grammar (证书编码规则).
        NumberCodeUnfit = "number-code-unfit";
        /// The letter says another kind of body: Y 用人单位, S 社会培训评价组织.
        NumberLetterUnfit = "number-letter-unfit";
        /// It has these codes.
        NumberCodeUnchanged = "number-code-unchanged";
        /// Numbers cannot be made before codes are assigned.
        NumberCodeMissing = "number-code-missing";
        /// A scope's id is used once.
        GrantTaken = "grant-taken";
        /// A scope names occupations, levels and regions, each once.
        ScopeEmpty = "scope-empty";
        /// Level certificates exist for 大类 3–6 only (职业分类大典 2022; domain.md 2.1).
        NoLevelCertificates {
            /// The occupation.
            occupation: OccupationCode,
        } = "occupation-without-levels";
        /// 学徒工, 特级技师 and 首席技师 are posts and appointments, not certificates of level
        /// (人社部发〔2022〕14号).
        LevelNotCertified {
            /// Which.
            level: SkillLevel,
        } = "level-not-certified";
        /// The last day is before the first.
        DatesDisagree = "dates-disagree";
        /// There is no such scope, or it has ended.
        GrantUnknown = "grant-unknown";
        /// No scope names the occupation.
        OccupationOutsideScope {
            /// Which.
            occupation: OccupationCode,
        } = "occupation-outside-scope";
        /// The occupation is in scope, the level is not.
        LevelOutsideScope {
            /// Which.
            level: SkillLevel,
        } = "level-outside-scope";
        /// Occupation and level are in scope, the region is not.
        RegionOutsideScope {
            /// Which.
            region: RegionCode,
        } = "region-outside-scope";
        /// The scope has not begun on that day.
        ScopeNotBegun {
            /// Its first day.
            from: Date,
        } = "scope-not-begun";
        /// The scope has ended by that day; finishing a session needs a run-off grant.
        ScopeExpired {
            /// The first day without it.
            on: Date,
        } = "scope-expired";
        /// One run-off a session at a time.
        RunOffTaken = "run-off-taken";
        /// There is no run-off for this session.
        RunOffUnknown = "run-off-unknown";
        /// It is on the list of training bases already.
        BaseListed = "training-base-listed";
        /// It is not on the list of training bases.
        BaseUnknown = "training-base-unknown";
        /// Public notice comes before the list (行政公示并公布).
        BaseNoticeMissing = "training-base-notice-missing";
        /// The notice is still running.
        BaseNoticeRunning {
            /// The first day on which it may be listed.
            closes_on: Date,
        } = "training-base-notice-running";
        /// A key's id and a public key are used once: a key has one purpose.
        KeyTaken = "key-taken";
        /// A body's key serves `certificate` or `status`.
        KeyPurposeUnknown = "key-purpose-unknown";
        /// There is no such key.
        KeyUnknown = "key-unknown";
        /// The key is out of use.
        KeyNotActive = "key-not-active";
        /// The status key outlives the body: another must be in use first.
        LastStatusKey = "key-last-status";
        /// The key was declared compromised from that position or an earlier one.
        KeyAlreadyCompromised = "key-already-compromised";
        /// Positions begin at 1.
        PositionInvalid = "position-invalid";
        /// No key of this purpose is in use.
        KeyMissing {
            /// `certificate` or `status`.
            purpose: &'static str,
        } = "key-missing";
        /// Lists are numbered 1, 2, 3…
        ListOutOfOrder {
            /// The next number.
            next: u32,
        } = "status-list-out-of-order";
        /// A list has 131,072 entries (Bitstring Status List 1.0, section 6.1).
        ListSize {
            /// Entries asked for.
            size: u32,
        } = "status-list-size";
        /// A seed is used once.
        SeedTaken = "status-list-seed-taken";
        /// There is no such list.
        ListUnknown = "status-list-unknown";
        /// A published list does not go back behind an earlier one.
        ListGoesBack {
            /// What the newest one reflects.
            position: u64,
        } = "status-list-goes-back";
        /// An empty document.
        ListEmpty = "status-list-empty";
        /// No status list is open.
        ListMissing = "status-list-missing";
        /// Fewer status indices are left than certificates to issue: another list must be opened.
        ListFull {
            /// Indices left in all lists.
            left: u32,
        } = "status-list-full";
        /// Nobody to issue for.
        NothingToIssue = "nothing-to-issue";
        /// What is issued is counted once for each level or item.
        AttainmentTwice = "attainment-twice";
        /// What is asked about is not what is counted.
        AttainmentsDisagree = "attainments-disagree";
        /// The grammar does not number this kind of certificate, or not this level or item.
        NotNumbered {
            /// The grammar's name.
            grammar: String,
        } = "not-numbered";
        /// Special and micro skills are assessed by item; no scope names the item.
        ItemOutsideScope {
            /// Which.
            item: ItemCode,
        } = "item-outside-scope";
        /// Issued before the assessment.
        DateBefore {
            /// The day it may not be before.
            earliest: Date,
        } = "date-before";
        /// The serials of this body, year, and level or item are used up (999,999 by the
        /// 22-character rule).
        NumbersExhausted {
            /// The grammar's name.
            grammar: String,
            /// Serials left.
            left: u32,
        } = "numbers-exhausted";
        /// An employer assesses its own people: 职工, 劳务派遣等用工人员 (国就劳发〔2025〕4号 十四).
        NotOwnStaff {
            /// The day of the assessment.
            date: Date,
        } = "candidate-not-own-staff";
        /// He works here that day, in a form the policy does not count.
        RelationNotAssessed {
            /// The day of the assessment.
            date: Date,
        } = "candidate-relation-not-counted";
        /// His employer is, or was, in the ecosystem, but not that day (浙江 技能促富 九, draft).
        NotMemberThatDay {
            /// The day of the assessment.
            date: Date,
        } = "candidate-not-of-member";
        /// A technician school assesses its own students.
        NotOwnStudent {
            /// The day of the assessment.
            date: Date,
        } = "candidate-not-own-student";
        /// 考培分离: the body trained him for this occupation (四川 行动方案 十).
        TrainedByBody {
            /// The first day it may assess him.
            free_on: Date,
            /// The rule's source.
            source: String,
        } = "candidate-trained-by-body";
        /// 考培分离: one of the examiners trained him for this occupation (四川 行动方案 十).
        TrainedByExaminer {
            /// The first day he may be assessed by them.
            free_on: Date,
            /// The rule's source.
            source: String,
        } = "candidate-trained-by-examiner";
        /// Only an employer leads an ecosystem (链主企业).
        EcosystemOfEmployers = "ecosystem-of-employers";
        /// One ecosystem a body at a time.
        EcosystemOpen = "ecosystem-open";
        /// No ecosystem is open.
        EcosystemMissing = "ecosystem-missing";
        /// The leading enterprise is not its own member.
        MemberItself = "ecosystem-member-itself";
        /// It is a member.
        MemberTwice = "ecosystem-member-twice";
        /// It is no member.
        MemberUnknown = "ecosystem-member-unknown";
        /// A permit is for another province than the body's own.
        PermitAtHome = "cross-region-at-home";
        /// A permit for this region, or one that overlaps it, stands.
        PermitTaken = "cross-region-taken";
        /// No permit for this region stands.
        PermitUnknown = "cross-region-unknown";
        /// Work in another province needs a permit (国就劳发〔2025〕4号 十二).
        PermitMissing {
            /// Where.
            region: RegionCode,
        } = "cross-region-missing";
        /// The scope goes beyond the days of the permit.
        PermitTooShort {
            /// First day of the permit.
            from: Date,
            /// Last day of the permit.
            to: Date,
        } = "cross-region-too-short";
        /// A scope is of one province, or of one permit: it ends with it.
        ScopeAcross = "scope-across-provinces";
        /// The host assigns codes of its own province if, and only if, numbers follow its rule.
        HostNumberCodeUnfit = "cross-region-number-code";
        /// Stars are 1 to 5.
        StarsUnknown {
            /// Most stars.
            most: u8,
        } = "stars-unknown";
        /// A score of credit is at most 100.
        CreditOutOfRange = "credit-out-of-range";
        /// Its credit is below what subsidised work asks for (江苏 行动方案 四).
        CreditTooLow = "credit-too-low";
        /// No credit is recorded for that day, and subsidised work asks for one.
        CreditUnknown {
            /// The day.
            date: Date,
        } = "credit-unknown";
        /// A selection names the conditions met, each once (国就劳发〔2025〕4号 十四: 严格遴选条件).
        ConditionsMissing = "selection-conditions-missing";
        /// A review's id is used once.
        ReviewTaken = "review-taken";
        /// There is no such review, or it is closed.
        ReviewUnknown = "review-unknown";
        /// A review is of certificates there are: of sessions, each once, or of days of issue.
        ReviewOfNothing = "review-of-nothing";
        /// Those kept and those ended are those reviewed.
        ReviewCountsDisagree {
            /// How many are reviewed.
            certificates: u32,
        } = "review-counts-disagree";
        /// Only an employer's scope names 特级技师 and 首席技师 (人社部发〔2022〕14号).
        LevelOfEmployers {
            /// Which.
            level: SkillLevel,
        } = "level-of-employers";
        /// The occupation is in scope, this work type is not.
        WorkTypeOutsideScope {
            /// Which occupation.
            occupation: OccupationCode,
        } = "work-type-outside-scope";
        /// A scope names no such occupation, or all of them: the whole scope is taken back then.
        NothingTakenBack = "scope-nothing-taken-back";
        /// It was suspended on that day.
        SuspendedThen {
            /// The first day of the suspension.
            since: Date,
            /// The first day without it.
            until: Date,
        } = "body-suspended-then";
        /// The numbers of a body filed with a province bear that province's two digits (证书编码规则:
        /// 机构所在地省级代码).
        NumberProvinceUnfit {
            /// Where the body is filed.
            region: RegionCode,
        } = "number-province-unfit";
        @nested
        /// About the proposal.
        Proposal(ProposalRejection);
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
