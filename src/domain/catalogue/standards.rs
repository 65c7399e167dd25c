//! Adopting standards (国家职业标准, 评价规范, 考核规范) and the templates of their conditions: only
//! what can be judged by is taken in.

use crate::domain::catalogue::event::StandardsAdopted;
use crate::domain::catalogue::rejection::CatalogueRejection;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rejection::rejections;
use crate::domain::rules::eligibility::{
    Alternative, Assesses, Condition, OccupationStandard, OpenedLevel, Template,
};
use crate::domain::session::event::StandardKind;
use crate::domain::wording::{check_code, check_text};
use std::collections::BTreeSet;

/// Most standards and templates of one adoption: they are one event. Of more, several are made.
pub const STANDARDS_MAX: usize = 1_000;
/// Most characters of a standard's code, and of its edition.
pub const NAME_CHARS_MAX: usize = 50;
/// Most alternatives of a level.
pub const ALTERNATIVES_MAX: usize = 40;
/// Most occupations that a standard calls related.
pub const RELATED_MAX: usize = 200;

rejections! {
    /// Why standards are not adopted.
    pub enum StandardsRejection {
        /// Kind, code and edition stand twice in one adoption.
        StandardTwice {
            /// Which.
            standard: String,
        } = "standard-twice";
        /// A template's id stands twice in one adoption.
        TemplateTwice {
            /// Which.
            template: String,
        } = "standard-template-twice";
        /// The standard names a template that nobody adopted.
        TemplateUnknown {
            /// Which.
            template: String,
        } = "standard-template-unknown";
        /// An alternative's id stands twice in its document.
        AlternativeTwice {
            /// Which.
            rule: String,
        } = "condition-rule-twice";
        /// The condition cannot be judged: something in it is empty, too deep or too long, or
        /// years cannot run where they are asked.
        ConditionUnsound {
            /// Of which alternative.
            rule: String,
        } = "condition-unsound";
        /// The condition asks for the standard hours, and the standard has none for the level.
        HoursMissing {
            /// Of which alternative.
            rule: String,
        } = "standard-hours-missing";
        /// No one applies for this level, or it stands twice: only 五级 to 一级, each once.
        LevelUnfit {
            /// In which document.
            standard: String,
            /// Which level.
            level: SkillLevel,
        } = "standard-level-unfit";
        /// The standard opens a level for which neither it nor its template has conditions.
        LevelWithoutConditions {
            /// Which standard.
            standard: String,
            /// Which level.
            level: SkillLevel,
        } = "standard-level-without-conditions";
        /// Occupations of this main group have no skill levels: only 大类 3 to 6 do.
        OccupationUnfit {
            /// Which.
            occupation: OccupationCode,
        } = "standard-occupation-unfit";
        /// 考核规范 are about items, 国家职业标准 and 评价规范 about occupations.
        KindUnfit {
            /// Which.
            standard: String,
        } = "standard-kind-unfit";
        /// The last day is before the first.
        DatesDisagree {
            /// Which.
            standard: String,
        } = "standard-dates-disagree";
        /// It opens nothing, or lists more than a standard may.
        SizeUnfit {
            /// Which.
            standard: String,
        } = "standard-size-unfit";
    }
}
use StandardsRejection as No;

/// Checks an adoption against what was adopted before.
pub(super) fn check_standards(
    state: &CatalogueState,
    adopted: &StandardsAdopted,
) -> Result<(), CatalogueRejection> {
    check_code("edition", &adopted.edition)?;
    if state.standard_editions.contains(&adopted.edition) {
        return Err(CatalogueRejection::EditionTaken);
    }
    let entries = adopted.templates.len() + adopted.standards.len();
    if entries == 0 {
        return Err(CatalogueRejection::EditionEmpty);
    }
    if entries > STANDARDS_MAX {
        return Err(CatalogueRejection::EditionTooLarge {
            most: STANDARDS_MAX as u32,
        });
    }
    let mut seen = BTreeSet::new();
    for template in &adopted.templates {
        check_template(template)?;
        if let Some(replaced) = state.standards.template(&template.id) {
            check_replacement(template, replaced)?;
        }
        if !seen.insert(template.id.as_str()) {
            return Err(No::TemplateTwice {
                template: template.id.clone(),
            }
            .into());
        }
    }
    let mut seen = BTreeSet::new();
    for standard in &adopted.standards {
        check_standard(state, adopted, standard)?;
        let kind = standard.kind as u8;
        if !seen.insert((kind, standard.code.as_str(), standard.edition.as_str())) {
            return Err(No::StandardTwice {
                standard: shown(standard),
            }
            .into());
        }
    }
    Ok(())
}

fn shown(standard: &OccupationStandard) -> String {
    format!("{} {}", standard.code, standard.edition)
}

fn check_template(template: &Template) -> Result<(), CatalogueRejection> {
    check_code("template", &template.id)?;
    check_code("jurisdiction", &template.jurisdiction)?;
    check_text("source", &template.source)?;
    let levels = template.levels.iter().map(|it| it.level);
    check_levels(&template.id, levels)?;
    let alternatives = template.levels.iter().flat_map(|it| &it.any_of);
    check_alternatives(alternatives)?;
    for of in &template.levels {
        if of.any_of.is_empty() || of.any_of.len() > ALTERNATIVES_MAX {
            return Err(No::SizeUnfit {
                standard: template.id.clone(),
            }
            .into());
        }
    }
    Ok(())
}

/// Standards that name the older text go on to be judged by the newer.
fn check_replacement(template: &Template, replaced: &Template) -> Result<(), No> {
    let kept = |level| template.levels.iter().any(|it| it.level == level);
    match replaced.levels.iter().find(|it| !kept(it.level)) {
        None => Ok(()),
        Some(missing) => Err(No::LevelWithoutConditions {
            standard: template.id.clone(),
            level: missing.level,
        }),
    }
}

fn check_standard(
    state: &CatalogueState,
    adopted: &StandardsAdopted,
    standard: &OccupationStandard,
) -> Result<(), CatalogueRejection> {
    check_code("standard-code", &standard.code)?;
    check_code("standard-edition", &standard.edition)?;
    check_text("source", &standard.source)?;
    let long = |text: &str| text.chars().count() > NAME_CHARS_MAX;
    if long(&standard.code) || long(&standard.edition) {
        return Err(No::SizeUnfit {
            standard: shown(standard),
        }
        .into());
    }
    let last = standard.effective_to;
    if last.is_some_and(|last| last < standard.effective_from) {
        return Err(No::DatesDisagree {
            standard: shown(standard),
        }
        .into());
    }
    let size_unfit = || No::SizeUnfit {
        standard: shown(standard),
    };
    match &standard.assesses {
        Assesses::Item {
            occupations,
            hours,
            any_of,
            ..
        } => {
            if standard.kind != StandardKind::SpecialSkill {
                return Err(kind_unfit(standard));
            }
            let most = any_of.len() > ALTERNATIVES_MAX || occupations.len() > RELATED_MAX;
            if any_of.is_empty() || most {
                return Err(size_unfit().into());
            }
            check_alternatives(any_of)?;
            check_hours(any_of, *hours)
        }
        Assesses::Occupation {
            occupation,
            formerly,
            related,
            template,
            levels,
        } => {
            if standard.kind == StandardKind::SpecialSkill {
                return Err(kind_unfit(standard));
            }
            if !occupation.carries_level_certificates() {
                return Err(No::OccupationUnfit {
                    occupation: *occupation,
                }
                .into());
            }
            let most = formerly.len() + related.len() > RELATED_MAX
                || levels.iter().any(|it| it.any_of.len() > ALTERNATIVES_MAX);
            if levels.is_empty() || most {
                return Err(size_unfit().into());
            }
            check_levels(&shown(standard), levels.iter().map(|it| it.level))?;
            check_alternatives(levels.iter().flat_map(|it| &it.any_of))?;
            let template = match template {
                None => None,
                Some(id) => Some(template_named(state, adopted, id)?),
            };
            levels
                .iter()
                .try_for_each(|opened| check_opened(standard, opened, template))
        }
    }
}

fn kind_unfit(standard: &OccupationStandard) -> CatalogueRejection {
    No::KindUnfit {
        standard: shown(standard),
    }
    .into()
}

fn template_named<'a>(
    state: &'a CatalogueState,
    adopted: &'a StandardsAdopted,
    id: &str,
) -> Result<&'a Template, No> {
    let with_it = adopted.templates.iter().find(|it| it.id == id);
    with_it
        .or_else(|| state.standards.template(id))
        .ok_or_else(|| No::TemplateUnknown {
            template: id.to_owned(),
        })
}

fn check_opened(
    standard: &OccupationStandard,
    opened: &OpenedLevel,
    template: Option<&Template>,
) -> Result<(), CatalogueRejection> {
    let of_template = || {
        let of_level = template?.levels.iter().find(|it| it.level == opened.level);
        of_level.map(|it| it.any_of.as_slice())
    };
    let any_of = match opened.any_of.as_slice() {
        [] => of_template().ok_or_else(|| No::LevelWithoutConditions {
            standard: shown(standard),
            level: opened.level,
        })?,
        own => own,
    };
    check_hours(any_of, opened.hours)
}

fn check_levels(
    standard: &str,
    levels: impl Iterator<Item = SkillLevel>,
) -> Result<(), CatalogueRejection> {
    let mut seen = BTreeSet::new();
    for level in levels {
        if !SkillLevel::CERTIFIED.contains(&level) || !seen.insert(level) {
            return Err(No::LevelUnfit {
                standard: standard.to_owned(),
                level,
            }
            .into());
        }
    }
    Ok(())
}

fn check_alternatives<'a>(
    alternatives: impl IntoIterator<Item = &'a Alternative>,
) -> Result<(), CatalogueRejection> {
    let mut seen = BTreeSet::new();
    for alternative in alternatives {
        check_code("rule", &alternative.id)?;
        if let Some(source) = &alternative.source {
            check_text("source", source)?;
        }
        let rule = || alternative.id.clone();
        if !alternative.condition.is_sound() {
            return Err(No::ConditionUnsound { rule: rule() }.into());
        }
        for leaf in alternative.condition.leaves() {
            if let Condition::Stated { code, zh, en } = leaf {
                check_code("condition", code)?;
                check_text("condition", zh)?;
                check_text("condition", en)?;
            }
        }
        if !seen.insert(&alternative.id) {
            return Err(No::AlternativeTwice { rule: rule() }.into());
        }
    }
    Ok(())
}

fn check_hours(any_of: &[Alternative], hours: Option<u32>) -> Result<(), CatalogueRejection> {
    if hours.is_some_and(|it| it > 0) {
        return Ok(());
    }
    let asks = |leaf: &&Condition| matches!(leaf, Condition::Training { hours: None });
    let asking = |it: &&Alternative| it.condition.leaves().iter().any(asks);
    match any_of.iter().find(asking) {
        None => Ok(()),
        Some(it) => Err(No::HoursMissing {
            rule: it.id.clone(),
        }
        .into()),
    }
}
