//! One command id, one effect: a retry gives the first answer, however the world has moved.

use super::world::{World, id};
use crate::app::people::Correction;
use crate::app::{AppError, clock};
use crate::domain::ids::{BodyId, CommandId};
use crate::domain::proposal::{Act, End};
use crate::keys::Purpose;

/// Every command of a story under its own id; what each answered, as text.
async fn story(world: &World, ids: &[CommandId], sheet: &str) -> (BodyId, Vec<String>) {
    let (ledger, maker, checker) = (&world.ledger, &world.maker, &world.checker);
    let today = clock::today();
    let mut ids = ids.iter().copied();
    let mut next = || ids.next().unwrap();
    let mut told = Vec::new();

    let request = World::body_request(0);
    let registered = ledger.register_body(maker, next(), request).await.unwrap();
    told.push(format!("{registered:?}"));
    let body = registered.body;
    let scope = World::scope_request(body);
    let granted = ledger.grant_scope(maker, next(), scope).await.unwrap();
    told.push(format!("{granted:?}"));
    let purposes = [Purpose::Certificate, Purpose::Status];
    let keys = ledger.give_keys(maker, next(), body, &purposes).await;
    told.push(format!("{:?}", keys.unwrap()));
    let request = World::session_request(body, "2026-1");
    let session = ledger.open_session(maker, next(), request).await.unwrap();
    told.push(format!("{session:?}"));
    let imported = ledger
        .import_results(maker, next(), session, sheet.as_bytes(), true)
        .await
        .unwrap();
    let rows: Vec<u32> = imported.judgement.accepted.iter().map(|c| c.row).collect();
    told.push(format!(
        "{rows:?} {} {}",
        imported.written, imported.enrolled
    ));
    let proposed = ledger
        .propose_results(maker, next(), session)
        .await
        .unwrap();
    told.push(format!("{proposed:?}"));
    let approved = ledger.approve(checker, next(), proposed.proposal).await;
    told.push(format!("{:?}", approved.unwrap()));
    let notice = ledger.start_notice(maker, next(), session, today).await;
    told.push(format!("{:?}", notice.unwrap()));
    let closed = ledger.close_session(maker, next(), session, today).await;
    told.push(format!("{:?}", closed.unwrap()));
    let answer = ledger
        .issue_certificates(maker, next(), session, today, &|_, _| {})
        .await
        .unwrap();
    let issued = answer.issued;
    let places: Vec<_> = issued.iter().map(|i| (&i.number, i.row.position)).collect();
    told.push(format!("{places:?}"));
    // The exact bytes are as they were signed.
    let documents = ledger.credential_bytes(&issued).await.unwrap();
    told.push(format!("{documents:?}"));

    let reissued = ledger
        .reissue(maker, next(), &issued[0].number, "证书遗失", today)
        .await
        .unwrap();
    told.push(format!("{} {}", reissued.issue, reissued.row.position));
    let revoke = Act::EndCertificate {
        end: End::Revoked,
        ground: "材料不实".into(),
        basis: "示范处〔2026〕1号".into(),
        on: today,
    };
    let mut correction = Correction::default();
    correction.name = Some("张玮".into());
    let correct = Act::CorrectCertificate {
        corrected: correction.fields(),
        ground: "姓名录入有误".into(),
        on: today,
    };
    let acts = [(0, revoke, None), (1, correct, Some(correction))];
    for (nth, act, correction) in acts {
        let number = &issued[nth].number;
        let proposed = ledger
            .propose_about_certificate(maker, next(), number, act, correction)
            .await
            .unwrap();
        told.push(format!("{proposed:?}"));
        let approved = ledger.approve(checker, next(), proposed.proposal).await;
        told.push(format!("{:?}", approved.unwrap()));
    }
    (body, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_gives_the_first_answer_whatever_has_happened_since() {
    let world = World::new().await;
    // Somebody whom the ledger knows by another name, so that a row of the sheet is refused by
    // what the vault holds.
    let known = world.body(1).await;
    world.grant(known).await;
    let mut sheet = world.sheet(3);
    let (ledger, maker) = (&world.ledger, &world.maker);
    let request = World::session_request(known, "2026-0");
    let session = ledger.open_session(maker, id(), request).await.unwrap();
    let mut lines = sheet.lines();
    let first = format!("{}\n{}\n", lines.next().unwrap(), lines.next().unwrap());
    let imported = ledger.import_results(maker, id(), session, first.as_bytes(), false);
    assert!(imported.await.unwrap().written);
    sheet = sheet.replacen("张伟", "王伟", 1);

    let ids: Vec<CommandId> = (0..20).map(|_| id()).collect();
    let (body, told) = story(&world, &ids, &sheet).await;

    let grant = world.grant(body).await;
    world.end_scope(body, grant).await;
    world.give(body, &[Purpose::Certificate]).await;
    let today = clock::today();
    let withdraw = Act::WithdrawBody {
        ground: "连续两次评估不合格".into(),
        basis: "示范处〔2026〕9号".into(),
        on: today,
    };
    world.act(body, withdraw).await.unwrap();
    ledger.publish_all(maker).await.unwrap();

    let before = world.head().await;
    let (_, again) = story(&world, &ids, &sheet).await;
    assert_eq!(told, again);
    assert_eq!(world.head().await, before, "a retry has no effect");

    // An id is its actor's, and its request's.
    let taken = ledger.close_session(maker, ids[0], session, today).await;
    assert!(matches!(taken, Err(AppError::CommandIdReused)));
    let proposal = ledger
        .propose_results(&world.checker, ids[5], session)
        .await;
    assert!(matches!(proposal, Err(AppError::CommandIdReused)));
}

/// Without a date a command is about its day; a retry after midnight is still the same request.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_without_a_date_keeps_the_day_it_was_done() {
    let world = World::new().await;
    let command = id();
    let (ledger, today) = (&world.ledger, clock::today());
    let later = today.tomorrow().unwrap();
    assert_eq!(ledger.day_of(command, Some(later)).await.unwrap(), later);
    assert_eq!(ledger.day_of(command, None).await.unwrap(), today);
    let request = World::body_request(0);
    ledger
        .register_body(&world.maker, command, request)
        .await
        .unwrap();
    let done = ledger.day_of(command, None).await.unwrap();
    assert!(done == today || done == later);
}
