//! Why a session says no.

use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::ProposalRejection;
use crate::domain::region::RegionCode;
use crate::domain::rejection::rejections;
use crate::domain::route::Route;
use crate::domain::staff::rejection::StaffRejection;
use crate::domain::wording::TextRejection;
use jiff::civil::Date;

rejections! {
    /// The rules of a session.
    pub enum SessionRejection {
        /// There is no such session.
        NotOpened = "session-not-opened";
        /// A session is opened once.
        AlreadyOpened = "session-already-opened";
        /// A session assesses at least one level.
        NoLevels = "session-no-levels";
        /// A level is named twice.
        LevelTwice {
            /// Which.
            level: SkillLevel,
        } = "level-twice";
        /// The catalogue entry handed in is not the session's occupation.
        OccupationDiffers {
            /// The session's.
            occupation: OccupationCode,
        } = "occupation-differs";
        /// Level certificates exist for 大类 3–6 only (职业分类大典 2022; domain.md 2.1).
        NoLevelCertificates {
            /// The occupation.
            occupation: OccupationCode,
        } = "occupation-without-levels";
        /// The occupation's national standard does not open this level.
        LevelNotOpen {
            /// Which.
            level: SkillLevel,
        } = "level-not-open";
        /// The catalogue lists work types (工种) of the occupation, and this is none of them.
        WorkTypeUnknown = "work-type-unknown";
        /// A recognition awards the level of an occupation, without a work type (工种).
        RecognisedWithoutWorkType = "recognised-without-work-type";
        /// 特级技师 and 首席技师 are given by 评聘, and nothing else is (人社部发〔2022〕14号).
        RouteLevelUnfit {
            /// Which route.
            route: Route,
            /// Which level.
            level: SkillLevel,
        } = "route-level-unfit";
        /// An appointment (评聘) is confirmed by the authority, so its session records every step.
        AppointmentNeedsFull = "appointment-needs-full";
        /// An item (专项职业能力, 微技能) is assessed and given by no other route.
        ItemRouteUnfit {
            /// Which route.
            route: Route,
        } = "item-route-unfit";
        /// An item is assessed while the catalogue lists it, as it lists it (rows 57, 58).
        ItemNotListed {
            /// The item.
            item: ItemCode,
        } = "item-not-listed";
        /// An item is assessed under the edition of the 考核规范 that the catalogue names that day.
        SpecificationDiffers {
            /// The specification's code.
            code: String,
            /// Its edition.
            edition: String,
        } = "specification-differs";
        /// Levels are held under a standard of levels, 专项职业能力 under its 考核规范.
        StandardUnfit = "standard-unfit";
        /// 一试双证 is an employer's (浙江 技能促富 十九, draft).
        DualNotEmployer = "dual-not-employer";
        /// 一试双证 comes of one assessment; a recognition (比照认定) is none.
        DualWithoutAssessment = "dual-without-assessment";
        /// The employer's certificate has a grade word for each level assessed and for no other.
        DualGradesDisagree = "dual-grades-disagree";
        /// An examiner is named twice.
        ExaminerTwice = "examiner-twice";
        /// Results change until they are confirmed, and never after.
        ResultsConfirmed = "results-confirmed";
        /// Results exist only of what has taken place (评定日期).
        NotYetAssessed {
            /// The day of the assessment.
            assessed_on: Date,
        } = "session-not-yet-assessed";
        /// A sheet with no row to take.
        NothingToImport = "nothing-to-import";
        /// More rows taken than the sheet has.
        RowsDisagree = "rows-disagree";
        /// A session holds a bounded number of candidates.
        TooManyCandidates {
            /// Most.
            most: u32,
        } = "too-many-candidates";
        /// A candidate has one result in a session.
        WorkerTwice = "worker-twice";
        /// The candidate's level is not assessed here.
        LevelOutsideSession {
            /// Which.
            level: SkillLevel,
        } = "level-outside-session";
        /// A result of a session of levels names its level.
        LevelMissing = "result-level-missing";
        /// The result rests on what another route asks for.
        BasisUnfit {
            /// The session's route.
            route: Route,
        } = "result-basis-unfit";
        /// A component brought along does not stand with the mark it was passed with (单科成绩保留).
        RetainedDiffers = "retained-differs";
        /// A required component has no mark (理论、技能; 综合评审 at 二级 and 一级).
        MarksIncomplete = "marks-incomplete";
        /// The verdict is not what the marks come to: each component at 60 or more.
        VerdictDiffers = "verdict-differs";
        /// Who examines, reviews, invigilates or supervises is no candidate there (回避).
        SelfAssessment = "self-assessment";
        /// There are no results to confirm.
        NoResults = "no-results";
        /// The results changed after they were proposed.
        ProposalChanged = "proposal-changed";
        /// The public notice begins when results are confirmed.
        NotConfirmed = "results-not-confirmed";
        /// The notice has begun.
        NoticeAlreadyStarted = "notice-already-started";
        /// The days of the notice contradict each other, or begin before the assessment.
        NoticeDatesDisagree = "notice-dates-disagree";
        /// Nothing is closed that was not shown (公示).
        NoticeNotStarted = "notice-not-started";
        /// The notice still runs.
        NoticeRunning {
            /// First day on which the session may close.
            closes_on: Date,
        } = "notice-running";
        /// The session is closed.
        AlreadyClosed = "session-already-closed";
        /// Certificates come after the close.
        NotClosed = "session-not-closed";
        /// The date is before the session closed.
        BeforeClose {
            /// When it closed.
            closed_on: Date,
        } = "issue-before-close";
        /// Nobody passed.
        NobodyPassed = "nobody-passed";
        /// One certificate for everybody who passed, no more and no fewer.
        CountDiffers {
            /// How many passed.
            passed: u32,
        } = "issue-count-differs";
        /// The certificates of a session are issued once.
        AlreadyIssued = "session-already-issued";
        /// The session records its results sheet only.
        SheetOnly = "session-sheet-only";
        /// Nobody laid down how assessments of that day are held.
        PolicyMissing = "assessment-policy-missing";
        /// The policy asks for every step of every session (国就劳发〔2025〕4号 十五).
        FullRequired = "full-process-required";
        /// Candidates of this route sit no examination.
        NoExamination {
            /// Which route.
            route: Route,
        } = "session-without-examination";
        /// The days of registration are not announced.
        RegistrationNotScheduled = "registration-not-scheduled";
        /// The days of registration are out of order, after the assessment, or leave out somebody who registered.
        RegistrationDatesDisagree = "registration-dates-disagree";
        /// Registration is on the days announced.
        RegistrationClosed {
            /// The day.
            from: Date,
            /// The day.
            to: Date,
        } = "registration-closed";
        /// A candidate registers once in a session.
        AlreadyRegistered = "candidate-already-registered";
        /// The candidate has not registered.
        NotRegistered = "candidate-not-registered";
        /// It was decided that the candidate may be assessed.
        EligibilityAlreadyDecided = "eligibility-already-decided";
        /// Who may not be assessed has no result.
        NotEligible = "candidate-not-eligible";
        /// Everybody's eligibility is decided before rooms and staff are arranged.
        EligibilityPending {
            /// How many.
            candidates: u32,
        } = "eligibility-pending";
        /// Nobody waits for a decision.
        NothingToReview = "nothing-to-review";
        /// An assessment is arranged for somebody.
        NobodyEligible = "nobody-eligible";
        /// Registration and eligibility end where the arrangement begins.
        AlreadyArranged = "session-already-arranged";
        /// Rooms and staff are arranged first.
        NotArranged = "session-not-arranged";
        /// Evidence or results rest on the arrangement.
        ArrangementInUse = "arrangement-in-use";
        /// The arrangement comes before the assessment.
        ArrangedTooLate {
            /// The day.
            assessed_on: Date,
        } = "arranged-too-late";
        /// The days announced for registration are kept: the arrangement ends registration.
        RegistrationRunning {
            /// The last day of registration.
            to: Date,
        } = "registration-running";
        /// An examination names its question bank and version.
        QuestionBankMissing = "question-bank-missing";
        /// Nobody does one duty twice.
        StaffTwice = "staff-twice";
        /// A session has a bounded number of staff.
        TooManyStaff {
            /// How many.
            most: u32,
        } = "too-many-staff";
        /// Who supervises does nothing else in the session (质量督导).
        SupervisorActs = "supervisor-acts";
        /// Examiners: at least so many, and so many candidates to each.
        ExaminersTooFew {
            /// How many.
            least: u32,
        } = "examiners-too-few";
        /// Examiners, and members of the committee, are an odd number (单数).
        NumberEven = "staff-number-even";
        /// 考评员 judge up to a level, 高级考评员 all.
        RankTooLow {
            /// Which level.
            level: SkillLevel,
        } = "examiner-rank-too-low";
        /// A social assessor's examiners are another body's staff.
        ExaminerOfThisBody = "examiner-of-this-body";
        /// 监考: so many a room, so many candidates to each.
        InvigilatorsTooFew {
            /// How many.
            least: u32,
        } = "invigilators-too-few";
        /// 综合评审 has a committee of so many.
        ReviewersTooFew {
            /// How many.
            least: u32,
        } = "reviewers-too-few";
        /// A quality supervisor is there (质量督导).
        SupervisorMissing {
            /// How many.
            least: u32,
        } = "supervisor-missing";
        /// Evidence is of the assessment: made from its day on, recorded after.
        EvidenceOutOfTime {
            /// The day.
            from: Date,
            /// The day.
            to: Date,
        } = "evidence-out-of-time";
        /// Evidence is of the session's region.
        EvidenceElsewhere {
            /// Which region.
            region: RegionCode,
        } = "evidence-elsewhere";
        /// Evidence stands once.
        EvidenceTwice = "evidence-twice";
        /// An assessment leaves evidence.
        EvidenceMissing = "session-evidence-missing";
        /// Evidence is bounded.
        TooMuchEvidence {
            /// How many.
            most: u32,
        } = "too-much-evidence";
        /// Marks of 综合评审 come from its committee.
        ReviewNotHeld = "review-not-held";
        /// The committee that met is the committee arranged.
        CommitteeDiffers = "committee-differs";
        /// Everybody who may be assessed has a result, if only 缺考.
        ResultsMissing {
            /// How many.
            candidates: u32,
        } = "results-missing";
        /// The result is of the level applied for.
        RegisteredLevelDiffers = "registered-level-differs";
        /// Objections are filed while the notice runs.
        ObjectionsClosed = "objections-closed";
        /// An objection's id is used once.
        ObjectionTaken = "objection-taken";
        /// Objections of a session are bounded.
        TooManyObjections {
            /// How many.
            most: u32,
        } = "too-many-objections";
        /// There is no such objection.
        ObjectionUnknown = "objection-unknown";
        /// An objection is decided once.
        ObjectionAlreadyDecided = "objection-already-decided";
        /// Nothing goes on while an objection waits.
        ObjectionOpen {
            /// How many.
            open: u32,
        } = "objection-open";
        /// An objection upheld strikes or changes a result.
        RemedyMissing = "remedy-missing";
        /// The remedy is not what the objection is about.
        RemedyUnasked = "remedy-unasked";
        /// The candidate has no result here.
        ResultUnknown = "result-unknown";
        /// The changed result is the one that stands.
        ResultUnchanged = "result-unchanged";
        /// The date is before what must have come first.
        DateBefore {
            /// The day.
            earliest: Date,
        } = "session-date-before";
        /// The session is before the authority.
        AlreadySubmitted = "session-already-submitted";
        /// The authority audits what was reported.
        NotSubmitted = "session-not-submitted";
        /// The policy refuses a late report.
        ReportOverdue {
            /// The day.
            due_on: Date,
        } = "report-overdue";
        /// A return says what is to be put right.
        ReasonsMissing = "audit-reasons-missing";
        /// A full session closes when the authority has passed it.
        NotAudited = "session-not-audited";
        /// Confirmed results change only after a return or an objection upheld.
        NothingToRevise = "nothing-to-revise";
        /// What was issued is uploaded.
        NotIssued = "session-not-issued";
        /// An upload to a service is recorded once.
        UploadTwice = "upload-twice";
        /// Every certificate is uploaded.
        UploadCountDiffers {
            /// How many.
            issued: u32,
        } = "upload-count-differs";
        @nested
        /// About a member of staff.
        Staff(StaffRejection);
        @nested
        /// About the proposal.
        Proposal(ProposalRejection);
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
