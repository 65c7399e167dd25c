//! A body as 师资培训基地: noticed (公示), listed (公布), struck. Procedure of 江西省"十四五"职业技能培训规划
//! 专栏7: 条件公开、个人申请、审核认定、行政公示并公布.

use crate::domain::body::event::{
    BodyEvent, TrainingBaseListed, TrainingBaseNoticed, TrainingBaseStruck,
};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{Body, BodyState};
use crate::domain::wording::check_text;
use jiff::civil::Date;

/// What a body was and is as a training base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingBase {
    /// The notice that no listing has followed yet.
    pub notice: Option<TrainingBaseNoticed>,
    /// Its listings, in order.
    pub listings: Vec<Listing>,
}

/// A time on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// First day.
    pub from: Date,
    /// Last day, if it has one.
    pub to: Option<Date>,
    /// The first day off the list, if it was struck.
    pub struck_on: Option<Date>,
}

impl Listing {
    fn covers(&self, from: Date, to: Date) -> bool {
        self.from <= from
            && self.to.is_none_or(|last| to <= last)
            && self.struck_on.is_none_or(|off| to < off)
    }
}

impl TrainingBase {
    /// Whether it was listed on every day from `from` to `to`.
    pub fn listed_throughout(&self, from: Date, to: Date) -> bool {
        from <= to && self.listings.iter().any(|it| it.covers(from, to))
    }

    /// The listing that has neither been struck nor run out by a day.
    fn standing_on(&self, on: Date) -> Option<&Listing> {
        let stands = |it: &&Listing| it.struck_on.is_none() && it.to.is_none_or(|last| on <= last);
        self.listings.last().filter(stands)
    }

    pub(super) fn happened(&mut self, event: &BodyEvent) {
        match event {
            BodyEvent::TrainingBaseNoticed(noticed) => self.notice = Some(noticed.clone()),
            BodyEvent::TrainingBaseListed(listed) => {
                self.notice = None;
                self.listings.push(Listing {
                    from: listed.from,
                    to: listed.to,
                    struck_on: None,
                });
            }
            BodyEvent::TrainingBaseStruck(struck) => {
                if let Some(last) = self.listings.last_mut() {
                    last.struck_on = Some(struck.on);
                }
            }
            _ => {}
        }
    }
}

impl BodyState {
    /// Whether the body may train: record what was completed with it, and mark teachers' cards
    /// where it is a training base. Suspension and withdrawal are of training and assessing alike
    /// (依法取消培训和评价资质, 国就劳发〔2025〕4号 十八).
    pub fn may_train(&self) -> Result<(), No> {
        self.body()?.stands()
    }
}

pub(super) fn decide_notice(
    body: &Body,
    noticed: &TrainingBaseNoticed,
) -> Result<Vec<BodyEvent>, No> {
    check_text("basis", &noticed.basis)?;
    body.stands()?;
    if body.training_base.standing_on(noticed.from).is_some() {
        return Err(No::BaseListed);
    }
    Ok(vec![noticed.clone().into()])
}

pub(super) fn decide_list(body: &Body, listed: &TrainingBaseListed) -> Result<Vec<BodyEvent>, No> {
    check_text("basis", &listed.basis)?;
    body.stands()?;
    if listed.to.is_some_and(|to| to < listed.from) {
        return Err(No::DatesDisagree);
    }
    let base = &body.training_base;
    let notice = base.notice.as_ref().ok_or(No::BaseNoticeMissing)?;
    if listed.from < notice.closes_on {
        return Err(No::BaseNoticeRunning {
            closes_on: notice.closes_on,
        });
    }
    Ok(vec![listed.clone().into()])
}

pub(super) fn decide_strike(
    body: &Body,
    struck: &TrainingBaseStruck,
) -> Result<Vec<BodyEvent>, No> {
    check_text("ground", &struck.ground)?;
    check_text("basis", &struck.basis)?;
    let listing = body.training_base.standing_on(struck.on);
    let listing = listing.ok_or(No::BaseUnknown)?;
    if struck.on < listing.from {
        return Err(No::DateBefore {
            earliest: listing.from,
        });
    }
    Ok(vec![struck.clone().into()])
}
