//! Recognition on a real ledger: applied for, granted, withdrawn, and replayed as of any position
//! and edition.

use super::world::{World, id};
use crate::app::clock;
use crate::app::operation::{Done, Take};
use crate::app::operations::verb;
use crate::app::recognition::Viewpoint;
use crate::app::registers::RegisterRequest;
use crate::app::{Actor, AppError};
use crate::domain::ids::{ProposalId, WorkerId};
use crate::domain::rules::recognition::{Held, HeldBy, Holding, careers_cn};
use serde_json::{Value, json};

const EVIDENCE: &str = "1111111111111111111111111111111111111111111111111111111111111111";

impl World {
    async fn operate(&self, actor: &Actor, name: &str, request: Value) -> Result<Done, AppError> {
        (verb(name).unwrap().run)(&self.ledger, actor, id(), request).await
    }

    async fn german(&self) -> (WorkerId, String, u64) {
        let request = json!({
            "name": "张伟", "document_type": "居民身份证", "document_number": "11010519491231002X",
            "kind": "foreign", "issuer": "DEMO-DE-CHAMBER", "certificate": "Industriemechaniker",
            "number": "IHK-77", "grade": "Facharbeiter", "awarded_on": "2024-03-01",
            "evidence": [EVIDENCE],
        });
        let name = "background.record-certificate";
        let done = self.operate(&self.maker, name, request).await.unwrap();
        let record = said(&done, "record");
        let worker = done.id_of("worker.outside_certificate_recorded").unwrap();
        (worker.parse().unwrap(), record, done.position.unwrap())
    }

    async fn rules_of(&self, worker: WorkerId, position: Option<u64>) -> Vec<String> {
        let held = self.ledger.held_by(worker, position).await.unwrap();
        let from = Viewpoint {
            position,
            ..Viewpoint::default()
        };
        let answers = self.ledger.recognise(&held, clock::today(), &from).await;
        answers.unwrap().into_iter().map(|it| it.rule).collect()
    }

    async fn state_of(&self, key: &str, at: Option<u64>) -> Value {
        let request = RegisterRequest {
            kind: "recognition".into(),
            key: Some(key.to_owned()),
            at,
            ..RegisterRequest::default()
        };
        let read = self.ledger.read_register(Some(&self.maker), &request).await;
        let rows = read.unwrap().value;
        rows.first()
            .map_or(Value::Null, |row| row.data["state"].clone())
    }
}

/// What the last event that has it says of a member.
fn said(done: &Done, member: &str) -> String {
    let mut events = done.events.iter().rev();
    let value = events.find_map(|it| it.data.get(member)?.as_str());
    value.unwrap().to_owned()
}

#[tokio::test]
async fn a_recognition_that_was_withdrawn_still_counts_as_of_the_position_before() {
    let world = World::new().await;
    let (worker, record, recorded) = world.german().await;
    assert_eq!(world.rules_of(worker, None).await, ["compare/de-mechanic"]);

    let application = json!({
        "worker": worker, "record": record, "rule": "compare/de-mechanic",
        "occupation": "6-31-01-02",
    });
    let applied = world
        .operate(&world.maker, "recognition.apply", application)
        .await
        .unwrap();
    let recognition = said(&applied, "recognition");
    let decision = json!({"worker": worker, "recognition": recognition, "award": true});
    let alone = world
        .operate(&world.maker, "recognition.grant", decision.clone())
        .await;
    assert!(alone.is_err(), "a maker decides nothing");
    let granted = world
        .operate(&world.checker, "recognition.grant", decision)
        .await
        .unwrap();
    let position = granted.position.unwrap();
    let levels = |held: &[Held]| {
        let level = |it: &&Held| matches!(it.by, HeldBy::Recognition { .. });
        held.iter().filter(level).count()
    };
    let held = world.ledger.held_by(worker, None).await.unwrap();
    assert_eq!(levels(&held), 1);

    let withdrawal = json!({
        "worker": worker, "recognition": recognition, "ground": "原证书系伪造",
        "basis": "某人社外〔2026〕9号",
    });
    let proposed = world
        .operate(&world.maker, "recognition.withdraw", withdrawal)
        .await
        .unwrap();
    let proposal: ProposalId = said(&proposed, "proposal").parse().unwrap();
    let held = world.ledger.held_by(worker, None).await.unwrap();
    assert_eq!(levels(&held), 1, "nothing happens on one person's word");
    world
        .ledger
        .approve(&world.checker, id(), proposal)
        .await
        .unwrap();
    let now = world.ledger.held_by(worker, None).await.unwrap();
    let then = world.ledger.held_by(worker, Some(position)).await.unwrap();
    assert_eq!((levels(&now), levels(&then)), (0, 1));
    assert_eq!(
        world.state_of(&recognition, Some(position)).await,
        "granted"
    );
    assert_eq!(world.state_of(&recognition, None).await, "withdrawn");

    let strike = json!({"worker": worker, "record": record, "ground": "核查不符"});
    world
        .operate(&world.maker, "background.strike", strike)
        .await
        .unwrap();
    assert!(world.rules_of(worker, None).await.is_empty());
    assert_eq!(
        world.rules_of(worker, Some(recorded)).await,
        ["compare/de-mechanic"]
    );
    assert_eq!(world.ledger.compare_views().await.unwrap(), 0);
}

#[tokio::test]
async fn an_answer_is_replayed_under_the_edition_of_its_time() {
    let world = World::new().await;
    let mut rule = careers_cn::built_in().remove(0);
    rule.years_after = 1;
    let adopted = json!({"edition": "2027", "rules": [rule]});
    world
        .operate(&world.maker, "recognition.adopt-rules", adopted)
        .await
        .unwrap();
    let holding = Holding::Level {
        level: crate::domain::level::SkillLevel::Three,
        occupation: "6-31-07-01".parse().unwrap(),
    };
    let since = jiff::civil::date(2024, 6, 1);
    let on = jiff::civil::date(2025, 7, 1);
    let held = [Held::stated(holding, since)];
    let unmet_years = async |edition: Option<&str>| {
        let from = Viewpoint {
            edition: edition.map(str::to_owned),
            ..Viewpoint::default()
        };
        let answers = world.ledger.recognise(&held, on, &from).await.unwrap();
        let answer = answers.iter().find(|it| it.rule == "cn-74-three").unwrap();
        answer.unmet.iter().any(|it| it.condition.name() == "years")
    };
    assert!(!unmet_years(None).await, "one year is full");
    assert!(unmet_years(Some(careers_cn::EDITION)).await);
    let unknown = Viewpoint {
        edition: Some("1999".into()),
        ..Viewpoint::default()
    };
    let refused = world.ledger.recognise(&held, on, &unknown).await;
    assert!(matches!(refused, Err(AppError::NotFound { .. })));
}

#[tokio::test]
async fn rows_of_a_comparison_table_are_imported_and_refused_one_by_one() {
    let world = World::new().await;
    let row = |code: &str, kind: &str| {
        json!({
            "code": code, "edition": "2026", "kind": kind, "issuer": "DEMO-ROBOT-ASSOC",
            "certificate": "工业机器人应用编程证书", "grade": "初级", "occupation": "6-31-07-03",
            "level": "five", "directions": "both", "effect": "counts-as",
            "effective_from": "2024-01-01", "citation": "某人社发〔2024〕5号",
        })
    };
    let rows = || {
        vec![
            (2, row("r-5", "industry")),
            (3, row("r-5", "industry")),
            (4, row("permit", "operating-permit")),
            (5, row("r-5b", "industry")),
        ]
    };
    let import = verb("recognition.list-comparison").unwrap().run_rows;
    for take in [Take::Nothing, Take::Valid] {
        let imported = import(&world.ledger, &world.maker, id(), rows(), take)
            .await
            .unwrap();
        assert_eq!(imported.accepted, Some(2));
        let refused: Vec<_> = imported
            .refused
            .iter()
            .map(|it| (it.row, it.code.as_str()))
            .collect();
        assert_eq!(refused, [(3, "comparison-twice"), (4, "issuer-kind-unfit")]);
    }
    let page = RegisterRequest {
        kind: "comparison-row".into(),
        ..RegisterRequest::default()
    };
    let rows = world.ledger.read_register(None, &page).await.unwrap().value;
    assert_eq!(rows.len(), 7, "five demonstrations and two imported");
}
