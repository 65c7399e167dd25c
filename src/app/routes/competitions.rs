//! Competitions (职业技能竞赛): the authority registers them and enters their places, two of its
//! people confirm.

use crate::app::actor::Actor;
use crate::app::desk::Desk;
use crate::app::draft::Draft;
use crate::app::error::AppError;
use crate::app::input::input_words;
use crate::app::ledger::Ledger;
use crate::app::operation::{Operation, operation};
use crate::app::whom::Whom;
use crate::domain::account::event::Role;
use crate::domain::competition::command::CompetitionCommand;
use crate::domain::competition::decider::CompetitionDecider;
use crate::domain::competition::event::{
    CompetitionEvent, CompetitionRegistered, Contest, Group, PlaceEntered, PlaceStruck,
    PlacesNoticed,
};
use crate::domain::competition::state::CompetitionState;
use crate::domain::digest::Digest;
use crate::domain::ids::{CompetitionId, ProposalId, StreamId, WorkerId};
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Approval, Proposing, TurnDown};
use crate::domain::region::RegionCode;
use jiff::civil::Date;

input_words!(Group: "职工" = "staff", "学生" = "student");

operation! {
    /// 登记竞赛 | Registers a competition.
    pub struct RegisterCompetition = "competition.register", import "competitions" {
        /// 竞赛编号 | Its number in the plan of that year.
        code: String,
        /// 竞赛名称 | Its name.
        name: String,
        /// 竞赛英文名称 | Its English name.
        name_en: Option<String>,
        /// 层级 | Tier, as promotion rules name it: world, national, provincial, municipal, district, enterprise, school.
        tier: String,
        /// 类别 | Class, where the tier has classes.
        class: Option<String>,
        /// 主办单位 | Who holds it.
        organiser: String,
        /// 地区代码 | Where, GB/T 2260.
        region: RegionCode,
        /// 职业编码 | Occupations contested.
        occupation: Vec<OccupationCode>,
        /// 组别 | Groups, staff and student; each occupation is contested in each.
        group: Vec<Group>,
        /// 开始日期 | First day.
        from: Date,
        /// 结束日期 | Last day.
        to: Date,
        /// 批准文件 | The document that approved it.
        source: String,
    }
}

operation! {
    /// 登记竞赛名次 | Enters a contestant's place.
    pub struct EnterPlace = "competition.enter-place", import "competition-places" {
        /// 竞赛 | The competition.
        competition: CompetitionId,
        /// 劳动者编号 | The contestant, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 职业编码 | Occupation of the contest.
        occupation: OccupationCode,
        /// 组别 | Group of the contest: staff or student.
        group: Group,
        /// 名次 | Place, from 1.
        rank: u32,
        /// 参赛人数 | How many took part in the contest.
        contestants: u32,
        /// 奖项 | Prize, as promotion rules name it: gold, silver, bronze, excellent.
        prize: Option<String>,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 删除竞赛名次 | Strikes a place before the places are confirmed.
    pub struct StrikePlace = "competition.strike-place" {
        /// 竞赛 | The competition.
        competition: CompetitionId,
        /// 劳动者编号 | The contestant.
        worker: WorkerId,
        /// 职业编码 | Occupation of the contest.
        occupation: OccupationCode,
        /// 理由 | Why.
        ground: String,
    }
}

operation! {
    /// 提交竞赛名次复核 | Proposes that the places stand.
    pub struct ConfirmPlaces = "competition.confirm" {
        /// 竞赛 | The competition.
        competition: CompetitionId,
    }
}

operation! {
    /// 公示竞赛名次 | Begins the public notice of the places.
    pub struct NoticePlaces = "competition.notice" {
        /// 竞赛 | The competition.
        competition: CompetitionId,
        /// 公示起始日期 | First day of notice; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 竞赛结束 | Closes a competition: its places count.
    pub struct CloseCompetition = "competition.close" {
        /// 竞赛 | The competition.
        competition: CompetitionId,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 取消竞赛名次 | Proposes to withdraw a place of a closed competition.
    pub struct WithdrawPlace = "competition.withdraw-place" {
        /// 竞赛 | The competition.
        competition: CompetitionId,
        /// 劳动者编号 | The contestant.
        worker: WorkerId,
        /// 职业编码 | Occupation of the contest.
        occupation: OccupationCode,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

/// The authority's maker, and a competition that exists.
async fn on_desk(desk: &mut Desk<'_>, competition: CompetitionId) -> Result<(), AppError> {
    desk.actor()
        .need(&[Role::AuthorityMaker], "authority-maker")?;
    desk.existing::<CompetitionDecider>(competition, "competition")
        .await?;
    Ok(())
}

impl Operation for RegisterCompetition {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let catalogue = desk.catalogue().await?;
        let mut contests = Vec::new();
        for code in &self.occupation {
            let occupation = catalogue
                .occupation_on(*code, self.from)
                .ok_or(AppError::NotFound { what: "occupation" })?;
            contests.extend(self.group.iter().map(|group| Contest {
                occupation: *code,
                occupation_name: Name {
                    zh: occupation.name_zh.clone(),
                    en: Some(occupation.name_en.clone()),
                },
                group: *group,
            }));
        }
        let command = CompetitionCommand::Register(CompetitionRegistered {
            code: self.code.clone(),
            name: Name {
                zh: self.name.clone(),
                en: self.name_en.clone(),
            },
            tier: self.tier.clone(),
            class: self.class.clone(),
            organiser: self.organiser.clone(),
            region: self.region,
            contests,
            from: self.from,
            to: self.to,
            source: self.source.clone(),
        });
        let id = CompetitionId(desk.fresh_id());
        desk.decide::<CompetitionDecider>(id, &command).await?;
        Ok(())
    }
}

impl Operation for EnterPlace {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        on_desk(desk, self.competition).await?;
        let worker = desk
            .whom(Whom {
                worker: self.worker,
                name: self.name.as_ref(),
                document_type: self.document_type.as_ref(),
                document_number: self.document_number.as_ref(),
            })
            .await?;
        let place = PlaceEntered {
            worker,
            occupation: self.occupation,
            group: self.group,
            rank: self.rank,
            contestants: self.contestants,
            prize: self.prize.clone(),
            evidence: self.evidence.clone(),
        };
        let command = CompetitionCommand::EnterPlaces {
            places: vec![place],
            on: desk.today(),
        };
        desk.decide::<CompetitionDecider>(self.competition, &command)
            .await?;
        Ok(())
    }
}

impl Operation for StrikePlace {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        on_desk(desk, self.competition).await?;
        let command = CompetitionCommand::StrikePlace(PlaceStruck {
            worker: self.worker,
            occupation: self.occupation,
            ground: self.ground.clone(),
        });
        desk.decide::<CompetitionDecider>(self.competition, &command)
            .await?;
        Ok(())
    }
}

impl Operation for ConfirmPlaces {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        on_desk(desk, self.competition).await?;
        let ledger = desk.ledger();
        let state = desk.state::<CompetitionDecider>(self.competition).await?;
        let digest = places_digest(ledger, state)?;
        let proposing = proposing(desk, digest);
        let command = CompetitionCommand::ProposeConfirm(proposing);
        desk.decide::<CompetitionDecider>(self.competition, &command)
            .await?;
        desk.reserve(format!("proposal:{}", proposing.proposal));
        Ok(())
    }
}

impl Operation for NoticePlaces {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        on_desk(desk, self.competition).await?;
        let from = desk.day(self.on)?;
        let notice = desk.authority().await?.notice_from(from)?;
        // A notice that has to run cannot have begun before anybody could read of it.
        if notice.working_days > 0 && from < desk.today() {
            return Err(AppError::Refused {
                code: "notice-backdated",
                args: Vec::new(),
            });
        }
        let command = CompetitionCommand::StartNotice(PlacesNoticed {
            from: notice.from,
            closes_on: notice.closes_on,
            working_days: notice.working_days,
        });
        desk.decide::<CompetitionDecider>(self.competition, &command)
            .await?;
        Ok(())
    }
}

impl Operation for CloseCompetition {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        on_desk(desk, self.competition).await?;
        let on = desk.day(self.on)?;
        desk.decide::<CompetitionDecider>(self.competition, &CompetitionCommand::Close { on })
            .await?;
        Ok(())
    }
}

impl Operation for WithdrawPlace {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        on_desk(desk, self.competition).await?;
        let on = desk.day(self.on)?;
        let digest = desk
            .ledger()
            .request_digest("competition.withdraw-place", self)?;
        let proposing = proposing(desk, digest);
        let command = CompetitionCommand::ProposeWithdrawal {
            proposing,
            worker: self.worker,
            occupation: self.occupation,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on,
        };
        desk.decide::<CompetitionDecider>(self.competition, &command)
            .await?;
        desk.reserve(format!("proposal:{}", proposing.proposal));
        Ok(())
    }
}

fn proposing(desk: &Desk<'_>, digest: Digest) -> Proposing {
    Proposing {
        proposal: ProposalId(desk.fresh_id()),
        digest,
        by: desk.actor().account,
        now: desk.now(),
    }
}

/// Keyed digest of the places as they are now.
fn places_digest(ledger: &Ledger, state: &CompetitionState) -> Result<Digest, AppError> {
    let places: Vec<_> = state
        .meet()
        .into_iter()
        .flat_map(|meet| meet.places.values())
        .collect();
    ledger.request_digest("competition.places", &places)
}

impl Ledger {
    /// The authority's checker approves what was proposed about a competition.
    pub(in crate::app) async fn draft_approve_competition(
        &self,
        actor: &Actor,
        stream: StreamId,
        approval: Approval,
    ) -> Result<Draft, AppError> {
        actor.need_authority_checker()?;
        let mut competition = self
            .load_existing::<CompetitionDecider>(stream, "competition")
            .await?;
        let command = CompetitionCommand::Approve {
            approval,
            digest_now: places_digest(self, &competition.state)?,
        };
        let events = competition.decide(&command)?;
        let mut draft = Draft::default();
        for event in &events {
            if let CompetitionEvent::PlaceWithdrawn(withdrawn) = event {
                self.question_promotion(CompetitionId(stream.id), withdrawn, &mut draft)
                    .await?;
            }
        }
        draft.write(&competition, events);
        Ok(draft)
    }

    /// The authority turns down what was proposed about a competition.
    pub(in crate::app) async fn draft_reject_competition(
        &self,
        actor: &Actor,
        stream: StreamId,
        turn_down: TurnDown,
        draft: &mut Draft,
    ) -> Result<(), AppError> {
        actor.need_authority()?;
        let mut competition = self
            .load_existing::<CompetitionDecider>(stream, "competition")
            .await?;
        let events = competition.decide(&CompetitionCommand::Reject(turn_down))?;
        draft.write(&competition, events);
        Ok(())
    }
}
