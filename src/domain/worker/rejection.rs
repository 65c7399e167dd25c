//! Why a worker's stream says no.

use crate::domain::proposal::{End, ProposalRejection};
use crate::domain::rejection::rejections;
use crate::domain::rules::routes::rejection::RouteRejection;
use crate::domain::wording::TextRejection;
use crate::domain::worker::recognition::rejection::RecognitionRejection;

rejections! {
    /// The rules of a worker's stream.
    pub enum WorkerRejection {
        /// There is no such worker.
        NotEnrolled = "worker-not-enrolled";
        /// One worker per person, enrolled once.
        AlreadyEnrolled = "worker-already-enrolled";
        /// Nothing was sealed.
        NothingSealed = "nothing-sealed";
        /// A session, or a recognition, awards a person one level, once.
        AlreadyAwarded = "level-already-awarded";
        /// 学徒工 is a post, not a level that is awarded (人社部发〔2022〕14号).
        LevelNotCertified {
            /// Which.
            level: crate::domain::level::SkillLevel,
        } = "level-not-certified";
        /// 特级技师 and 首席技师 come by 评聘 only (人社部发〔2022〕14号); a recognition comes without
        /// a session, everything else by one.
        RouteUnfit {
            /// The level.
            level: crate::domain::level::SkillLevel,
            /// The route.
            route: crate::domain::route::Route,
        } = "route-unfit";
        /// Awarded before it was assessed.
        DateBefore {
            /// The day it may not be before.
            earliest: jiff::civil::Date,
        } = "date-before";
        /// That session awarded this person nothing.
        NotAwarded = "level-not-awarded";
        /// The level is withdrawn already.
        AlreadyWithdrawn = "level-already-withdrawn";
        /// 注销 and 作废 end a document, not a level; only 撤销 and 吊销 withdraw it.
        EndKeepsLevel {
            /// Which end.
            end: End,
        } = "end-keeps-level";
        /// A training has class hours (课时).
        NoHours = "training-no-hours";
        /// The last day is before the first.
        DatesDisagree = "dates-disagree";
        /// The training is not over.
        TrainingNotOver = "training-not-over";
        /// One completion a person, provider and class.
        TrainingTwice = "training-twice";
        /// No training of that provider and class stands.
        TrainingUnknown = "training-unknown";
        /// A training is not struck before the day of the decision.
        TrainingStrikeNotYet {
            /// That day.
            on: jiff::civil::Date,
        } = "training-strike-not-yet";
        /// An id of a record is used once, and stays used when the record is struck.
        RecordTwice = "record-twice";
        /// The same work, study, title or certificate stands already, under another id.
        FactTwice = "fact-recorded-twice";
        /// The work has its last day already.
        WorkHasEnded = "work-ended-already";
        /// Study that goes on has a day on which graduation is expected.
        GraduationNotExpected = "study-graduation-not-expected";
        /// No such record stands.
        RecordUnknown = "record-unknown";
        /// Recorded before it was: nothing is recorded ahead of its day.
        RecordAhead {
            /// The first day on which it may be recorded.
            earliest: jiff::civil::Date,
        } = "record-ahead";
        /// An employer is named for work for others, and none for work on one's own.
        EmployerDisagrees = "employer-disagrees";
        /// A skill level stands only on a certificate of level or a 职业资格证书.
        LevelUnfit = "outside-level-unfit";
        /// A fact that is checked has evidence, up to 50 pieces.
        EvidenceMissing = "evidence-missing";
        /// The level of this post was not awarded by this session of 评聘, or no longer stands.
        AppointmentNotAwarded = "appointment-not-awarded";
        /// A session of 评聘 leads to one appointment.
        AppointedTwice = "appointed-twice";
        /// Another appointment runs: one post at a time.
        AppointmentRunning = "appointment-running";
        /// There is no such appointment.
        AppointmentUnknown = "appointment-unknown";
        /// The appointment has ended.
        AppointmentHasEnded = "appointment-ended";
        /// The last day of the term has passed: it ends by its own event first.
        AppointmentOver {
            /// Its last day.
            to: jiff::civil::Date,
        } = "appointment-over";
        /// A review is of a year of the term.
        ReviewYearOutside {
            /// Which year.
            year: i16,
        } = "performance-year-outside";
        /// A year is reviewed once.
        ReviewedTwice {
            /// Which year.
            year: i16,
        } = "performance-reviewed-twice";
        /// Nobody is appointed again without a passed review.
        PerformanceNotPassed = "performance-not-passed";
        /// A term is over when its last day has passed.
        TermNotOver {
            /// The first day after it.
            earliest: jiff::civil::Date,
        } = "appointment-term-not-over";
        /// This end follows from another act and is not asked for.
        EndFollowsOnly = "appointment-end-follows";
        /// Nobody is his own master.
        MasterIsApprentice = "apprenticeship-own-master";
        /// Levels exist for 大类 3–6 only.
        ApprenticeshipWithoutLevels {
            /// The occupation.
            occupation: crate::domain::occupation::OccupationCode,
        } = "apprenticeship-without-levels";
        /// An intern is of his graduation year (毕业年度).
        InternNotGraduating {
            /// The year.
            year: i16,
        } = "apprenticeship-intern-not-graduating";
        /// One apprenticeship at a time.
        ApprenticeshipRunning = "apprenticeship-running";
        /// There is no such apprenticeship.
        ApprenticeshipUnknown = "apprenticeship-unknown";
        /// The apprenticeship was completed or ended.
        ApprenticeshipOver = "apprenticeship-over";
        /// It is completed when its term is (学徒期满).
        ApprenticeshipNotOver {
            /// Its last day.
            earliest: jiff::civil::Date,
        } = "apprenticeship-not-over";
        /// The same honour stands already.
        HonourTwice = "honour-twice";
        /// There is no such honour.
        HonourUnknown = "honour-unknown";
        /// The honour is withdrawn.
        HonourWithdrawn = "honour-withdrawn";
        /// A component of a session is kept once.
        ComponentKeptTwice = "component-kept-twice";
        /// Only what was passed is kept: 60 and more (国家职业标准).
        ComponentNotPassed = "component-not-passed";
        /// A level is in question once at a time.
        QuestionedAlready = "award-questioned-already";
        /// Only a level in question is upheld or withdrawn here; a certificate is revoked as such.
        NotQuestioned = "award-not-questioned";
        /// A level that has a certificate is withdrawn by revoking it: the finding names it.
        AwardCertificateUnnamed = "award-certificate-unnamed";
        /// No certificate is named where none ends.
        AwardCertificateUnasked = "award-certificate-unasked";
        /// The day of the finding has not come.
        FindingNotYet {
            /// The day.
            on: jiff::civil::Date,
        } = "award-finding-not-yet";
        @nested
        /// About a rule of a route.
        Route(RouteRejection);
        @nested
        /// About a recognition.
        Recognition(RecognitionRejection);
        @nested
        /// About a proposal.
        Proposal(ProposalRejection);
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
