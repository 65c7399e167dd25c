//! The files an official reads: `tests/scenarios/NN-row-topic.feature`.

use gherkin::{Feature, GherkinEnv, StepType};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One scenario, its background before it.
pub struct Scenario {
    /// The file's name.
    pub file: String,
    /// 场景
    pub name: String,
    /// The rows of the checklist it is tagged with: `@row-26` is 26, `@row-61b` is 61b.
    pub rows: BTreeSet<String>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// One sentence with its place.
pub struct Sentence {
    /// 假如, 当, 那么; 并且 is what stood before it.
    pub kind: StepType,
    /// The words after the keyword.
    pub words: String,
    /// The table beneath.
    pub rows: Vec<Vec<String>>,
    /// The line in the file.
    pub line: usize,
}

impl Scenario {
    /// Whether it ends in a refusal: each row shows what is refused beside what is accepted.
    pub fn refuses(&self) -> bool {
        self.sentences
            .iter()
            .any(|it| it.kind == StepType::Then && it.words.contains("拒绝"))
    }
}

/// The folder of the scenarios.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

/// Every file of scenarios, by name, with its text.
pub fn files() -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "feature"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Every scenario of every file.
pub fn scenarios() -> Vec<Scenario> {
    files()
        .into_iter()
        .flat_map(|(file, text)| read(&file, &text))
        .collect()
}

fn read(file: &str, text: &str) -> Vec<Scenario> {
    let feature = match Feature::parse(text, GherkinEnv::default()) {
        Ok(feature) => feature,
        Err(error) => panic!("tests/scenarios/{file}: {error}"),
    };
    let before: Vec<_> = feature.background.iter().flat_map(|it| &it.steps).collect();
    let scenarios = feature.scenarios.iter();
    scenarios
        .map(|scenario| {
            assert!(
                scenario.examples.is_empty() && feature.rules.is_empty(),
                "tests/scenarios/{file}: 请写成一个个场景，不用场景大纲和规则"
            );
            let tags = feature.tags.iter().chain(&scenario.tags);
            let rows = tags.filter_map(|tag| tag.strip_prefix("row-"));
            let steps = before.iter().copied().chain(&scenario.steps);
            Scenario {
                file: file.to_owned(),
                name: scenario.name.clone(),
                rows: rows.map(str::to_owned).collect(),
                sentences: steps.map(sentence).collect(),
            }
        })
        .collect()
}

fn sentence(step: &gherkin::Step) -> Sentence {
    Sentence {
        kind: step.ty,
        words: step.value.trim().trim_end_matches(['：', ':']).to_owned(),
        rows: step.table.iter().flat_map(|it| it.rows.clone()).collect(),
        line: step.position.line,
    }
}
