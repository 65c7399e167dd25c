//! What a certificate attests, as an Open Badges achievement: one face a kind.
//!
//! The four kinds have four achievement types, so that what is no 职业技能等级 never reads as one:
//! `Certification` a level, `Competency` a 专项职业能力, `MicroCredential` a 微技能, `Certificate` an
//! enterprise's own. Only a level has an alignment to 职业技能等级. Certificates of that name under
//! the education ministry (1+X) and permits of other departments have none of these.

use super::v2::place;
use crate::credential::claims::exact;
use crate::credential::did::Did;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::route::Route;
use serde_json::{Value, json};

pub(crate) const CATALOGUE: &str = "中华人民共和国职业分类大典（2022年版）";
pub(crate) const LEVELS: &str = "职业技能等级（人社部发〔2022〕14号）";
pub(crate) const SPECIAL_SKILLS: &str =
    "专项职业能力考核项目（无等级） Special vocational skills, without level";
pub(crate) const MICRO_SKILLS: &str = "微技能项目（无等级） Micro-skills, without level";
pub(crate) const ENTERPRISE: &str =
    "企业自定等级，不是职业技能等级 The enterprise's own grade, not a vocational skill level";

/// Where nodes of one document get their ids: the document's id and `#name`.
pub(super) struct Nodes<'a> {
    pub id: &'a str,
    pub did: &'a Did,
}

impl Nodes<'_> {
    pub fn node(&self, name: &str) -> String {
        format!("{}#{name}", self.id)
    }

    pub fn alignment(
        &self,
        name: &str,
        url: String,
        code: &str,
        title: &str,
        framework: &str,
    ) -> Value {
        json!({"id": self.node(name), "type": ["Alignment"], "targetName": title,
            "targetUrl": url, "targetCode": code, "targetFramework": framework})
    }

    /// An alignment to a named term of the ledger.
    fn term(&self, name: &str, code: &str, title: &Name, framework: &str) -> Value {
        let url = self.did.term_url(name, code);
        let mut term = self.alignment(name, url, code, &title.zh, framework);
        if let Some(en) = &title.en {
            term["targetDescription"] = json!(en);
        }
        term
    }
}

/// The words for a kind in an achievement.
pub(crate) const fn achievement_type(kind: AttainmentKind) -> &'static str {
    match kind {
        AttainmentKind::Level => "Certification",
        AttainmentKind::SpecialSkill => "Competency",
        AttainmentKind::MicroSkill => "MicroCredential",
        AttainmentKind::Enterprise => "Certificate",
    }
}

/// How it was come by (criteria), one text a route.
pub(crate) const fn narrative(route: Route) -> &'static str {
    match route {
        Route::Assessment => {
            "按所列标准评定，各科成绩均合格。Assessed under the standard named here; every component passed."
        }
        Route::DirectRecognition => {
            "按规定条件直接认定，依据材料并公示。Recognised directly on the grounds that the rules name, by evidence and after public notice."
        }
        Route::Competition => {
            "按职业技能竞赛名次晋升。Promoted by rank in a registered skills competition."
        }
        Route::ApprenticeGrading => "学徒期满，转正定级。Graded at the end of an apprenticeship.",
        Route::Appointment => {
            "由用人单位评聘，经主管部门核准。Appointed by the employer after review, confirmed by the authority."
        }
        Route::Recognition => {
            "按规则比照认定。Recognised from another certificate under a published rule."
        }
    }
}

/// Name, description, 工种 and alignments of what is attested.
pub(super) struct Face {
    pub name: String,
    pub description: String,
    pub specialization: Option<String>,
    pub alignments: Vec<Value>,
}

/// The face of what is attested. Level certificates of `1` to `5` are as they were before there
/// were other kinds.
pub(super) fn face(attainment: &Attainment, nodes: &Nodes<'_>) -> Face {
    let english = |name: &Name| name.en.clone().unwrap_or_else(|| name.zh.clone());
    match attainment {
        Attainment::Level {
            occupation,
            occupation_name,
            work_type,
            level,
        } => {
            let code = level_code(*level);
            let mut aligned = nodes.term(
                "level",
                &code,
                &Name {
                    zh: level.name_zh().into(),
                    en: None,
                },
                LEVELS,
            );
            aligned["targetDescription"] = json!(level.name_en());
            Face {
                name: format!("{} {}", occupation_name.zh, level.name_zh()),
                description: format!("{}, {}", english(occupation_name), level.name_en()),
                specialization: work_type.clone(),
                alignments: vec![
                    nodes.term(
                        "occupation",
                        &occupation.to_string(),
                        occupation_name,
                        CATALOGUE,
                    ),
                    aligned,
                ],
            }
        }
        Attainment::SpecialSkill { item, name } => Face {
            name: name.zh.clone(),
            description: format!("{}, special vocational skill without level", english(name)),
            specialization: None,
            alignments: vec![nodes.term("special-skill", item.as_str(), name, SPECIAL_SKILLS)],
        },
        Attainment::MicroSkill { item, name, of } => {
            let mut alignments = vec![nodes.term("micro-skill", item.as_str(), name, MICRO_SKILLS)];
            if let Some(occupation) = of {
                let code = occupation.to_string();
                let url = nodes.did.term_url("occupation", &code);
                alignments.push(nodes.alignment("occupation", url, &code, &code, CATALOGUE));
            }
            Face {
                name: name.zh.clone(),
                description: format!("{}, micro-skill without level", english(name)),
                specialization: None,
                alignments,
            }
        }
        Attainment::Enterprise {
            name,
            grade,
            occupation,
            occupation_name,
        } => {
            let url = nodes.did.term_url("certificate", "enterprise");
            let mut own = nodes.alignment("enterprise", url, grade, &name.zh, ENTERPRISE);
            if let Some(en) = &name.en {
                own["targetDescription"] = json!(en);
            }
            Face {
                name: format!("{} {grade}", name.zh),
                description: format!(
                    "{}, {grade}: the enterprise's own grade, not a vocational skill level",
                    english(name)
                ),
                specialization: None,
                alignments: vec![
                    own,
                    nodes.term(
                        "occupation",
                        &occupation.to_string(),
                        occupation_name,
                        CATALOGUE,
                    ),
                ],
            }
        }
    }
}

/// What an achievement attests, and by which route. Says nothing about members it does not look
/// at.
pub(super) fn read(achievement: &Value) -> Option<(Attainment, Route)> {
    let text = |pointer: &str| place(achievement, pointer).and_then(Value::as_str);
    let aligned = achievement.get("alignment")?.as_array()?;
    let of = |nth: usize, member: &str| aligned.get(nth)?.get(member).and_then(Value::as_str);
    let name = |nth: usize| {
        Some(Name {
            zh: of(nth, "targetName")?.to_owned(),
            en: of(nth, "targetDescription").map(str::to_owned),
        })
    };
    let code = |nth: usize| of(nth, "targetCode");
    let word = text("/achievementType")?;
    let kind = AttainmentKind::ALL
        .into_iter()
        .find(|kind| achievement_type(*kind) == word)?;
    let told = text("/criteria/narrative")?;
    let route = Route::ALL
        .into_iter()
        .find(|route| narrative(*route) == told)?;
    let attainment = match kind {
        AttainmentKind::Level => Attainment::Level {
            occupation: exact(code(0)?)?,
            occupation_name: name(0)?,
            work_type: text("/specialization").map(str::to_owned),
            level: level_of(code(1)?)?,
        },
        AttainmentKind::SpecialSkill => Attainment::SpecialSkill {
            item: exact(code(0)?)?,
            name: name(0)?,
        },
        AttainmentKind::MicroSkill => Attainment::MicroSkill {
            item: exact(code(0)?)?,
            name: name(0)?,
            of: match aligned.len() {
                4 => Some(exact(code(1)?)?),
                _ => None,
            },
        },
        AttainmentKind::Enterprise => Attainment::Enterprise {
            name: name(0)?,
            grade: code(0)?.to_owned(),
            occupation: exact(code(1)?)?,
            occupation_name: name(1)?,
        },
    };
    Some((attainment, route))
}

/// The code of a level in documents: its digit, or the word of the two that have none.
pub(crate) fn level_code(level: SkillLevel) -> String {
    match level {
        SkillLevel::Special => "special".into(),
        SkillLevel::Chief => "chief".into(),
        // `Claims::check` refuses the one level without a code.
        level => level.digit().map_or_else(String::new, |d| d.to_string()),
    }
}

/// The level of a [`level_code`].
pub(crate) fn level_of(code: &str) -> Option<SkillLevel> {
    match code {
        "special" => Some(SkillLevel::Special),
        "chief" => Some(SkillLevel::Chief),
        code => exact(code).and_then(SkillLevel::from_digit),
    }
}
