use crate::domain::attainment::{Assessed, Attainment};
use crate::domain::body::command::{BodyCommand, Issuing, SerialRun, TakeSerials};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{BodyState, EXPIRED, STATUS_LIST_SIZE};
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{GrantId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::number::{CountedBy, NumberCode, NumberGrammar};
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejected, ProposalRejection};
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};
use uuid::Uuid;

fn past(events: impl IntoIterator<Item = BodyEvent>) -> Given<BodyDecider> {
    given::<BodyDecider>(events)
}
fn fold(events: impl IntoIterator<Item = BodyEvent>) -> BodyState {
    let events: Vec<BodyEvent> = events.into_iter().collect();
    BodyDecider::fold(&events)
}
/// A body that may issue, and what happened to it since.
fn since(events: impl IntoIterator<Item = BodyEvent>) -> Vec<BodyEvent> {
    body_past().into_iter().chain(events).collect()
}
fn issuing(on: Date) -> Issuing {
    Issuing {
        session: session_id(),
        attainments: vec![attainment(SkillLevel::Three)],
        region: "320102".parse().unwrap(),
        assessed_on: ASSESSED,
        on,
    }
}
fn assessed(occupation: OccupationCode, levels: &[SkillLevel]) -> Assessed {
    Assessed::Levels {
        occupation,
        occupation_name: name("焊工"),
        work_type: None,
        levels: levels.to_vec(),
    }
}
fn take(counts: &[(SkillLevel, u32)], on: Date) -> BodyCommand {
    let mut issuing = issuing(on);
    issuing.attainments = counts.iter().map(|(level, _)| attainment(*level)).collect();
    let run = |(level, count): &(SkillLevel, u32)| SerialRun {
        attainment: attainment(*level),
        grammar: NumberGrammar::level_certificate(),
        count: *count,
    };
    BodyCommand::TakeSerials(TakeSerials {
        issuing,
        runs: counts.iter().map(run).collect(),
    })
}
fn taken(level: SkillLevel, first: u32, count: u32, list: u32, first_index: u32) -> BodyEvent {
    SerialsTaken {
        grammar: "level-certificate".into(),
        year: 2026,
        counted: CountedBy::Level { level },
        first,
        count,
        list,
        first_index,
    }
    .into()
}
fn three(count: u32) -> BodyCommand {
    take(&[(SkillLevel::Three, count)], TODAY)
}
fn ended(on: Date) -> ScopeEnded {
    ScopeEnded {
        grant: grant(),
        on,
        reason: "主动申请".into(),
    }
}
fn run_off(until: Date) -> RunOffGranted {
    RunOffGranted {
        session: session_id(),
        until,
        reason: "已考未发证".into(),
    }
}
fn suspended() -> BodySuspended {
    BodySuspended {
        ground: "管理混乱".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: TODAY,
    }
}
fn suspend() -> Act {
    let BodySuspended { ground, basis, on } = suspended();
    Act::SuspendBody { ground, basis, on }
}
fn withdrawn() -> BodyWithdrawn {
    BodyWithdrawn {
        ground: "虚假评价".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: TODAY,
    }
}
fn withdraw() -> Act {
    let BodyWithdrawn { ground, basis, on } = withdrawn();
    Act::WithdrawBody { ground, basis, on }
}
fn reinstate() -> Act {
    Act::ReinstateBody {
        ground: "整改合格".into(),
        on: TODAY,
    }
}
fn compromise(from_position: u64) -> Act {
    Act::CompromiseKey {
        key_id: "key-certificate".into(),
        from_position,
        ground: "密钥外泄".into(),
    }
}
fn propose(act: Act) -> BodyCommand {
    BodyCommand::Propose {
        proposing: proposing(),
        act,
    }
}
fn made(act: Act) -> BodyEvent {
    BodyEvent::Proposal(proposing().made(act).into())
}
fn approve() -> BodyCommand {
    BodyCommand::Approve(approval())
}
fn approved() -> BodyEvent {
    BodyEvent::Proposal(approval().approved().into())
}

#[test]
fn a_body_is_registered_once() {
    past([])
        .when(BodyCommand::Register(registered()))
        .then([registered().into()]);
    past([registered().into()])
        .when(BodyCommand::Register(registered()))
        .rejected(No::AlreadyRegistered);
    past([])
        .when(BodyCommand::GrantScope(scope()))
        .rejected(No::NotRegistered);
    let nameless = BodyRegistered {
        name: name(""),
        ..registered()
    };
    past([])
        .when(BodyCommand::Register(nameless))
        .rejected(No::Text(TextRejection::Missing { field: "name" }));
}

#[test]
fn number_codes_fit_the_grammar_and_the_kind_of_body() {
    let assign = |code| BodyCommand::AssignNumberCode {
        code,
        grammar: NumberGrammar::level_certificate(),
    };
    let assigned = || {
        NumberCodeAssigned {
            code: number_code(),
        }
        .into()
    };
    past([registered().into()])
        .when(assign(number_code()))
        .then([assigned()]);
    past([registered().into(), assigned()])
        .when(assign(number_code()))
        .rejected(No::NumberCodeUnchanged);
    for unfit in [
        NumberCode {
            province: "00".into(),
            ..number_code()
        },
        NumberCode {
            sequence: "000000".into(),
            ..number_code()
        },
        NumberCode {
            body: "12".into(),
            ..number_code()
        },
        NumberCode {
            letter: "s".into(),
            ..number_code()
        },
    ] {
        past([registered().into()])
            .when(assign(unfit))
            .rejected(No::NumberCodeUnfit);
    }
    past([registered().into()])
        .when(assign(NumberCode {
            letter: "Y".into(),
            ..number_code()
        }))
        .rejected(No::NumberLetterUnfit);
    let school = BodyRegistered {
        kind: BodyKind::TrainingProvider,
        ..registered()
    };
    past([school.into()])
        .when(assign(number_code()))
        .rejected(No::AssessesNobody);
}

#[test]
fn a_scope_names_occupations_levels_regions_and_days() {
    let granted = |change: fn(&mut ScopeGranted)| {
        let mut scope = scope();
        change(&mut scope);
        past([registered().into()]).when(BodyCommand::GrantScope(scope))
    };
    granted(|_| {}).then([scope().into()]);
    granted(|it| it.occupations.clear()).rejected(No::ScopeEmpty);
    granted(|it| it.levels.push(SkillLevel::Two)).rejected(No::ScopeEmpty);
    granted(|it| it.regions.clear()).rejected(No::ScopeEmpty);
    granted(|it| it.to = date(2025, 12, 31)).rejected(No::DatesDisagree);
    granted(|it| it.levels = vec![SkillLevel::Apprentice]).rejected(No::LevelNotCertified {
        level: SkillLevel::Apprentice,
    });
    let engineer = "2-02-38-01".parse().unwrap();
    granted(|it| it.occupations = vec!["2-02-38-01".parse().unwrap()]).rejected(
        No::NoLevelCertificates {
            occupation: engineer,
        },
    );
    past(body_past())
        .when(BodyCommand::GrantScope(scope()))
        .rejected(No::GrantTaken);
    past(since([withdrawn().into()]))
        .when(BodyCommand::GrantScope(scope()))
        .rejected(No::Withdrawn { since: TODAY });
    let school = BodyRegistered {
        kind: BodyKind::TrainingProvider,
        ..registered()
    };
    past([school.into()])
        .when(BodyCommand::GrantScope(scope()))
        .rejected(No::AssessesNobody);
}

#[test]
fn a_scope_ends_once() {
    past(body_past())
        .when(BodyCommand::EndScope(ended(TODAY)))
        .then([ended(TODAY).into()]);
    past(since([ended(TODAY).into()]))
        .when(BodyCommand::EndScope(ended(TODAY)))
        .rejected(No::GrantUnknown);
}

#[test]
fn what_has_expired_is_named_so_that_it_is_ended_first() {
    let state = fold(since([run_off(date(2027, 1, 31)).into()]));
    assert_eq!(state.expired_scopes(date(2026, 12, 31)), []);
    let ended = ScopeEnded {
        grant: grant(),
        on: date(2027, 1, 1),
        reason: EXPIRED.into(),
    };
    assert_eq!(state.expired_scopes(date(2027, 3, 1)), vec![ended.clone()]);
    assert_eq!(state.expired_run_offs(date(2027, 1, 31)), []);
    let over = RunOffEnded {
        session: session_id(),
        on: date(2027, 2, 1),
    };
    assert_eq!(state.expired_run_offs(date(2027, 2, 1)), vec![over.clone()]);
    let state = fold(since([
        run_off(date(2027, 1, 31)).into(),
        ended.into(),
        over.into(),
    ]));
    assert_eq!(state.expired_scopes(date(2027, 3, 1)), []);
    assert_eq!(state.expired_run_offs(date(2027, 3, 1)), []);
}

#[test]
fn a_body_assesses_what_its_scope_names() {
    let state = fold(body_past());
    let (welder, electrician) = (occupation().code, "6-31-01-03".parse().unwrap());
    let (nanjing, shanghai) = ("320102".parse().unwrap(), "310101".parse().unwrap());
    let levels = [SkillLevel::Three, SkillLevel::Two];
    assert_eq!(
        state.may_assess(&assessed(welder, &levels), nanjing, ASSESSED),
        Ok(())
    );
    assert_eq!(
        state.may_assess(&assessed(electrician, &levels), nanjing, ASSESSED),
        Err(No::OccupationOutsideScope {
            occupation: electrician
        })
    );
    assert_eq!(
        state.may_assess(&assessed(welder, &[SkillLevel::One]), nanjing, ASSESSED),
        Err(No::LevelOutsideScope {
            level: SkillLevel::One
        })
    );
    assert_eq!(
        state.may_assess(&assessed(welder, &levels), shanghai, ASSESSED),
        Err(No::RegionOutsideScope { region: shanghai })
    );
    assert_eq!(
        state.may_assess(&assessed(welder, &levels), nanjing, date(2025, 12, 31)),
        Err(No::ScopeNotBegun {
            from: date(2026, 1, 1)
        })
    );
    assert_eq!(
        state.may_assess(&assessed(welder, &levels), nanjing, date(2026, 12, 31)),
        Ok(())
    );
    assert_eq!(
        state.may_assess(&assessed(welder, &levels), nanjing, date(2027, 1, 1)),
        Err(No::ScopeExpired {
            on: date(2027, 1, 1)
        })
    );
    let state = fold(since([ended(TODAY).into()]));
    assert_eq!(
        state.may_assess(&assessed(welder, &levels), nanjing, ASSESSED),
        Err(No::ScopeExpired { on: TODAY }),
        "a scope ended by an event is gone from that event on, whatever day is claimed"
    );
    assert_eq!(
        fold([]).may_assess(&assessed(welder, &levels), nanjing, ASSESSED),
        Err(No::NotRegistered)
    );
}

#[test]
fn levels_may_come_from_different_scopes() {
    let one = ScopeGranted {
        grant: GrantId(Uuid::from_u128(7)),
        levels: vec![SkillLevel::One],
        ..scope()
    };
    let state = fold(since([one.into()]));
    let levels = [SkillLevel::Three, SkillLevel::One];
    let region = "320102".parse().unwrap();
    assert_eq!(
        state.may_assess(&assessed(occupation().code, &levels), region, ASSESSED),
        Ok(())
    );
}

#[test]
fn after_its_scope_a_body_finishes_a_session_only_by_a_run_off() {
    let after = date(2027, 1, 5);
    let over = || ScopeEnded {
        grant: grant(),
        on: date(2027, 1, 1),
        reason: EXPIRED.into(),
    };
    let may = |events: Vec<BodyEvent>, issuing: Issuing| fold(since(events)).may_issue(&issuing);
    let expired = Err(No::ScopeExpired {
        on: date(2027, 1, 1),
    });
    assert_eq!(may(vec![], issuing(after)), expired);
    assert_eq!(may(vec![over().into()], issuing(after)), expired);
    let run_off = run_off(date(2027, 1, 31));
    let with = || vec![over().into(), run_off.clone().into()];
    assert_eq!(may(with(), issuing(after)), Ok(()));
    assert_eq!(may(with(), issuing(date(2027, 1, 31))), Ok(()));
    assert_eq!(may(with(), issuing(date(2027, 2, 1))), expired);
    let another = Issuing {
        session: SessionId(Uuid::from_u128(3)),
        ..issuing(after)
    };
    assert_eq!(may(with(), another), expired);
    let never = Issuing {
        attainments: vec![attainment(SkillLevel::One)],
        ..issuing(after)
    };
    assert_eq!(
        may(with(), never),
        Err(No::LevelOutsideScope {
            level: SkillLevel::One
        })
    );
    let before = Issuing {
        assessed_on: date(2025, 7, 1),
        ..issuing(after)
    };
    assert_eq!(
        may(with(), before),
        Err(No::ScopeNotBegun {
            from: date(2026, 1, 1)
        }),
        "the scope was not there when the session was assessed"
    );
    let early = Issuing {
        on: date(2026, 7, 9),
        ..issuing(after)
    };
    assert_eq!(
        may(vec![], early),
        Err(No::DateBefore { earliest: ASSESSED })
    );
}

#[test]
fn a_run_off_is_granted_and_ended_once() {
    let run_off = run_off(date(2027, 1, 31));
    let over = RunOffEnded {
        session: session_id(),
        on: TODAY,
    };
    past(body_past())
        .when(BodyCommand::GrantRunOff(run_off.clone()))
        .then([run_off.clone().into()]);
    past(since([run_off.clone().into()]))
        .when(BodyCommand::GrantRunOff(run_off.clone()))
        .rejected(No::RunOffTaken);
    past(since([run_off.into()]))
        .when(BodyCommand::EndRunOff(over.clone()))
        .then([over.clone().into()]);
    past(body_past())
        .when(BodyCommand::EndRunOff(over))
        .rejected(No::RunOffUnknown);
}

#[test]
fn a_key_has_one_purpose_and_the_last_status_key_stays() {
    let register = |key| BodyCommand::RegisterKey(key);
    past([registered().into()])
        .when(register(body_key("status")))
        .then([body_key("status").into()]);
    past([registered().into()])
        .when(register(body_key("trust")))
        .rejected(No::KeyPurposeUnknown);
    past(body_past())
        .when(register(body_key("status")))
        .rejected(No::KeyTaken);
    let same_key = BodyKeyRegistered {
        key_id: "other".into(),
        ..body_key("status")
    };
    past(body_past())
        .when(register(same_key))
        .rejected(No::KeyTaken);

    let retired = |purpose: &str| BodyKeyRetired {
        key_id: format!("key-{purpose}"),
        on: TODAY,
    };
    let retire = |purpose| BodyCommand::RetireKey(retired(purpose));
    past(body_past())
        .when(retire("certificate"))
        .then([retired("certificate").into()]);
    past(body_past())
        .when(retire("other"))
        .rejected(No::KeyUnknown);
    past(since([retired("certificate").into()]))
        .when(retire("certificate"))
        .rejected(No::KeyNotActive);
    past(body_past())
        .when(retire("status"))
        .rejected(No::LastStatusKey);
    let newer = BodyKeyRegistered {
        key_id: "key-status-2".into(),
        public_key: "z6Mknewer".into(),
        ..body_key("status")
    };
    past(since([newer.clone().into()]))
        .when(retire("status"))
        .then([retired("status").into()]);
    past(since([withdrawn().into()]))
        .when(register(newer.clone()))
        .then([newer.clone().into()]);
    let certificate = BodyKeyRegistered {
        purpose: "certificate".into(),
        ..newer
    };
    past(since([withdrawn().into()]))
        .when(register(certificate))
        .rejected(No::Withdrawn { since: TODAY });
}

#[test]
fn a_body_is_suspended_reinstated_and_withdrawn_by_two_people() {
    past(body_past())
        .when(propose(suspend()))
        .then([made(suspend())]);
    past(since([made(suspend())]))
        .when(approve())
        .then([approved(), suspended().into()]);
    let lifted = BodyReinstated {
        ground: "整改合格".into(),
        on: TODAY,
    };
    past(since([suspended().into(), made(reinstate())]))
        .when(approve())
        .then([approved(), lifted.clone().into()]);
    past(since([made(withdraw())]))
        .when(approve())
        .then([approved(), withdrawn().into()]);

    past(since([suspended().into()]))
        .when(propose(suspend()))
        .rejected(No::AlreadySuspended);
    past(body_past())
        .when(propose(reinstate()))
        .rejected(No::NotSuspended);
    past(since([suspended().into(), lifted.into()]))
        .when(propose(reinstate()))
        .rejected(No::NotSuspended);
    let early = Act::ReinstateBody {
        ground: "整改合格".into(),
        on: ASSESSED,
    };
    past(since([suspended().into()]))
        .when(propose(early))
        .rejected(No::DateBefore { earliest: TODAY });
    for act in [suspend(), reinstate(), withdraw()] {
        past(since([withdrawn().into()]))
            .when(propose(act))
            .rejected(No::Withdrawn { since: TODAY });
    }
    let tomorrow = TODAY.tomorrow().unwrap();
    let later = Act::SuspendBody {
        ground: "x".into(),
        basis: "x".into(),
        on: tomorrow,
    };
    past(since([made(later)]))
        .when(approve())
        .rejected(No::NotYet { on: tomorrow });
}

#[test]
fn proposals_of_a_body_need_a_second_person_and_can_be_turned_down() {
    let by_maker = BodyCommand::Approve(Approval {
        by: maker(),
        ..approval()
    });
    past(since([made(suspend())]))
        .when(by_maker)
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    past(body_past())
        .when(propose(Act::ConfirmResults { candidates: 1 }))
        .rejected(No::Proposal(ProposalRejection::WrongAct));
    let rejected = ProposalEvent::from(ProposalRejected {
        proposal: proposal(),
        rejected_by: checker(),
        reason: turn_down().reason,
    });
    past(since([made(suspend())]))
        .when(BodyCommand::Reject(turn_down()))
        .then([BodyEvent::Proposal(rejected)]);
}

#[test]
fn a_key_is_declared_compromised_from_a_position_by_two_people() {
    let declared = |from_position| BodyKeyCompromised {
        key_id: "key-certificate".into(),
        from_position,
        ground: "密钥外泄".into(),
    };
    past(since([made(compromise(40))]))
        .when(approve())
        .then([approved(), declared(40).into()]);
    let compromised = since([declared(40).into()]);
    past(compromised.clone())
        .when(propose(compromise(40)))
        .rejected(No::KeyAlreadyCompromised);
    past(compromised.clone())
        .when(propose(compromise(39)))
        .then([made(compromise(39))]);
    past(body_past())
        .when(propose(compromise(0)))
        .rejected(No::PositionInvalid);
    let unknown = Act::CompromiseKey {
        key_id: "x".into(),
        from_position: 1,
        ground: "x".into(),
    };
    past(body_past())
        .when(propose(unknown))
        .rejected(No::KeyUnknown);
    past(compromised).when(three(1)).rejected(No::KeyMissing {
        purpose: "certificate",
    });
}

#[test]
fn status_lists_are_opened_in_order_each_with_its_own_seed() {
    let open = BodyCommand::OpenStatusList;
    past(body_past()).when(open(list(2))).then([list(2).into()]);
    past(body_past())
        .when(open(list(3)))
        .rejected(No::ListOutOfOrder { next: 2 });
    let small = StatusListOpened {
        size: 1024,
        ..list(2)
    };
    past(body_past())
        .when(open(small))
        .rejected(No::ListSize { size: 1024 });
    let same_seed = StatusListOpened {
        seed: digest(1),
        ..list(2)
    };
    past(body_past())
        .when(open(same_seed))
        .rejected(No::SeedTaken);
    past(since([withdrawn().into()]))
        .when(open(list(2)))
        .rejected(No::Withdrawn { since: TODAY });
}

#[test]
fn published_lists_go_forward_and_outlive_the_body() {
    let published = |list, as_of_position| StatusListPublished {
        list,
        as_of_position,
        digest: digest(9),
        revocation: "{}".into(),
        suspension: "{}".into(),
        details: "{}".into(),
        token: Some("e30.e30.AA".into()),
    };
    let publish = |list, position| BodyCommand::PublishStatusList(published(list, position));
    past(body_past())
        .when(publish(1, 50))
        .then([published(1, 50).into()]);
    let once = since([published(1, 50).into()]);
    past(once.clone())
        .when(publish(1, 50))
        .then([published(1, 50).into()]);
    past(once)
        .when(publish(1, 49))
        .rejected(No::ListGoesBack { position: 50 });
    past(body_past())
        .when(publish(2, 50))
        .rejected(No::ListUnknown);
    past(since([withdrawn().into()]))
        .when(publish(1, 60))
        .then([published(1, 60).into()]);
    let empty = StatusListPublished {
        details: String::new(),
        ..published(1, 50)
    };
    let no_token = StatusListPublished {
        token: Some(String::new()),
        ..published(1, 50)
    };
    for empty in [empty, no_token] {
        past(body_past())
            .when(BodyCommand::PublishStatusList(empty))
            .rejected(No::ListEmpty);
    }
    past([registered().into(), list(1).into()])
        .when(publish(1, 50))
        .rejected(No::KeyMissing { purpose: "status" });
}

#[test]
fn serials_run_by_year_and_level_and_indices_by_list() {
    use SkillLevel::{Three, Two};
    past(body_past())
        .when(take(&[(Three, 30), (Two, 5)], TODAY))
        .then([taken(Three, 1, 30, 1, 0), taken(Two, 1, 5, 1, 30)]);
    let before = since([taken(Three, 1, 30, 1, 0), taken(Two, 1, 5, 1, 30)]);
    past(before)
        .when(three(3))
        .then([taken(Three, 31, 3, 1, 35)]);
    let last_year = SerialsTaken {
        grammar: "level-certificate".into(),
        year: 2025,
        counted: CountedBy::Level { level: Three },
        first: 1,
        count: 9,
        list: 1,
        first_index: 0,
    };
    past(since([last_year.into()]))
        .when(three(3))
        .then([taken(Three, 1, 3, 1, 9)]);
}

#[test]
fn indices_run_over_into_the_next_list_and_serials_do_not_stop() {
    use SkillLevel::{Three, Two};
    let almost = taken(Three, 1, STATUS_LIST_SIZE - 2, 1, 0);
    past(since([almost.clone()]))
        .when(three(3))
        .rejected(No::ListFull { left: 2 });
    let first = STATUS_LIST_SIZE - 1;
    past(since([almost, list(2).into()]))
        .when(take(&[(Three, 3), (Two, 1)], TODAY))
        .then([
            taken(Three, first, 2, 1, first - 1),
            taken(Three, first + 2, 1, 2, 0),
            taken(Two, 1, 1, 2, 1),
        ]);
}

#[test]
fn numbers_are_made_from_what_was_taken() {
    let event = SerialsTaken {
        grammar: "level-certificate".into(),
        year: 2026,
        counted: CountedBy::Level {
            level: SkillLevel::Three,
        },
        first: 31,
        count: 2,
        list: 1,
        first_index: 35,
    };
    let grammar = NumberGrammar::level_certificate();
    let code = number_code();
    let made: Vec<_> = event.taken(&grammar, &code).map(Result::unwrap).collect();
    assert_eq!(made[0].number.as_str(), "S000032000145263000031");
    assert_eq!(made[1].number.as_str(), "S000032000145263000032");
    assert_eq!((made[1].list, made[1].place), (1, 36));
}

#[test]
fn serials_are_taken_only_by_a_body_that_is_ready() {
    use SkillLevel::{Three, Two};
    past(body_past())
        .when(take(&[], TODAY))
        .rejected(No::NothingToIssue);
    past(body_past())
        .when(three(0))
        .rejected(No::NothingToIssue);
    past(body_past())
        .when(take(&[(Three, 1), (Three, 1)], TODAY))
        .rejected(No::AttainmentTwice);
    let BodyCommand::TakeSerials(mut other) = three(1) else {
        unreachable!()
    };
    other.issuing.attainments = vec![attainment(Two)];
    past(body_past())
        .when(BodyCommand::TakeSerials(other))
        .rejected(No::AttainmentsDisagree);
    let without = |left_out: fn(&BodyEvent) -> bool| {
        past(
            body_past()
                .into_iter()
                .filter(move |event| !left_out(event)),
        )
    };
    without(|it| matches!(it, BodyEvent::NumberCodeAssigned(_)))
        .when(three(1))
        .rejected(No::NumberCodeMissing);
    without(|it| matches!(it, BodyEvent::StatusListOpened(_)))
        .when(three(1))
        .rejected(No::ListMissing);
    without(|it| matches!(it, BodyEvent::KeyRegistered(key) if key.purpose == "status"))
        .when(three(1))
        .rejected(No::KeyMissing { purpose: "status" });
    past(since([suspended().into()]))
        .when(three(1))
        .rejected(No::Suspended { since: TODAY });
    past(since([taken(Three, 999_990, 9, 1, 0)]))
        .when(three(2))
        .rejected(No::NumbersExhausted {
            grammar: "level-certificate".into(),
            left: 1,
        });
    past(since([taken(Three, 999_990, 9, 1, 0)]))
        .when(three(1))
        .then([taken(Three, 999_999, 1, 1, 9)]);
}

#[test]
fn serials_are_counted_by_grammar_and_what_no_grammar_numbers_is_not_issued() {
    let employer = BodyRegistered {
        kind: BodyKind::Employer,
        ..registered()
    };
    let code = NumberCode {
        letter: "Y".into(),
        ..number_code()
    };
    let before: Vec<BodyEvent> = body_past()
        .into_iter()
        .map(|event| match event {
            BodyEvent::Registered(_) => employer.clone().into(),
            BodyEvent::NumberCodeAssigned(_) => NumberCodeAssigned { code: code.clone() }.into(),
            other => other,
        })
        .collect();
    let grammars = crate::domain::number::built_in::built_in();
    let grammar = |name: &str| grammars.iter().find(|it| it.name == name).unwrap().clone();
    let own = |grade: &str| Attainment::Enterprise {
        name: name("某某重工技能证书"),
        grade: grade.into(),
        occupation: occupation().code,
        occupation_name: name("焊工"),
    };
    let run = |attainment, named: &str| SerialRun {
        attainment,
        grammar: grammar(named),
        count: 2,
    };
    let take = |runs: Vec<SerialRun>| {
        BodyCommand::TakeSerials(TakeSerials {
            issuing: Issuing {
                attainments: runs.iter().map(|run| run.attainment.clone()).collect(),
                ..issuing(TODAY)
            },
            runs,
        })
    };
    let three = || attainment(SkillLevel::Three);
    let both = vec![
        run(three(), "level-certificate"),
        run(own("骨干焊工"), "enterprise-demo"),
        run(own("首席焊工"), "enterprise-demo"),
    ];
    let counted = |first, first_index| {
        SerialsTaken {
            grammar: "enterprise-demo".into(),
            year: 2026,
            counted: CountedBy::Year,
            first,
            count: 2,
            list: 1,
            first_index,
        }
        .into()
    };
    past(before.clone()).when(take(both)).then([
        taken(SkillLevel::Three, 1, 2, 1, 0),
        counted(1, 2),
        counted(3, 4),
    ]);
    past(before.clone())
        .when(take(vec![run(three(), "special-technician-demo")]))
        .rejected(No::NotNumbered {
            grammar: "special-technician-demo".into(),
        });
    let outside = Attainment::Enterprise {
        name: name("某某重工技能证书"),
        grade: "骨干电工".into(),
        occupation: "6-31-01-03".parse().unwrap(),
        occupation_name: name("电工"),
    };
    past(before.clone())
        .when(take(vec![run(outside, "enterprise-demo")]))
        .rejected(No::OccupationOutsideScope {
            occupation: "6-31-01-03".parse().unwrap(),
        });
    let item = Attainment::SpecialSkill {
        item: "ZX-017".parse().unwrap(),
        name: name("面点制作"),
    };
    past(before)
        .when(take(vec![run(item, "special-skill-demo")]))
        .rejected(No::ItemOutsideScope {
            item: "ZX-017".parse().unwrap(),
        });
}
