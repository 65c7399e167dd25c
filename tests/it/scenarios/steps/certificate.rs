//! Certificates: the four ends, suspension, correction, reissue, and what is known of one.

use super::session::NUMBER;
use crate::scenarios::step::{Held, Step, step};
use crate::scenarios::world::{World, id};
use skill_ledger::app::clock::today;
use skill_ledger::app::people::Correction;
use skill_ledger::domain::certificate::state::CertificateState;
use skill_ledger::domain::number::CertificateNumber;
use skill_ledger::domain::proposal::{Act, End};
use skill_ledger::view::certificate::CertificateState as State;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "经办人提出{终止}“{劳动者}”的证书，复核人批准",
            |world, said| {
                let act = act(said.text(0))?;
                both(world, said.text(1), act, None, false).await
            }
        ),
        step!(
            "经办人提出{终止}“{劳动者}”的证书，并自己批准",
            |world, said| {
                let act = act(said.text(0))?;
                both(world, said.text(1), act, None, true).await
            }
        ),
        step!(
            "经办人提出将“{劳动者}”的证书姓名更正为“{姓名}”，复核人批准",
            |world, said| {
                let mut correction = Correction::default();
                correction.name = Some(said.text(1).to_owned());
                let act = Act::CorrectCertificate {
                    corrected: correction.fields(),
                    ground: "姓名登记有误".into(),
                    on: today(),
                };
                both(world, said.text(0), act, Some(correction), false).await
            }
        ),
        step!(
            "“{劳动者}”遗失证书，申请补发",
            |world, said| {
                let number: CertificateNumber = world.kept(NUMBER, said.text(0))?;
                let (ledger, maker) = (&world.ledger, &world.maker);
                let reissued = ledger.reissue(maker, id(), &number, "遗失", today()).await;
                if let Some(reissued) = world.did(reissued)?
                    && reissued.number != number
                {
                    return Err("补发换了证书编号".into());
                }
                Ok(())
            }
        ),
        step!(
            "“{劳动者}”的证书为“{状态}”",
            |world, said| {
                let number: CertificateNumber = world.kept(NUMBER, said.text(0))?;
                let row = world.ledger.views().certificate_by_number(&number).await;
                let row = row.map_err(|error| error.to_string())?.value;
                let state = row.ok_or("没有这张证书")?.state;
                let is = state_word(state);
                if is == said.text(1) {
                    return Ok(());
                }
                Err(format!("实为“{is}”"))
            }
        ),
        step!(
            "“{劳动者}”的证书与其台账事件一致",
            |world, said| {
                let number: CertificateNumber = world.kept(NUMBER, said.text(0))?;
                let told = async {
                    let id = world.ledger.find_certificate(&number).await?;
                    world.ledger.certificate(id).await
                };
                match told.await.map_err(|error| error.words().zh)? {
                    CertificateState::Absent => Err("没有签发过".into()),
                    _ => Ok(()),
                }
            }
        ),
    ]
}

/// What a certificate is worth, in a word.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::Active => "有效",
        State::Suspended => "暂停",
        State::Superseded => "已由新证取代",
        State::Revoked => "撤销",
        State::Cancelled => "注销",
        State::Forfeited => "吊销",
        State::Voided => "作废",
    }
}

/// The act of a word: one of the four ends, a suspension, its lifting.
pub fn act(word: &str) -> Result<Act, String> {
    let end = match word {
        "撤销" => End::Revoked,
        "注销" => End::Cancelled,
        "吊销" => End::Forfeited,
        "作废" => End::Voided,
        "暂停" => {
            return Ok(Act::SuspendCertificate {
                ground: "投诉核查".into(),
                basis: "示范处〔2026〕1号".into(),
                on: today(),
            });
        }
        "恢复" => {
            return Ok(Act::ReinstateCertificate {
                ground: "核查完毕".into(),
                on: today(),
            });
        }
        other => return Err(format!("“{other}”不是对证书的处理")),
    };
    Ok(Act::EndCertificate {
        end,
        ground: "核查属实".into(),
        basis: "示范决〔2026〕1号".into(),
        on: today(),
    })
}

async fn both(
    world: &mut World,
    holder: &str,
    act: Act,
    correction: Option<Correction>,
    himself: bool,
) -> Held {
    let number: CertificateNumber = world.kept(NUMBER, holder)?;
    let ledger = &world.ledger;
    let proposed = ledger
        .propose_about_certificate(&world.maker, id(), &number, act, correction)
        .await;
    let Some(proposed) = world.did(proposed)? else {
        return Ok(());
    };
    let by = if himself {
        &world.maker
    } else {
        &world.checker
    };
    let approved = world.ledger.approve(by, id(), proposed.proposal).await;
    world.did(approved)?;
    Ok(())
}
