//! Scope against an independent model: plain masks and day numbers, written without looking at how
//! the decider does it. Histories of grants, ends, suspensions, run-offs and permits are lived by
//! both; what may be opened and issued must agree, refusals and acceptances alike.

use crate::domain::attainment::{Assessed, Attainment};
use crate::domain::body::command::{BodyCommand, Issuing};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::BodyState;
use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::ids::{GrantId, ProposalId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::number::NumberGrammar;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, Approval, Proposing};
use crate::domain::region::RegionCode;
use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use uuid::Uuid;

const OCCUPATIONS: [&str; 4] = ["6-18-02-04", "6-31-01-03", "4-10-01-05", "4-03-02-01"];
/// Two cities at home, one in each of two other provinces.
const CITIES: [&str; 4] = ["320100", "320500", "330100", "360100"];
/// A county of each.
const COUNTIES: [&str; 4] = ["320102", "320505", "330106", "360102"];
const HOME: u8 = 0b0011;
const HOSTS: [(&str, u8); 3] = [("330000", 0b0100), ("330100", 0b0100), ("360000", 0b1000)];
/// The six days that are asked about.
const INSTANTS: [i32; 6] = [0, 3, 4, 7, 10, 14];
const DAYS: i32 = 15;
const SESSIONS: u8 = 3;
const HISTORIES: u32 = 100_000;

fn day(n: i32) -> Date {
    date(2026, 3, 1).saturating_add(jiff::Span::new().days(n))
}
fn occupation_of(nth: usize) -> OccupationCode {
    OCCUPATIONS[nth].parse().unwrap()
}
fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}
fn session(nth: u8) -> SessionId {
    SessionId(Uuid::from_u128(0x5e00 + u128::from(nth)))
}
fn picked<T>(mask: u8, of: impl Fn(usize) -> T) -> Vec<T> {
    (0..8)
        .filter(|nth| mask & (1 << nth) != 0)
        .map(of)
        .collect()
}

struct Grant {
    id: GrantId,
    occupations: u8,
    levels: u8,
    regions: u8,
    from: i32,
    to: i32,
    /// The first day without it, once it has ended.
    gone: Option<i32>,
}

struct Permit {
    host: usize,
    from: i32,
    to: i32,
    stands: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Good,
    Suspended,
    Withdrawn,
}

/// What one asks: one cell of the matrix.
#[derive(Clone, Copy, Debug)]
struct Cell {
    occupation: usize,
    level: usize,
    region: usize,
}

struct Model {
    standing: Standing,
    suspended_since: i32,
    /// The suspensions that have ended.
    suspended: Vec<std::ops::Range<i32>>,
    grants: Vec<Grant>,
    permits: Vec<Permit>,
    run_offs: BTreeMap<u8, i32>,
}

impl Grant {
    fn names(&self, cell: Cell) -> bool {
        self.occupations & (1 << cell.occupation) != 0
            && self.levels & (1 << cell.level) != 0
            && self.regions & (1 << cell.region) != 0
    }
    fn over(&self) -> i32 {
        self.gone.unwrap_or(i32::MAX).min(self.to + 1)
    }
}

impl Model {
    /// What has passed its last day is over for good, even for days it covered.
    fn sweep(&mut self, today: i32) {
        for grant in &mut self.grants {
            if grant.gone.is_none() && grant.to < today {
                grant.gone = Some(grant.to + 1);
            }
        }
        self.run_offs.retain(|_, until| *until >= today);
        for permit in &mut self.permits {
            permit.stands &= permit.to >= today;
        }
    }
    /// Whether it stands now, and was not suspended on that day.
    fn stood(&self, on: i32) -> bool {
        let mut suspended = self.suspended.iter();
        self.standing == Standing::Good && !suspended.any(|it| it.contains(&on))
    }
    fn may_open(&self, cell: Cell, on: i32) -> bool {
        let live = |it: &&Grant| it.gone.is_none() && it.from <= on && on <= it.to;
        self.stood(on) && self.grants.iter().filter(live).any(|it| it.names(cell))
    }
    fn may_issue(&self, of: u8, cell: Cell, assessed: i32, on: i32) -> bool {
        if !self.stood(on) || on < assessed {
            return false;
        }
        let leave = self.run_offs.get(&of).is_some_and(|until| on <= *until);
        let was_there = |it: &Grant| it.names(cell) && it.from <= assessed && assessed < it.over();
        self.may_open(cell, on) || (leave && self.grants.iter().any(was_there))
    }
    fn may_grant(&self, regions: u8, from: i32, to: i32) -> bool {
        let covered = |it: &Permit| {
            it.stands && regions & !HOSTS[it.host].1 == 0 && it.from <= from && to <= it.to
        };
        self.standing != Standing::Withdrawn
            && from <= to
            && (regions & !HOME == 0 || self.permits.iter().any(covered))
    }
    fn may_permit(&self, host: usize, from: i32, to: i32) -> bool {
        let overlaps = |it: &Permit| it.stands && HOSTS[it.host].1 == HOSTS[host].1;
        self.standing != Standing::Withdrawn && from <= to && !self.permits.iter().any(overlaps)
    }
}

/// One body, lived twice.
struct Life {
    state: BodyState,
    model: Model,
    today: i32,
    ids: u128,
}

impl Life {
    fn new() -> Self {
        let state = BodyDecider::fold(&[registered().into()]);
        Self {
            state,
            model: Model {
                standing: Standing::Good,
                suspended_since: 0,
                suspended: Vec::new(),
                grants: Vec::new(),
                permits: Vec::new(),
                run_offs: BTreeMap::new(),
            },
            today: 0,
            ids: 0x7000,
        }
    }
    fn id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }
    fn evolve(&mut self, event: &BodyEvent) {
        let state = std::mem::take(&mut self.state);
        self.state = BodyDecider::evolve(state, event);
    }
    fn decide(&mut self, command: &BodyCommand) -> Result<(), No> {
        for event in BodyDecider::decide(&self.state, command)? {
            self.evolve(&event);
        }
        Ok(())
    }
    #[track_caller]
    fn agrees(&mut self, may: bool, command: &BodyCommand) -> bool {
        let done = self.decide(command);
        assert_eq!(done.is_ok(), may, "{command:?}: {done:?}");
        may
    }
    fn sweep(&mut self) {
        let today = day(self.today);
        for ended in self.state.expired_scopes(today) {
            self.decide(&BodyCommand::EndScope(ended)).unwrap();
        }
        for ended in self.state.expired_run_offs(today) {
            self.decide(&BodyCommand::EndRunOff(ended)).unwrap();
        }
        for ended in self.state.expired_permits(today) {
            self.decide(&BodyCommand::EndCrossRegion(ended)).unwrap();
        }
        self.model.sweep(self.today);
    }

    fn step(&mut self, rng: &mut ChaCha20Rng) {
        if rng.random_bool(0.3) && self.today < DAYS - 1 {
            self.today += 1;
        }
        self.sweep();
        match rng.random_range(0..24) {
            0..=10 => self.grant(rng),
            11 | 12 => self.end(rng),
            13 | 14 => self.take_back(rng),
            15..=18 => self.run_off(rng),
            19 | 20 => self.permit(rng),
            21 | 22 => self.end_permit(rng),
            _ => self.stand(rng),
        }
    }

    fn grant(&mut self, rng: &mut ChaCha20Rng) {
        let some = |rng: &mut ChaCha20Rng, bits: u32| rng.random_range(1..1_u8 << bits);
        let (occupations, levels) = (some(rng, 4), some(rng, 5));
        let regions = match rng.random_range(0..4) {
            0 => 0b0100,
            1 => some(rng, 4),
            _ => rng.random_range(1..4),
        };
        let (from, to) = (
            rng.random_range(0..DAYS / 2),
            rng.random_range(0..DAYS + 10),
        );
        let id = GrantId(self.id());
        let granted = ScopeGranted {
            grant: id,
            occupations: picked(occupations, occupation_of),
            work_types: vec![],
            levels: picked(levels, |nth| SkillLevel::CERTIFIED[nth]),
            items: vec![],
            regions: match (regions, rng.random_bool(0.5)) {
                (HOME, true) => vec![region("320000")],
                _ => picked(regions, |nth| region(CITIES[nth])),
            },
            from: day(from),
            to: day(to),
            basis: "示范备案".into(),
        };
        let may = self.model.may_grant(regions, from, to);
        if self.agrees(may, &BodyCommand::GrantScope(granted)) {
            self.model.grants.push(Grant {
                id,
                occupations,
                levels,
                regions,
                from,
                to,
                gone: None,
            });
        }
    }

    fn end(&mut self, rng: &mut ChaCha20Rng) {
        if self.model.grants.is_empty() {
            return;
        }
        let nth = rng.random_range(0..self.model.grants.len());
        let ended = ScopeEnded {
            grant: self.model.grants[nth].id,
            on: day(self.today),
            reason: "主动申请".into(),
        };
        let may = self.model.grants[nth].gone.is_none();
        if self.agrees(may, &BodyCommand::EndScope(ended)) {
            self.model.grants[nth].gone = Some(self.today);
        }
    }

    /// Two people's act, tried where the model says whether it may be.
    fn proposed_and_approved(&mut self, may: bool, act: Act) -> bool {
        let proposing = Proposing {
            proposal: ProposalId(self.id()),
            digest: digest(1),
            by: maker(),
            now: noon(day(self.today)),
        };
        if self.agrees(may, &BodyCommand::Propose { proposing, act }) {
            let approval = Approval {
                proposal: proposing.proposal,
                digest: digest(1),
                by: checker(),
                now: noon(day(self.today)),
            };
            self.decide(&BodyCommand::Approve(approval)).unwrap();
        }
        may
    }

    fn take_back(&mut self, rng: &mut ChaCha20Rng) {
        if self.model.grants.is_empty() {
            return;
        }
        let nth = rng.random_range(0..self.model.grants.len());
        let mask: u8 = rng.random_range(1..16);
        let rest = GrantId(self.id());
        let grant = &self.model.grants[nth];
        let left = grant.occupations & !mask;
        let from = grant.from.max(self.today);
        let may =
            grant.gone.is_none() && mask & !grant.occupations == 0 && left != 0 && from <= grant.to;
        let act = Act::TakeBackScope {
            grant: grant.id,
            occupations: picked(mask, occupation_of),
            rest: Some(rest),
            ground: "不再具备条件".into(),
            basis: "示范处〔2026〕1号".into(),
            on: day(self.today),
        };
        if self.proposed_and_approved(may, act) {
            let grant = &mut self.model.grants[nth];
            grant.gone = Some(self.today);
            let (levels, regions, to) = (grant.levels, grant.regions, grant.to);
            self.model.grants.push(Grant {
                id: rest,
                occupations: left,
                levels,
                regions,
                from,
                to,
                gone: None,
            });
        }
    }

    fn run_off(&mut self, rng: &mut ChaCha20Rng) {
        let of = rng.random_range(0..SESSIONS);
        let until = self.today + rng.random_range(0..6);
        let granted = RunOffGranted {
            session: session(of),
            until: day(until),
            reason: "已考未发证".into(),
        };
        let free = !self.model.run_offs.contains_key(&of);
        let may = free && self.model.standing == Standing::Good;
        if self.agrees(may, &BodyCommand::GrantRunOff(granted)) {
            self.model.run_offs.insert(of, until);
        }
    }

    fn permit(&mut self, rng: &mut ChaCha20Rng) {
        let host = rng.random_range(0..HOSTS.len());
        let (from, to) = (rng.random_range(0..DAYS), rng.random_range(0..DAYS + 10));
        let permitted = CrossRegionPermitted {
            host: region(HOSTS[host].0),
            from: day(from),
            to: day(to),
            rules: Side::Host,
            number_rule: Side::Home,
            number_code: None,
            basis: "示范协议".into(),
        };
        let grammar = NumberGrammar::level_certificate();
        let may = self.model.may_permit(host, from, to);
        if self.agrees(may, &BodyCommand::PermitCrossRegion { permitted, grammar }) {
            let stands = true;
            self.model.permits.push(Permit {
                host,
                from,
                to,
                stands,
            });
        }
    }

    fn end_permit(&mut self, rng: &mut ChaCha20Rng) {
        let host = rng.random_range(0..HOSTS.len());
        let act = Act::EndCrossRegion {
            host: region(HOSTS[host].0),
            ground: "协议终止".into(),
            basis: "示范处〔2026〕2号".into(),
            on: day(self.today),
        };
        let mut permits = self.model.permits.iter();
        let nth = permits.position(|it| it.stands && it.host == host);
        let may = nth.is_some_and(|nth| self.model.permits[nth].from <= self.today);
        if self.proposed_and_approved(may, act) {
            self.model.permits[nth.unwrap()].stands = false;
            let today = self.today;
            for grant in &mut self.model.grants {
                if grant.gone.is_none() && grant.regions & HOSTS[host].1 != 0 {
                    grant.gone = Some(today);
                }
            }
        }
    }

    /// Two people's acts, as the events they lead to.
    fn stand(&mut self, rng: &mut ChaCha20Rng) {
        let on = day(self.today);
        let (ground, basis) = ("核查".to_owned(), "示范处".to_owned());
        match self.model.standing {
            Standing::Good if rng.random_bool(0.9) => {
                self.evolve(&BodySuspended { ground, basis, on }.into());
                self.model.standing = Standing::Suspended;
                self.model.suspended_since = self.today;
            }
            Standing::Suspended if rng.random_bool(0.9) => {
                self.evolve(&BodyReinstated { ground, on }.into());
                self.model.standing = Standing::Good;
                let since = self.model.suspended_since;
                self.model.suspended.push(since..self.today);
            }
            Standing::Withdrawn => {}
            Standing::Good | Standing::Suspended => {
                self.evolve(&BodyWithdrawn { ground, basis, on }.into());
                self.model.standing = Standing::Withdrawn;
            }
        }
    }

    #[track_caller]
    fn ask_open(&self, cell: Cell, on: i32) -> bool {
        let assessed = Assessed::Levels {
            occupation: occupation_of(cell.occupation),
            occupation_name: name("某职业"),
            work_type: None,
            levels: vec![SkillLevel::CERTIFIED[cell.level]],
        };
        let place = region(COUNTIES[cell.region]);
        let judged = self.state.may_assess(&assessed, place, day(on));
        let may = self.model.may_open(cell, on);
        assert_eq!(judged.is_ok(), may, "{cell:?} {on}: {judged:?}");
        may
    }

    #[track_caller]
    fn ask_issue(&self, of: u8, cell: Cell, assessed: i32, on: i32) -> bool {
        let issuing = Issuing {
            session: session(of),
            attainments: vec![Attainment::Level {
                occupation: occupation_of(cell.occupation),
                occupation_name: name("某职业"),
                work_type: None,
                level: SkillLevel::CERTIFIED[cell.level],
            }],
            region: region(COUNTIES[cell.region]),
            assessed_on: day(assessed),
            on: day(on),
        };
        let judged = self.state.may_issue(&issuing);
        let may = self.model.may_issue(of, cell, assessed, on);
        assert_eq!(judged.is_ok(), may, "{cell:?} {assessed} {on}: {judged:?}");
        may
    }

    /// A cell, or one that some grant names.
    fn drawn(&self, rng: &mut ChaCha20Rng, named: bool) -> Cell {
        let mut cell = Cell {
            occupation: rng.random_range(0..4),
            level: rng.random_range(0..5),
            region: rng.random_range(0..4),
        };
        if named && !self.model.grants.is_empty() {
            let grant = &self.model.grants[rng.random_range(0..self.model.grants.len())];
            let mut one_of = |mask: u8| {
                let bits = picked(mask, |nth| nth);
                bits[rng.random_range(0..bits.len())]
            };
            cell = Cell {
                occupation: one_of(grant.occupations),
                level: one_of(grant.levels),
                region: one_of(grant.regions),
            };
        }
        cell
    }

    /// Every cell on every instant; and every issue, of one session.
    fn ask_everything(&self, of: u8) -> (u64, u64) {
        let (mut yes, mut asked) = (0, 0);
        for occupation in 0..4 {
            for level in 0..5 {
                for region in 0..4 {
                    let cell = Cell {
                        occupation,
                        level,
                        region,
                    };
                    for on in INSTANTS {
                        yes += u64::from(self.ask_open(cell, on));
                        asked += 1;
                        for assessed in INSTANTS {
                            yes += u64::from(self.ask_issue(of, cell, assessed, on));
                            asked += 1;
                        }
                    }
                }
            }
        }
        (yes, asked)
    }
}

#[test]
fn scope_agrees_with_an_independent_model() {
    let mut rng = ChaCha20Rng::seed_from_u64(26_37_38_71);
    let (mut opened, mut issued, mut by_leave, mut refused) = (0_u64, 0_u64, 0_u64, 0_u64);
    let (mut whole_yes, mut whole) = (0, 0);
    for history in 0..HISTORIES {
        let mut life = Life::new();
        for _ in 0..rng.random_range(1..14) {
            life.step(&mut rng);
        }
        life.sweep();
        if history % 400 == 0 {
            let (yes, asked) = life.ask_everything(rng.random_range(0..SESSIONS));
            whole_yes += yes;
            whole += asked;
        }
        for nth in 0..4 {
            let cell = life.drawn(&mut rng, nth % 2 == 0);
            let on = (life.today + rng.random_range(-4..5)).clamp(0, DAYS);
            let assessed = rng.random_range(0..=on + 1);
            let of = rng.random_range(0..SESSIONS);
            let may_open = life.ask_open(cell, on);
            let may_issue = life.ask_issue(of, cell, assessed, on);
            opened += u64::from(may_open);
            issued += u64::from(may_issue);
            by_leave += u64::from(may_issue && !may_open);
            refused += u64::from(!may_open) + u64::from(!may_issue);
        }
    }
    // Both answers were given, and every way of coming to them was tried.
    let counted = (opened, issued, by_leave, refused, whole_yes, whole);
    let often = opened > 5_000 && issued > 5_000 && by_leave > 500 && refused > 100_000;
    assert!(often && whole_yes > 5_000 && whole > 800_000, "{counted:?}");
}
