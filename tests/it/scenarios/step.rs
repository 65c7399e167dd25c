//! One sentence of a scenario and what the ledger does for it.
//!
//! A pattern is the sentence with its variables in braces: `授予“{机构}”备案范围，自{起}至{止}`. A
//! variable takes what stands between the words around it, as little as possible; the name in the
//! braces is for the reader. Where two patterns fit a sentence, the one that says more is meant.

use super::world::World;
use jiff::civil::Date;
use skill_ledger::app::clock;
use skill_ledger::domain::level::SkillLevel;
use std::future::Future;
use std::pin::Pin;

/// What a step came to: fine, or a sentence that says what is wrong.
pub type Held = Result<(), String>;
/// A running step.
pub type Running<'a> = Pin<Box<dyn Future<Output = Held> + 'a>>;

/// A sentence the scenarios may say.
pub struct Step {
    /// The sentence, variables in braces.
    pub pattern: &'static str,
    /// What is done.
    pub run: for<'a> fn(&'a mut World, Said) -> Running<'a>,
}

/// A step: `step!("登记“{机构}”", |world, said| { … Ok(()) })`.
macro_rules! step {
    ($pattern:literal, |$world:ident, $said:ident| $body:block) => {
        $crate::scenarios::step::Step {
            pattern: $pattern,
            run: |$world, $said| Box::pin(async move { $body }),
        }
    };
}
pub(crate) use step;

/// What a sentence says: its variables in their order, and the table beneath it.
pub struct Said {
    variables: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[allow(dead_code, reason = "read by the sentences of some areas only")]
impl Said {
    /// The text of variable `nth`, from 0.
    pub fn text(&self, nth: usize) -> &str {
        &self.variables[nth]
    }
    /// The civil date of variable `nth`: `2026年3月1日`, or `今天`.
    pub fn date(&self, nth: usize) -> Result<Date, String> {
        date(self.text(nth))
    }
    /// The whole number of variable `nth`.
    pub fn number(&self, nth: usize) -> Result<u64, String> {
        let text = self.text(nth);
        text.parse().map_err(|_| format!("“{text}”不是整数"))
    }
    /// The level of variable `nth`: `三级`, `三级/高级工`, `高级工`, `特级技师`.
    pub fn level(&self, nth: usize) -> Result<SkillLevel, String> {
        level(self.text(nth))
    }
    /// The levels of variable `nth`, `三级、四级`, or `全部`.
    pub fn levels(&self, nth: usize) -> Result<Vec<SkillLevel>, String> {
        if self.text(nth) == "全部" {
            return Ok(SkillLevel::CERTIFIED.to_vec());
        }
        self.text(nth).split('、').map(level).collect()
    }
    /// Variable `nth` as whatever can be parsed.
    pub fn parse<T: std::str::FromStr>(&self, nth: usize) -> Result<T, String> {
        let text = self.text(nth);
        text.parse().map_err(|_| format!("读不懂“{text}”"))
    }
    /// The items of variable `nth`, separated by `、`.
    pub fn list<T: std::str::FromStr>(&self, nth: usize) -> Result<Vec<T>, String> {
        let items = self.text(nth).split('、');
        items
            .map(|item| item.parse().map_err(|_| format!("读不懂“{item}”")))
            .collect()
    }
    /// The table beneath the sentence: its head, and its rows.
    pub fn table(&self) -> Result<(&[String], &[Vec<String>]), String> {
        match self.rows.split_first() {
            Some((head, rows)) => Ok((head, rows)),
            None => Err("这一步下面应有一张表".into()),
        }
    }
    /// A table of two columns as pairs, without a head: `| 职业 | 4-07-01-01 |`.
    pub fn pairs(&self) -> Result<Vec<(&str, &str)>, String> {
        let pair = |row: &Vec<String>| match row.as_slice() {
            [name, value] => Some((name.clone(), value.clone())),
            _ => None,
        };
        if self.rows.iter().any(|row| pair(row).is_none()) {
            return Err("这张表应有两列".into());
        }
        Ok(self
            .rows
            .iter()
            .map(|row| (row[0].as_str(), row[1].as_str()))
            .collect())
    }
}

/// A civil date in words: `2026年3月1日`, `今天`, `昨天`, `明天`.
pub fn date(text: &str) -> Result<Date, String> {
    let wrong = || format!("“{text}”不是日期");
    let day = match text {
        "今天" => Ok(clock::today()),
        "昨天" => clock::today().yesterday(),
        "明天" => clock::today().tomorrow(),
        _ => {
            let (year, rest) = text.split_once('年').ok_or_else(wrong)?;
            let (month, rest) = rest.split_once('月').ok_or_else(wrong)?;
            let day = rest.strip_suffix('日').ok_or_else(wrong)?;
            Date::new(
                year.parse().map_err(|_| wrong())?,
                month.parse().map_err(|_| wrong())?,
                day.parse().map_err(|_| wrong())?,
            )
        }
    };
    day.map_err(|_| wrong())
}

/// A level in words: its whole name, or either half of it.
pub fn level(text: &str) -> Result<SkillLevel, String> {
    let all = [
        SkillLevel::Apprentice,
        SkillLevel::Special,
        SkillLevel::Chief,
    ];
    SkillLevel::CERTIFIED
        .into_iter()
        .chain(all)
        .find(|level| level.name_zh() == text || level.name_zh().split('/').any(|it| it == text))
        .ok_or_else(|| format!("“{text}”不是职业技能等级"))
}

/// What the variables of a pattern took of a sentence; none if it is another sentence.
pub fn fit(pattern: &str, sentence: &str) -> Option<Vec<String>> {
    let mut variables = Vec::new();
    let mut pattern = pattern;
    let mut rest = sentence;
    while let Some((word, after)) = pattern.split_once('{') {
        rest = rest.strip_prefix(word)?;
        let (_, after) = after.split_once('}')?;
        let next = after.split('{').next().unwrap_or_default();
        let end = if next.is_empty() {
            if after.is_empty() {
                rest.len()
            } else {
                return None;
            }
        } else if after.contains('{') {
            rest.find(next)?
        } else {
            // The last words of a pattern end the sentence.
            rest.strip_suffix(next)?.len()
        };
        if end == 0 {
            return None;
        }
        variables.push(rest[..end].to_owned());
        rest = &rest[end..];
        pattern = after;
    }
    (pattern == rest).then_some(variables)
}

/// How much a pattern says outside its variables.
fn words_of(pattern: &str) -> usize {
    let mut inside = false;
    let said = pattern.chars().filter(|c| {
        inside = (inside || *c == '{') && *c != '}';
        !inside && *c != '}'
    });
    said.count()
}

/// The one step that fits a sentence, with what the sentence says.
pub fn find<'a>(
    steps: &'a [Step],
    sentence: &str,
    rows: Vec<Vec<String>>,
) -> Result<(&'a Step, Said), String> {
    let mut fitting: Vec<_> = steps
        .iter()
        .filter_map(|step| Some((step, fit(step.pattern, sentence)?)))
        .collect();
    // The sentence that says more is the one that is meant.
    fitting.sort_by_key(|(step, _)| words_of(step.pattern));
    let Some((step, variables)) = fitting.pop() else {
        return Err("没有这样的步骤：请在 tests/it/scenarios/steps/ 中添加".into());
    };
    if let Some((other, _)) = fitting.pop()
        && words_of(other.pattern) == words_of(step.pattern)
    {
        return Err(format!(
            "两种步骤都适用：{}；{}",
            step.pattern, other.pattern
        ));
    }
    Ok((step, Said { variables, rows }))
}

#[test]
fn a_variable_takes_what_stands_between_the_words() {
    let fitted = |pattern, sentence| fit(pattern, sentence).map(|it| it.join("|"));
    let scope = "授予“{机构}”范围，自{起}至{止}";
    assert_eq!(
        fitted(scope, "授予“甲中心”范围，自2026年1月1日至2026年12月31日").as_deref(),
        Some("甲中心|2026年1月1日|2026年12月31日")
    );
    assert_eq!(fitted(scope, "授予“甲中心”范围"), None);
    assert_eq!(fitted("公示期满", "公示期满").as_deref(), Some(""));
    assert_eq!(fitted("公示期满", "公示期满了"), None);
    assert_eq!(fitted("共{数}人", "共3人").as_deref(), Some("3"));
    assert_eq!(
        fitted("规则为 {规则}", "规则为 a-b").as_deref(),
        Some("a-b")
    );
}
