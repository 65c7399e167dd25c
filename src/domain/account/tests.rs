use crate::domain::account::command::AccountCommand as Command;
use crate::domain::account::decider::AccountDecider;
use crate::domain::account::event::*;
use crate::domain::account::rejection::AccountRejection as No;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::wording::TextRejection;

fn past(events: impl IntoIterator<Item = AccountEvent>) -> Given<AccountDecider> {
    given::<AccountDecider>(events)
}
fn opened(roles: &[Role]) -> AccountOpened {
    AccountOpened {
        roles: roles.to_vec(),
        body: None,
        token_digest: digest(1),
        sealed: sealed(maker()),
    }
}
fn of_body(roles: &[Role]) -> AccountOpened {
    AccountOpened {
        body: Some(body_id()),
        ..opened(roles)
    }
}
fn replaced(byte: u8) -> AccountTokenReplaced {
    AccountTokenReplaced {
        token_digest: digest(byte),
    }
}
fn closed() -> AccountClosed {
    AccountClosed {
        reason: "离职".into(),
    }
}

#[test]
fn an_account_is_opened_once_with_roles_that_fit_together() {
    let open = Command::Open;
    past([])
        .when(open(opened(&[Role::AuthorityMaker])))
        .then([opened(&[Role::AuthorityMaker]).into()]);
    past([])
        .when(open(opened(&[Role::Auditor])))
        .then([opened(&[Role::Auditor]).into()]);
    past([])
        .when(open(of_body(&[Role::BodyMaker, Role::BodyChecker])))
        .rejected(No::MakesAndChecks);
    past([])
        .when(open(opened(&[
            Role::AuthorityChecker,
            Role::AuthorityMaker,
        ])))
        .rejected(No::MakesAndChecks);
    past([])
        .when(open(of_body(&[Role::BodyChecker])))
        .then([of_body(&[Role::BodyChecker]).into()]);
    past([opened(&[Role::Auditor]).into()])
        .when(open(opened(&[Role::Auditor])))
        .rejected(No::AlreadyOpened);
    past([]).when(open(opened(&[]))).rejected(No::RolesUnsound);
    past([])
        .when(open(opened(&[Role::Auditor, Role::Auditor])))
        .rejected(No::RolesUnsound);
    past([])
        .when(open(opened(&[Role::BodyChecker])))
        .rejected(No::BodyMissing);
    past([])
        .when(open(of_body(&[Role::AuthorityChecker])))
        .rejected(No::BodyUnasked);
    past([])
        .when(open(opened(&[Role::Auditor, Role::AuthorityMaker])))
        .rejected(No::AuditorActs);
}

#[test]
fn a_token_is_replaced_by_another() {
    let past_open = || past([opened(&[Role::Auditor]).into()]);
    past_open()
        .when(Command::ReplaceToken(replaced(2)))
        .then([replaced(2).into()]);
    past_open()
        .when(Command::ReplaceToken(replaced(1)))
        .rejected(No::TokenUnchanged);
    past([])
        .when(Command::ReplaceToken(replaced(2)))
        .rejected(No::NotOpened);
}

#[test]
fn a_closed_account_stays_closed() {
    let open = opened(&[Role::Auditor]);
    past([open.clone().into()])
        .when(Command::Close(closed()))
        .then([closed().into()]);
    past([open.clone().into()])
        .when(Command::Close(AccountClosed {
            reason: String::new(),
        }))
        .rejected(No::Text(TextRejection::Missing { field: "reason" }));
    let over = || past([open.clone().into(), closed().into()]);
    over().when(Command::Close(closed())).rejected(No::Closed);
    over()
        .when(Command::ReplaceToken(replaced(2)))
        .rejected(No::Closed);
    over()
        .when(Command::Open(open.clone()))
        .rejected(No::AlreadyOpened);
    let events: Vec<AccountEvent> = vec![of_body(&[Role::BodyMaker]).into(), closed().into()];
    let at = |n: usize| AccountDecider::fold(&events[..n]);
    assert!(at(1).has(Role::BodyMaker) && !at(1).has(Role::BodyChecker));
    assert_eq!((at(1).body(), at(2).body()), (Some(body_id()), None));
    assert!(!at(2).has(Role::BodyMaker));
}
