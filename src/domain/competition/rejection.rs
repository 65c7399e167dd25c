//! Why a competition says no.

use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::ProposalRejection;
use crate::domain::rejection::rejections;
use crate::domain::wording::TextRejection;
use jiff::civil::Date;

rejections! {
    /// The rules of a competition's stream.
    pub enum CompetitionRejection {
        /// There is no such competition.
        NotRegistered = "competition-not-registered";
        /// A competition is registered once.
        AlreadyRegistered = "competition-already-registered";
        /// A competition has contests, up to 200.
        ContestsMissing = "competition-contests-missing";
        /// An occupation and group are contested once.
        ContestTwice {
            /// The occupation.
            occupation: OccupationCode,
        } = "competition-contest-twice";
        /// Level certificates exist for 大类 3–6 only, and so do promotions.
        ContestWithoutLevels {
            /// The occupation.
            occupation: OccupationCode,
        } = "competition-contest-without-levels";
        /// The last day is before the first.
        DatesDisagree = "competition-dates-disagree";
        /// Places exist only of what has taken place.
        NotYetHeld {
            /// The last day of the competition.
            ends_on: Date,
        } = "competition-not-yet-held";
        /// There is no such contest.
        ContestUnknown {
            /// The occupation asked for.
            occupation: OccupationCode,
        } = "competition-contest-unknown";
        /// A contestant has one place an occupation.
        PlaceTwice = "competition-place-twice";
        /// There is no such place.
        PlaceUnknown = "competition-place-unknown";
        /// Places run from 1 to the number of contestants, all of a contest name one number, and
        /// no more have a place than took part.
        RankImpossible {
            /// The place.
            rank: u32,
            /// Contestants.
            contestants: u32,
        } = "competition-rank-impossible";
        /// A place has evidence, up to 50 pieces.
        EvidenceMissing = "competition-evidence-missing";
        /// A competition holds a bounded number of places.
        TooManyPlaces {
            /// Most.
            most: u32,
        } = "competition-too-many-places";
        /// There is no place to enter or to confirm.
        NoPlaces = "competition-no-places";
        /// Places change until they are confirmed, and never after.
        PlacesConfirmed = "competition-places-confirmed";
        /// The places changed after they were proposed.
        ProposalChanged = "competition-proposal-changed";
        /// The public notice begins when the places are confirmed.
        NotConfirmed = "competition-not-confirmed";
        /// The notice has begun.
        NoticeAlreadyStarted = "competition-notice-already-started";
        /// The days of the notice contradict each other, or begin before the competition ended.
        NoticeDatesDisagree = "competition-notice-dates-disagree";
        /// Nothing is closed that was not shown (公示).
        NoticeNotStarted = "competition-notice-not-started";
        /// The notice still runs.
        NoticeRunning {
            /// First day on which it may close.
            closes_on: Date,
        } = "competition-notice-running";
        /// The competition is closed.
        AlreadyClosed = "competition-already-closed";
        /// A place is withdrawn after the close; before, it is struck.
        NotClosed = "competition-not-closed";
        /// The place is withdrawn already.
        PlaceWithdrawn = "competition-place-withdrawn";
        /// A place is not withdrawn before the competition closed.
        BeforeClose {
            /// When it closed.
            closed_on: Date,
        } = "competition-before-close";
        @nested
        /// About the proposal.
        Proposal(ProposalRejection);
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
