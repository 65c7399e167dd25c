use crate::domain::authority::command::AuthorityCommand as Command;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::{AuthorityEvent, BodyPolicySet};
use crate::domain::authority::rejection::AuthorityRejection as No;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::given;
use crate::domain::example::*;
use crate::domain::rules::bodies::{self, BodyPolicy, CreditMark, Separation};
use crate::domain::wording::TextRejection;
use jiff::civil::date;

fn established() -> AuthorityEvent {
    crate::domain::example::established().into()
}
fn set(policy: BodyPolicy) -> BodyPolicySet {
    BodyPolicySet {
        jurisdiction: "320000".into(),
        policy,
    }
}
fn apart(months: u16) -> Separation {
    Separation {
        occupations: vec![occupation().code],
        months,
        from: date(2026, 1, 1),
        to: Some(date(2026, 12, 31)),
        source: "示范规则".into(),
        verified: false,
    }
}

#[test]
fn a_policy_about_bodies_is_laid_down_by_the_jurisdiction_itself() {
    let command = |set: &BodyPolicySet| Command::SetBodyPolicy(set.clone());
    let own = set(bodies::built_in());
    given::<AuthorityDecider>([established()])
        .when(command(&own))
        .then([own.clone().into()]);
    given::<AuthorityDecider>([])
        .when(command(&own))
        .rejected(No::NotEstablished);
    let other = BodyPolicySet {
        jurisdiction: "330000".into(),
        ..own
    };
    given::<AuthorityDecider>([established()])
        .when(command(&other))
        .rejected(No::OtherJurisdiction);
}

#[test]
fn a_policy_about_bodies_can_be_reckoned_with() {
    let with = |change: fn(&mut BodyPolicy)| {
        let mut policy = bodies::built_in();
        policy.separations = vec![apart(1), apart(1_200)];
        policy.credit_minimum = Some(CreditMark::Score(1_000));
        change(&mut policy);
        let command = Command::SetBodyPolicy(set(policy.clone()));
        (
            given::<AuthorityDecider>([established()]).when(command),
            policy,
        )
    };
    let (when, policy) = with(|_| {});
    when.then([set(policy).into()]);
    let unsound: [fn(&mut BodyPolicy); 7] = [
        |it| it.own_staff.clear(),
        |it| it.own_staff.push(it.own_staff[0]),
        |it| it.separations[0].months = 0,
        |it| it.separations[0].months = 1_201,
        |it| it.separations[0].to = Some(date(2025, 12, 31)),
        |it| it.separations[0].occupations.push(occupation().code),
        |it| it.credit_minimum = Some(CreditMark::Score(1_001)),
    ];
    for change in unsound {
        with(change).0.rejected(No::BodyPolicyUnsound);
    }
    let many: fn(&mut BodyPolicy) = |it| it.separations = vec![apart(6); 201];
    with(many).0.rejected(No::BodyPolicyUnsound);
    let missing = || No::Text(TextRejection::Missing { field: "source" });
    with(|it| it.source.clear()).0.rejected(missing());
    with(|it| it.separations[1].source.clear())
        .0
        .rejected(missing());
}

#[test]
fn the_newest_policy_in_force_holds() {
    let newer = BodyPolicy {
        effective_from: date(2026, 7, 1),
        ..bodies::built_in()
    };
    let corrected = BodyPolicy {
        source: "苏人社发〔2026〕5号".into(),
        ..newer.clone()
    };
    let older = bodies::built_in();
    let events: Vec<AuthorityEvent> = [newer, corrected.clone(), older.clone()]
        .into_iter()
        .map(|policy| set(policy).into())
        .collect();
    let past: Vec<AuthorityEvent> = [established()].into_iter().chain(events).collect();
    let state = AuthorityDecider::fold(&past);
    assert_eq!(state.body_policy_on(date(2026, 7, 1)), Ok(&corrected));
    assert_eq!(state.body_policy_on(date(2026, 6, 30)), Ok(&older));
    let day = date(2018, 12, 31);
    assert_eq!(
        state.body_policy_on(day),
        Err(No::BodyPolicyMissing { date: day })
    );
}
