//! The catalogue (目录): occupations, items and assessment resources, adopted by the authority.

use super::desk::Desk;
use super::error::AppError;
use super::input::{Lines, input_words};
use super::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::attainment::ItemKind;
use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::{
    ItemSpecification, ItemsAdopted, OccupationChange, OccupationsAdopted, OccupationsAmended,
    ResourceKind, ResourceReleased, SkillItem,
};
use crate::domain::ids::StreamId;
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::{Occupation, OccupationCode, WorkType};
use jiff::civil::Date;

operation! {
    /// 职业 | One occupation of an edition.
    pub struct OccupationLine = "catalogue.occupation" {
        /// 职业编码 | Code, d-dd-dd-dd.
        code: OccupationCode,
        /// 职业名称 | Name.
        name: String,
        /// 英文名称 | English name.
        name_en: Option<String>,
        /// 职业技能等级 | Levels its standard opens; none means all five.
        levels: Vec<SkillLevel>,
        /// 工种名称 | Work types.
        work_types: Vec<String>,
    }
}

operation! {
    /// 采用职业目录版本 | Adopts an edition of the occupation catalogue.
    pub struct AdoptOccupations = "catalogue.adopt-occupations" {
        /// 版本 | Name of the edition.
        edition: String,
        /// 施行日期 | First day it applies.
        effective_from: Date,
        /// 来源 | The document it was taken from.
        source: String,
        /// 已核对 | Whether a person compared it with the official text.
        verified: bool,
        /// 职业清单 | The occupations: JSON, or a sheet of them.
        occupations: Lines<OccupationLine>,
    }
}

/// What an amendment does to an occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// 新增
    Added,
    /// 更名
    Renamed,
    /// 调整
    Adjusted,
    /// 撤并
    Retired,
}
input_words!(Change:
    "新增" = "added",
    "更名" = "renamed",
    "调整" = "adjusted",
    "撤并" = "retired",
);

operation! {
    /// 职业变动 | One change of an amendment.
    pub struct ChangeLine = "catalogue.change" {
        /// 变动 | What changes.
        change: Change,
        /// 职业编码 | Code, d-dd-dd-dd.
        code: OccupationCode,
        /// 职业名称 | New name, of an addition or another name.
        name: Option<String>,
        /// 英文名称 | English name.
        name_en: Option<String>,
        /// 职业技能等级 | Levels its standard opens; none means all five.
        levels: Vec<SkillLevel>,
        /// 工种名称 | Work types.
        work_types: Vec<String>,
        /// 并入职业编码 | What took its place.
        into: Option<OccupationCode>,
    }
}

operation! {
    /// 修订职业目录 | Amends the edition in force: additions, new names, mergers.
    pub struct AmendOccupations = "catalogue.amend-occupations" {
        /// 修订名称 | Name of the amendment.
        amendment: String,
        /// 施行日期 | First day it applies.
        effective_from: Date,
        /// 来源 | The document it was taken from.
        source: String,
        /// 已核对 | Whether a person compared it with the official text.
        verified: bool,
        /// 变动清单 | The changes: JSON, or a sheet of them.
        changes: Lines<ChangeLine>,
    }
}

operation! {
    /// 考核项目 | One item of an edition.
    pub struct ItemLine = "catalogue.item" {
        /// 项目编码 | Code of the item.
        code: ItemCode,
        /// 项目类别 | Kind of the item.
        kind: ItemKind,
        /// 项目名称 | Name.
        name: String,
        /// 英文名称 | English name.
        name_en: Option<String>,
        /// 所属职业编码 | Occupation it belongs to.
        occupation: Option<OccupationCode>,
        /// 培训课时 | Class hours of its training.
        hours: Option<u16>,
        /// 考核规范编号 | Code of the specification it is assessed under.
        specification: Option<String>,
        /// 考核规范版本 | Edition of that specification.
        specification_edition: Option<String>,
        /// 停考日期 | The last day on which it may be assessed.
        until: Option<Date>,
    }
}

operation! {
    /// 采用考核项目清单 | Adopts items: special skills and micro skills.
    pub struct AdoptItems = "catalogue.adopt-items" {
        /// 版本 | Name of the edition.
        edition: String,
        /// 施行日期 | First day it applies.
        effective_from: Date,
        /// 来源 | The document it was taken from.
        source: String,
        /// 已核对 | Whether a person compared it with the official text.
        verified: bool,
        /// 项目清单 | The items: JSON, or a sheet of them.
        items: Lines<ItemLine>,
    }
}

input_words!(ResourceKind:
    "职业标准" = "standard",
    "题库" = "question-bank",
    "专项职业能力考核规范" = "item-specification",
    "职业培训包" = "training-package",
);

operation! {
    /// 登记评价技术资源 | Records the release of a standard, question bank, specification or package.
    pub struct ReleaseResource = "catalogue.release-resource", import "resources" {
        /// 资源编码 | Code.
        code: String,
        /// 资源版本 | Version.
        version: String,
        /// 资源类别 | Kind.
        kind: ResourceKind,
        /// 资源名称 | Title.
        title: String,
        /// 职业编码 | Occupation it is for.
        occupation: Option<OccupationCode>,
        /// 发布日期 | Day of release.
        released_on: Date,
        /// 开发单位 | Who developed it.
        developer: String,
    }
}

/// Adopting is the authority's, by its maker.
async fn adopt(desk: &mut Desk<'_>, command: CatalogueCommand) -> Result<(), AppError> {
    desk.actor()
        .need(&[Role::AuthorityMaker], "authority-maker")?;
    let stream = StreamId::catalogue(desk.ledger().id());
    desk.decide::<CatalogueDecider>(stream, &command).await?;
    Ok(())
}

fn work_types(names: &[String]) -> Vec<WorkType> {
    let named = |name: &String| WorkType {
        name_zh: name.clone(),
        name_en: String::new(),
    };
    names.iter().map(named).collect()
}

impl Operation for AdoptOccupations {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let occupation = |line: &OccupationLine| Occupation {
            code: line.code,
            name_zh: line.name.clone(),
            name_en: line.name_en.clone().unwrap_or_default(),
            levels: line.levels.clone(),
            work_types: work_types(&line.work_types),
            source: self.source.clone(),
        };
        let adopted = OccupationsAdopted {
            edition: self.edition.clone(),
            effective_from: self.effective_from,
            source: self.source.clone(),
            verified: self.verified,
            occupations: self.occupations.0.iter().map(occupation).collect(),
        };
        adopt(desk, CatalogueCommand::AdoptOccupations(adopted)).await
    }
}

impl Operation for AmendOccupations {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let changes = self.changes.0.iter().map(|line| line.change(&self.source));
        let amended = OccupationsAmended {
            amendment: self.amendment.clone(),
            effective_from: self.effective_from,
            source: self.source.clone(),
            verified: self.verified,
            changes: changes.collect::<Result<_, _>>()?,
        };
        adopt(desk, CatalogueCommand::AmendOccupations(amended)).await
    }
}

impl ChangeLine {
    fn change(&self, source: &str) -> Result<OccupationChange, AppError> {
        let name = || {
            self.name.clone().ok_or(AppError::BadInput {
                what: "name",
                rule: "needed",
            })
        };
        let name_en = self.name_en.clone().unwrap_or_default();
        Ok(match self.change {
            Change::Added => OccupationChange::Added {
                occupation: Occupation {
                    code: self.code,
                    name_zh: name()?,
                    name_en,
                    levels: self.levels.clone(),
                    work_types: work_types(&self.work_types),
                    source: source.to_owned(),
                },
            },
            Change::Renamed => OccupationChange::Renamed {
                code: self.code,
                name_zh: name()?,
                name_en,
            },
            Change::Adjusted => OccupationChange::Adjusted {
                code: self.code,
                levels: self.levels.clone(),
                work_types: work_types(&self.work_types),
            },
            Change::Retired => OccupationChange::Retired {
                code: self.code,
                into: self.into,
            },
        })
    }
}

impl ItemLine {
    fn item(&self) -> Result<SkillItem, AppError> {
        let specification = match (&self.specification, &self.specification_edition) {
            (Some(code), Some(edition)) => Some(ItemSpecification {
                code: code.clone(),
                edition: edition.clone(),
            }),
            (None, None) => None,
            _ => {
                return Err(AppError::BadInput {
                    what: "specification-edition",
                    rule: "needed",
                });
            }
        };
        Ok(SkillItem {
            code: self.code.clone(),
            kind: self.kind,
            name: Name {
                zh: self.name.clone(),
                en: self.name_en.clone(),
            },
            occupation: self.occupation,
            hours: self.hours,
            specification,
            until: self.until,
        })
    }
}

impl Operation for AdoptItems {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let items = self.items.0.iter().map(ItemLine::item);
        let adopted = ItemsAdopted {
            edition: self.edition.clone(),
            effective_from: self.effective_from,
            source: self.source.clone(),
            verified: self.verified,
            items: items.collect::<Result<_, _>>()?,
        };
        adopt(desk, CatalogueCommand::AdoptItems(adopted)).await
    }
}

impl Operation for ReleaseResource {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let released = ResourceReleased {
            code: self.code.clone(),
            version: self.version.clone(),
            kind: self.kind,
            title: self.title.clone(),
            occupation: self.occupation,
            released_on: self.released_on,
            developer: self.developer.clone(),
        };
        let on = desk.today();
        adopt(desk, CatalogueCommand::ReleaseResource { released, on }).await
    }
}
