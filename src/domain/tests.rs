//! Properties over whole lives: whatever commands come in whatever order, no act of weight rests
//! on one person, no number is given twice, and nothing is earned that was not passed.

use crate::domain::body::command::{BodyCommand, Issuing, SerialRun, TakeSerials};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{BodyEvent, BodyKind, ScopeGranted};
use crate::domain::body::state::STATUS_LIST_SIZE;
use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::ids::{AccountId, ProposalId};
use crate::domain::level::SkillLevel;
use crate::domain::number::{CountedBy, NumberGrammar};
use crate::domain::proposal::{Act, Approval, End, ProposalEvent, Proposing, TurnDown};
use crate::domain::score::{Mark, Marks, Score, Verdict};
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::command::{ImportResults, OpenSession, SessionCommand};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::{NoticeStarted, ResultEntered, SessionEvent};
use crate::domain::session::state::SessionState;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn any_account() -> impl Strategy<Value = AccountId> {
    (0u128..3).prop_map(|n| AccountId(Uuid::from_u128(n)))
}
fn any_proposal() -> impl Strategy<Value = ProposalId> {
    (0u128..4).prop_map(|n| ProposalId(Uuid::from_u128(n)))
}
fn any_proposing() -> impl Strategy<Value = Proposing> {
    (any_proposal(), 0u8..2, any_account()).prop_map(|(proposal, byte, by)| Proposing {
        proposal,
        digest: digest(byte),
        by,
        now: noon(TODAY),
    })
}
fn any_approval() -> impl Strategy<Value = Approval> {
    (any_proposal(), 0u8..2, any_account()).prop_map(|(proposal, byte, by)| Approval {
        proposal,
        digest: digest(byte),
        by,
        now: noon(TODAY),
    })
}
fn any_turn_down() -> impl Strategy<Value = TurnDown> {
    (any_proposal(), any_account()).prop_map(|(proposal, by)| TurnDown {
        proposal,
        by,
        reason: "不符".into(),
    })
}
fn any_certificate_act() -> impl Strategy<Value = Act> {
    let (ground, basis, on) = ("理由".to_owned(), "依据".to_owned(), TODAY);
    prop::sample::select(vec![
        Act::EndCertificate {
            end: End::Voided,
            ground: ground.clone(),
            basis: basis.clone(),
            on,
        },
        Act::SuspendCertificate {
            ground: ground.clone(),
            basis,
            on,
        },
        Act::ReinstateCertificate {
            ground: ground.clone(),
            on,
        },
        Act::CorrectCertificate {
            corrected: vec!["name".into()],
            ground,
            on,
        },
        Act::ConfirmResults { candidates: 1 },
    ])
}
fn any_body_act() -> impl Strategy<Value = Act> {
    let (ground, basis, on) = ("理由".to_owned(), "依据".to_owned(), TODAY);
    prop::sample::select(vec![
        Act::SuspendBody {
            ground: ground.clone(),
            basis: basis.clone(),
            on,
        },
        Act::ReinstateBody {
            ground: ground.clone(),
            on,
        },
        Act::WithdrawBody {
            ground: ground.clone(),
            basis,
            on,
        },
        Act::CompromiseKey {
            key_id: "key-certificate".into(),
            from_position: 7,
            ground,
        },
    ])
}

/// Every effect stands right after the approval of a proposal that another account made with the
/// same digest, and no proposal has two effects.
fn rests_on_two_people<'a, E: 'a>(
    events: impl IntoIterator<Item = &'a E>,
    proposal: impl Fn(&E) -> Option<&ProposalEvent>,
    is_effect: impl Fn(&E) -> bool,
) -> bool {
    let mut made = BTreeMap::new();
    let mut approved = None;
    for event in events {
        if is_effect(event) {
            let Some((id, digest, checker)) = approved.take() else {
                return false;
            };
            let Some((proposed, maker)) = made.remove(&id) else {
                return false;
            };
            if proposed != digest || maker == checker {
                return false;
            }
            continue;
        }
        approved = None;
        match proposal(event) {
            Some(ProposalEvent::Made(it)) => {
                made.insert(it.proposal, (it.digest, it.made_by));
            }
            Some(ProposalEvent::Approved(it)) => {
                approved = Some((it.proposal, it.digest, it.approved_by));
            }
            Some(ProposalEvent::Rejected(it)) => {
                made.remove(&it.proposal);
            }
            None => {}
        }
    }
    true
}

fn any_certificate_command() -> impl Strategy<Value = CertificateCommand> {
    let successor = prop::option::of(Just("S000032000145263000002".parse().unwrap()));
    prop_oneof![
        3 => (any_proposing(), any_certificate_act())
            .prop_map(|(proposing, act)| CertificateCommand::Propose { proposing, act }),
        4 => (any_approval(), successor)
            .prop_map(|(approval, successor)| CertificateCommand::Approve { approval, successor }),
        1 => any_turn_down().prop_map(CertificateCommand::Reject),
        1 => Just(CertificateCommand::Reissue { reason: "遗失".into(), on: TODAY }),
    ]
}

fn any_body_command() -> impl Strategy<Value = BodyCommand> {
    prop_oneof![
        3 => (any_proposing(), any_body_act())
            .prop_map(|(proposing, act)| BodyCommand::Propose { proposing, act }),
        4 => any_approval().prop_map(BodyCommand::Approve),
        1 => any_turn_down().prop_map(BodyCommand::Reject),
    ]
}

fn any_result() -> impl Strategy<Value = ResultEntered> {
    let mark = || {
        prop_oneof![
            8 => (550u16..=1000).prop_map(|it| Some(Mark::Scored(Score::from_tenths(it).unwrap()))),
            1 => Just(Some(Mark::Absent)),
            1 => Just(None),
        ]
    };
    let level = prop::sample::select(vec![
        SkillLevel::Three,
        SkillLevel::Three,
        SkillLevel::Two,
        SkillLevel::One,
    ]);
    let verdict = prop::sample::select(vec![Verdict::Passed, Verdict::Failed, Verdict::Absent]);
    let sound = prop::bool::weighted(0.9);
    (0u128..12, level, mark(), mark(), mark(), verdict, sound).prop_map(
        |(n, level, theory, skill, review, stated, sound)| {
            let marks = Marks {
                theory,
                skill,
                review,
            };
            // Mostly what the marks come to, else whatever was stated.
            let verdict = Verdict::of(level, &marks).filter(|_| sound);
            ResultEntered {
                worker: worker(n),
                level: Some(level),
                basis: ResultBasis::Marks(marks),
                retained: Vec::new(),
                verdict: verdict.unwrap_or(stated),
            }
        },
    )
}

fn any_session_command() -> impl Strategy<Value = SessionCommand> {
    prop_oneof![
        6 => prop::collection::vec(any_result(), 1..4).prop_map(|results| {
            SessionCommand::ImportResults(ImportResults {
                sheet: digest(7),
                rows: results.len() as u32,
                results,
                on: TODAY,
            })
        }),
        3 => any_proposing().prop_map(SessionCommand::ProposeConfirm),
        3 => any_approval().prop_map(|approval| SessionCommand::ApproveConfirm {
            approval,
            digest_now: digest(1),
        }),
        1 => any_turn_down().prop_map(SessionCommand::RejectConfirm),
        2 => Just(SessionCommand::StartNotice(NoticeStarted {
            from: TODAY,
            closes_on: TODAY,
            working_days: 0,
        })),
        2 => Just(SessionCommand::Close { on: TODAY }),
        2 => (0u32..6).prop_map(|count| SessionCommand::IssueCertificates { on: TODAY, count, withdrawn: 0 }),
    ]
}

/// What follows from the commands that are not refused.
fn lived<D: Decider<Decision = <D as Decider>::Event>>(
    mut events: Vec<D::Event>,
    commands: &[D::Command],
) -> Vec<D::Event> {
    for command in commands {
        if let Ok(more) = D::decide(&D::fold(&events), command) {
            events.extend(more);
        }
    }
    events
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_certificate_changes_its_standing_on_one_persons_word(
        commands in prop::collection::vec(any_certificate_command(), 1..40),
    ) {
        let issue = CertificateCommand::Issue(IssueCertificate {
            number: "S000032000145263000001".parse().unwrap(),
            award: earned(),
            issued_on: TODAY,
            status: status(),
            supersedes: None,
            twin: None,
        });
        let mut events: Vec<CertificateEvent> = Vec::new();
        for command in std::iter::once(&issue).chain(&commands) {
            let state = CertificateDecider::fold(&events);
            for decision in CertificateDecider::decide(&state, command).unwrap_or_default() {
                events.push(match decision {
                    CertificateDecision::Event(event) => event,
                    CertificateDecision::Issue(unsealed) => unsealed.seal(seal(1)),
                    CertificateDecision::Reissue(unsealed) => unsealed.seal(seal(2)),
                    CertificateDecision::EndTwin(_) => continue,
                });
            }
        }
        let by_two = rests_on_two_people(
            &events,
            |event| match event {
                CertificateEvent::Proposal(it) => Some(it),
                _ => None,
            },
            |event| !matches!(
                event,
                CertificateEvent::Proposal(_)
                    | CertificateEvent::Issued(_)
                    | CertificateEvent::Reissued(_)
            ),
        );
        prop_assert!(by_two);
        let ends = events.iter().filter(|event| matches!(
            event,
            CertificateEvent::Superseded(_) | CertificateEvent::Voided(_)
        ));
        prop_assert!(ends.count() <= 1, "an end is final");
    }

    #[test]
    fn no_body_changes_its_standing_on_one_persons_word(
        commands in prop::collection::vec(any_body_command(), 1..40),
    ) {
        let events = lived::<BodyDecider>(body_past(), &commands);
        let by_two = rests_on_two_people(
            &events,
            |event| match event {
                BodyEvent::Proposal(it) => Some(it),
                _ => None,
            },
            |event| matches!(
                event,
                BodyEvent::Suspended(_)
                    | BodyEvent::Reinstated(_)
                    | BodyEvent::Withdrawn(_)
                    | BodyEvent::KeyCompromised(_)
            ),
        );
        prop_assert!(by_two);
    }

    #[test]
    fn nothing_is_earned_that_was_not_passed_confirmed_and_closed(
        commands in prop::collection::vec(any_session_command(), 1..60),
        finish: bool,
    ) {
        let open = SessionCommand::Open(OpenSession {
            opened: opened(),
            occupation: Some(occupation()),
            item: None,
            body_kind: BodyKind::SocialAssessor,
            policy: None,
        });
        // Chance alone seldom comes to a close: half of the lives are helped to one.
        let good = ProposalId(Uuid::from_u128(99));
        let tail = [
            SessionCommand::ProposeConfirm(Proposing { proposal: good, ..proposing() }),
            SessionCommand::ApproveConfirm {
                approval: Approval { proposal: good, ..approval() },
                digest_now: digest(1),
            },
            SessionCommand::StartNotice(NoticeStarted {
                from: TODAY,
                closes_on: TODAY,
                working_days: 0,
            }),
            SessionCommand::Close { on: TODAY },
        ];
        let commands: Vec<_> = std::iter::once(open)
            .chain(commands)
            .chain(tail.into_iter().filter(|_| finish))
            .collect();
        let events = lived::<SessionDecider>(vec![], &commands);
        let by_two = rests_on_two_people(
            &events,
            |event| match event {
                SessionEvent::Proposal(it) => Some(it),
                _ => None,
            },
            |event| matches!(event, SessionEvent::ResultsConfirmed(_)),
        );
        prop_assert!(by_two);
        let issues = |event: &&SessionEvent| matches!(event, SessionEvent::CertificatesIssued(_));
        prop_assert!(events.iter().filter(issues).count() <= 1);
        for end in 0..=events.len() {
            let state = SessionDecider::fold(&events[..end]);
            let earned = state.earned(session_id());
            let closed = matches!(state, SessionState::Closed { .. });
            prop_assert!(closed || earned.is_empty());
            prop_assert_eq!(earned.len(), if closed { state.passed().count() } else { 0 });
            for award in earned {
                let result = &state.sitting().unwrap().results[&award.award().worker];
                let Marks { theory, skill, review } = *result.basis.marks().unwrap();
                prop_assert!([theory, skill].iter().all(|it| it.is_some_and(Mark::passes)));
                prop_assert!(review.is_none_or(Mark::passes));
                prop_assert!(review.is_some() || !result.level.unwrap().needs_review());
                prop_assert_eq!(award.award().attainment.level(), result.level);
            }
        }
    }

    #[test]
    fn no_number_and_no_status_index_is_given_twice(
        takes in prop::collection::vec((0i16..3, 0usize..2, 1u32..60_000), 1..14),
    ) {
        let long = ScopeGranted { to: date(2030, 12, 31), ..scope() };
        let mut events: Vec<BodyEvent> = body_past()
            .into_iter()
            .map(|event| match event {
                BodyEvent::ScopeGranted(_) => long.clone().into(),
                other => other,
            })
            .collect();
        let grammar = NumberGrammar::level_certificate();
        let (mut numbers, mut places) = (BTreeSet::new(), BTreeSet::new());
        for (year, level, count) in takes {
            let level = [SkillLevel::Three, SkillLevel::Two][level];
            let take = BodyCommand::TakeSerials(TakeSerials {
                issuing: Issuing {
                    session: session_id(),
                    attainments: vec![attainment(level)],
                    region: "320102".parse().unwrap(),
                    assessed_on: ASSESSED,
                    on: date(2026 + year, 12, 1),
                },
                runs: vec![SerialRun {
                    attainment: attainment(level),
                    grammar: grammar.clone(),
                    count,
                }],
            });
            let state = BodyDecider::fold(&events);
            let Ok(taken) = BodyDecider::decide(&state, &take) else {
                let next = state.body().unwrap().lists.len() as u32 + 1;
                events.push(list(next).into());
                continue;
            };
            let mut got = 0;
            for event in &taken {
                let BodyEvent::SerialsTaken(event) = event else {
                    return Err(TestCaseError::fail("only serials are taken"));
                };
                got += event.count;
                prop_assert!(event.first_index + event.count <= STATUS_LIST_SIZE);
                // First and last of a run stand for it, and whole runs may not overlap.
                for nth in [0, event.count - 1] {
                    let number = grammar
                        .compose(&number_code(), event.year, &event.counted, event.first + nth)
                        .unwrap();
                    let parts = grammar.parse(number.as_str()).unwrap();
                    let counted = CountedBy::Level { level };
                    prop_assert_eq!((parts.of, parts.serial), (counted, event.first + nth));
                }
                prop_assert_eq!(&event.counted, &CountedBy::Level { level });
                let run = (event.year, level, event.first, event.count);
                prop_assert!(numbers.iter().all(|other| apart(*other, run)));
                numbers.insert(run);
                let place = (event.list, event.first_index, event.count);
                let fresh = places.iter().all(|(list, first, count)| {
                    *list != place.0 || first + count <= place.1 || place.1 + place.2 <= *first
                });
                prop_assert!(fresh);
                places.insert(place);
            }
            prop_assert_eq!(got, count);
            events.extend(taken);
        }
        // No gap either: each year's runs of a level follow one another from 1.
        let mut next: BTreeMap<(i16, SkillLevel), u32> = BTreeMap::new();
        for (year, level, first, count) in numbers {
            let expected = next.entry((year, level)).or_insert(1);
            prop_assert_eq!(first, *expected);
            *expected += count;
        }
    }
}

type Run = (i16, SkillLevel, u32, u32);

/// Whether two runs of serials have no number in common.
fn apart(one: Run, other: Run) -> bool {
    one.0 != other.0 || one.1 != other.1 || one.2 + one.3 <= other.2 || other.2 + other.3 <= one.2
}
