//! Scores (成绩) as Open Badges results: each component is described in the achievement
//! (`ResultDescription`), and what the holder reached stands with him (`Result`).

use crate::credential::claims::exact;
use crate::domain::score::{Component, Score, Scores};
use serde_json::{Value, json};

/// The components that have a score, as the achievement describes them: out of a hundred, and each
/// passed with 60 (national standards, 鉴定方式). `id` is the document's.
pub(super) fn descriptions(scores: &Scores, id: &str) -> Value {
    let description = |component: Component| {
        json!({"id": described_at(id, component), "type": ["ResultDescription"],
            "name": name(component), "resultType": "RawScore",
            "valueMin": "0", "valueMax": "100", "requiredValue": "60"})
    };
    let given = scores.given();
    given.map(|(component, _)| description(component)).collect()
}

/// What the holder reached in each.
pub(super) fn results(scores: &Scores, id: &str) -> Value {
    let result = |(component, score): (Component, Score)| {
        json!({"id": format!("{id}#result-{}", component.name()), "type": ["Result"],
            "resultDescription": described_at(id, component), "value": score.to_string()})
    };
    scores.given().map(result).collect()
}

/// The scores of what [`results`] writes. Says nothing about members it does not look at.
pub(super) fn read(results: &Value) -> Option<Scores> {
    let results = results.as_array()?;
    let score = |component: Component| {
        let ending = format!("#component-{}", component.name());
        let is_of = |it: &&Value| {
            let described = it.get("resultDescription").and_then(Value::as_str);
            described.is_some_and(|it| it.ends_with(&ending))
        };
        match results.iter().find(is_of) {
            Some(result) => exact(result.get("value")?.as_str()?).map(Some),
            None => Some(None),
        }
    };
    let [theory, skill, review] = Component::ALL.map(score);
    Scores::new(theory?, skill?, review?)
}

fn described_at(id: &str, component: Component) -> String {
    format!("{id}#component-{}", component.name())
}

/// In Chinese and English: an Open Badges name has one language.
pub(crate) const fn name(component: Component) -> &'static str {
    match component {
        Component::Theory => "理论知识考试 Theory",
        Component::Skill => "技能考核 Practical skill",
        Component::Review => "综合评审 Review",
    }
}
