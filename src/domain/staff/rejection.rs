//! Why a member of staff's stream, and the rules about staff, say no.

use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rejection::rejections;
use crate::domain::wording::TextRejection;
use jiff::civil::Date;

rejections! {
    /// The rules about people who assess and teach.
    pub enum StaffRejection {
        /// There is no such member of staff.
        NotEnrolled = "staff-not-enrolled";
        /// One entry a person.
        AlreadyEnrolled = "staff-already-enrolled";
        /// Nothing was sealed.
        NothingSealed = "nothing-sealed";
        /// A card's id is used once.
        CardTaken = "card-taken";
        /// There is no such card.
        CardUnknown = "card-unknown";
        /// Who judges or teaches a trade is carded for occupations, each named once.
        OccupationsMissing = "card-occupations-missing";
        /// A role that is not of a trade has no levels; and a level is named once.
        LevelsUnfit = "card-levels-unfit";
        /// Only who examines special skills is carded for items, each named once.
        ItemsUnfit = "card-items-unfit";
        /// The number does not follow the rule of that kind of card.
        NumberUnfit = "card-number-unfit";
        /// The last day is before the first.
        DatesDisagree = "dates-disagree";
        /// A card without a last day is not renewed.
        CardEndless = "card-endless";
        /// A renewal begins after the term before it began and ends after it ended.
        RenewalShort {
            /// The last day of the term before it.
            to: Date,
        } = "card-renewal-short";
        /// The card is suspended already.
        CardAlreadySuspended = "card-already-suspended";
        /// Nothing to reinstate.
        CardNotSuspended = "card-not-suspended";
        /// Earlier than what it answers to.
        DateBefore {
            /// The day it may not be before.
            earliest: Date,
        } = "date-before";
        /// He has no card of this role.
        NoCard = "card-missing";
        /// The card is not good for the occupation.
        OccupationOutsideCard {
            /// The occupation.
            occupation: OccupationCode,
        } = "card-occupation-outside";
        /// The card does not name the item.
        ItemOutsideCard {
            /// The item.
            item: ItemCode,
        } = "card-item-outside";
        /// The card does not name the level.
        LevelOutsideCard {
            /// The level.
            level: SkillLevel,
        } = "card-level-outside";
        /// The card has not begun.
        CardNotBegun {
            /// Its first day.
            from: Date,
        } = "card-not-begun";
        /// The card has run out.
        CardExpired {
            /// Its last day.
            to: Date,
        } = "card-expired";
        /// The card is suspended.
        CardSuspended {
            /// Since when.
            since: Date,
        } = "card-suspended";
        /// The card is withdrawn, for good.
        CardWithdrawn {
            /// Since when.
            since: Date,
        } = "card-withdrawn";
        /// Only a teacher's card is endorsed.
        NotATeachersCard = "card-not-teachers";
        /// The base was not listed for the whole of the training and the signature.
        BaseNotListed = "training-base-not-listed";
        /// A training has class hours.
        NoHours = "training-no-hours";
        /// One mark a training.
        EndorsedTwice = "endorsement-twice";
        /// The training that must be passed every so many years was not: 每两年…不少于1次…经培训合格后
        /// 方可继续授课 (江西省"十四五"职业技能培训规划, 专栏7).
        EndorsementLapsed {
            /// The last day he might teach.
            last_day: Date,
        } = "endorsement-lapsed";
        /// A class whose teachers are named is no longer than that.
        ClassTooLong {
            /// Most days.
            most: u32,
        } = "class-too-long";
        /// Nobody teaches himself.
        TeachesHimself = "teacher-is-trainee";
        /// Nobody is related to himself.
        RelationToSelf = "relation-to-self";
        /// The relation stands already.
        RelationTwice = "relation-twice";
        /// No such relation stands.
        RelationUnknown = "relation-unknown";
        /// The school has engaged him already.
        EngagedTwice = "engaged-twice";
        /// The school has not engaged him.
        NotEngaged = "engagement-unknown";
        /// Nobody assesses himself (回避).
        IsCandidate = "independence-candidate";
        /// Who trained a candidate does not assess him (考培分离).
        TrainedCandidate = "independence-trainer";
        /// Who is close to a candidate does not assess him (回避).
        RelatedToCandidate = "independence-related";
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
