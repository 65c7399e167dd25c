//! Why a session says no.

use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::ProposalRejection;
use crate::domain::rejection::rejections;
use crate::domain::route::Route;
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
        /// 比照认定 gives a level without a session.
        RouteWithoutSession {
            /// Which route.
            route: Route,
        } = "route-without-session";
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
        /// Levels are held under a standard of levels, 专项职业能力 under its 考核规范.
        StandardUnfit = "standard-unfit";
        /// 一试双证 is an employer's (浙江 技能促富 十九, draft).
        DualNotEmployer = "dual-not-employer";
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
        /// An examiner does not assess himself (回避).
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
        @nested
        /// About the proposal.
        Proposal(ProposalRejection);
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
