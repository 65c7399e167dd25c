//! Certificates for everybody who passed: decided, signed, appended and proved, all at once.

use super::actor::Actor;
use super::bodies::end_what_has_expired;
use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::execute::{Asked, Committed};
use super::ledger::Ledger;
use super::people;
use super::seal::{Sealing, ToSeal, list_opened};
use super::sessions::SessionAndBody;
use super::{chance, clock};
use crate::codec::row::Row;
use crate::credential::status_list::StatusIndexes;
use crate::domain::attainment::Attainment;
use crate::domain::body::command::{BodyCommand, Issuing, SerialRun, TakeSerials};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{BodyEvent, SerialsTaken};
use crate::domain::body::serials::Taken;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::{Award, CertificateEvent};
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::{CertificateId, CommandId, SessionId, StreamId, SubjectId, WorkerId};
use crate::domain::number::{CertificateNumber, NumberGrammar};
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::session::command::SessionCommand;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Told how many certificates are signed, of how many.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// A certificate that was issued, with the row that records it.
pub struct Issued {
    /// Its number.
    pub number: CertificateNumber,
    /// Its stream.
    pub certificate: CertificateId,
    /// Whose it is.
    pub subject: SubjectId,
    /// The issue sequence.
    pub issue: u16,
    /// The row of the issue.
    pub row: Row,
}

/// What an issue came to.
pub struct IssueAnswer {
    /// The certificates, by number.
    pub issued: Vec<Issued>,
    /// Whether the command had been done before.
    pub repeated: bool,
}

impl Ledger {
    /// Issues the certificates of a closed session, in one append. Answers when a signed
    /// checkpoint covers them; a retry first finishes what a crash left.
    pub async fn issue_certificates(
        &self,
        actor: &Actor,
        command_id: CommandId,
        session: SessionId,
        on: Date,
        progress: Progress<'_>,
    ) -> Result<IssueAnswer, AppError> {
        let body = self.session_and_body(session).await?.body_id;
        actor.need_maker_of(body)?;
        clock::has_come(on)?;
        end_what_has_expired(self, actor.account, body, clock::today()).await?;
        let digest = self.request_digest("issue", &(session, on))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                self.draft_issue(session, on, progress).await
            })
            .await?;
        self.advance_log().await?;
        self.refresh_views().await?;
        Ok(answer(committed))
    }

    async fn draft_issue(
        &self,
        session_id: SessionId,
        on: Date,
        progress: Progress<'_>,
    ) -> Result<Draft, AppError> {
        let SessionAndBody {
            mut session,
            mut body,
            ..
        } = self.session_and_body(session_id).await?;
        let mut draft = Draft::default();
        let mut earned = session.state.earned(session_id);
        let route = session.state.sitting().map(|it| it.opened.route);
        let passed: BTreeSet<WorkerId> = earned.iter().map(|it| it.award().worker).collect();
        let passed: Vec<WorkerId> = passed.into_iter().collect();
        let route = route.unwrap_or_default();
        let gone = self
            .withdrawn_since(session_id, route, &passed, &mut draft)
            .await?;
        earned.retain(|it| !gone.contains(&it.award().worker));
        // One assessment a candidate, whether it gives one certificate or two (一试双证).
        let candidates: BTreeSet<_> = earned.iter().map(|it| it.award().worker).collect();
        let count = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
        let events = session.decide(&SessionCommand::IssueCertificates {
            on,
            count,
            withdrawn: u32::try_from(gone.len()).unwrap_or(u32::MAX),
        })?;
        draft.write(&session, events);

        let sitting = session
            .state
            .sitting()
            .ok_or(AppError::NotFound { what: "session" })?;
        let opened = &sitting.opened;
        let catalogue = self.catalogue_for(&mut draft).await?;
        let mut by_attainment: Vec<(Attainment, Vec<EarnedAward>)> = Vec::new();
        for award in earned {
            let attainment = award.award().attainment.clone();
            match by_attainment.iter_mut().find(|(it, _)| *it == attainment) {
                Some((_, awards)) => awards.push(award),
                None => by_attainment.push((attainment, vec![award])),
            }
        }
        by_attainment.sort_by_key(|(attainment, _)| attainment.level());
        let mut runs = Vec::new();
        for (attainment, awards) in &by_attainment {
            runs.push(SerialRun {
                attainment: attainment.clone(),
                grammar: grammar_for(&catalogue, attainment, on)?,
                count: awards.len() as u32,
            });
        }
        let take = TakeSerials {
            issuing: Issuing {
                session: session_id,
                attainments: runs.iter().map(|run| run.attainment.clone()).collect(),
                region: opened.region,
                assessed_on: opened.assessed_on,
                on,
            },
            runs: runs.clone(),
        };
        let events = body.decide(&BodyCommand::TakeSerials(take))?;
        let numbers = numbers(&body, &events, &runs, opened.region)?;
        draft.write(&body, events);

        let subjects: Vec<SubjectId> = by_attainment
            .iter()
            .flat_map(|(_, awards)| awards)
            .map(|award| SubjectId::from(award.award().worker))
            .collect();
        let people = people::identities(self, &subjects).await?;
        let authority = self.authority().await?;
        let registered = body.state.body()?;
        let created = clock::now();
        let code = Some(opened.code.clone());
        let sealing = Sealing::of(self, &authority.established.host, registered, code, created)?;
        let mut indexes = Indexes::default();
        let awards: Vec<(EarnedAward, Taken)> = by_attainment
            .into_iter()
            .flat_map(|(_, awards)| awards)
            .zip(numbers)
            .collect();
        let total = awards.len() as u64;
        let twins = Twins::of(&awards);
        for (done, (award, taken)) in awards.into_iter().enumerate() {
            let twin = twins.twin(award.award().worker, &taken.number);
            let subject = SubjectId::from(award.award().worker);
            let person = people.get(&subject).ok_or_else(|| {
                AppError::Inconsistent(format!("worker {subject} has no identity in the vault"))
            })?;
            let certificate = CertificateId(chance::internal_id());
            let status = taken.status(indexes.at(registered, taken.list, taken.place)?);
            let loaded = Loaded::<CertificateDecider>::new_stream(certificate);
            let decisions = CertificateDecider::decide(
                &loaded.state,
                &CertificateCommand::Issue(IssueCertificate {
                    number: taken.number,
                    award,
                    issued_on: on,
                    status,
                    supersedes: None,
                    twin,
                }),
            )?;
            for decision in decisions {
                let event = match decision {
                    CertificateDecision::Issue(unsealed) => {
                        let to = ToSeal {
                            certificate,
                            number: unsealed.number(),
                            award: unsealed.award(),
                            identity: &person.identity,
                            issued_on: on,
                            issue: 1,
                            supersedes: None,
                            twin: unsealed.twin(),
                            status,
                        };
                        let (seal, row) = sealing.seal(&to, &person.key)?;
                        draft.seal(row);
                        let keys = certificate_keys(unsealed.number(), unsealed.award(), None);
                        draft.write(&loaded, vec![unsealed.seal(seal)]);
                        for key in keys {
                            draft.reserve(key);
                        }
                        continue;
                    }
                    CertificateDecision::Event(event) => event,
                    CertificateDecision::Reissue(_) | CertificateDecision::EndTwin(_) => continue,
                };
                draft.write(&loaded, vec![event]);
            }
            progress(done as u64 + 1, total);
        }
        draft.shuffle();
        Ok(draft)
    }

    /// The catalogue; the draft rests on it as read.
    pub(super) async fn catalogue_for(
        &self,
        draft: &mut Draft,
    ) -> Result<CatalogueState, AppError> {
        let catalogue = self
            .load_existing::<CatalogueDecider>(StreamId::catalogue(self.id()), "catalogue")
            .await?;
        draft.guard(&catalogue);
        Ok(catalogue.state)
    }
}

/// The grammar that numbers certificates of this attainment on a day.
pub(super) fn grammar_for(
    catalogue: &CatalogueState,
    attainment: &Attainment,
    on: Date,
) -> Result<NumberGrammar, AppError> {
    let grammar = catalogue.grammar_for(attainment, on);
    grammar.cloned().ok_or(AppError::NotFound {
        what: "number-grammar",
    })
}

/// The numbers of each candidate, so that each of two (一试双证) can name the other.
struct Twins(BTreeMap<WorkerId, Vec<CertificateNumber>>);

impl Twins {
    fn of(awards: &[(EarnedAward, Taken)]) -> Self {
        let mut numbers: BTreeMap<WorkerId, Vec<CertificateNumber>> = BTreeMap::new();
        for (award, taken) in awards {
            let of_worker = numbers.entry(award.award().worker).or_default();
            of_worker.push(taken.number.clone());
        }
        Self(numbers)
    }

    /// The other number of this candidate, if there is one.
    fn twin(&self, worker: WorkerId, number: &CertificateNumber) -> Option<CertificateNumber> {
        let numbers = self.0.get(&worker)?;
        numbers.iter().find(|it| *it != number).cloned()
    }
}

/// The key that takes a certificate number for ever.
pub(super) fn number_key(number: &CertificateNumber) -> String {
    format!("number:{number}")
}

/// The key by which the certificate of a level that a recognition awarded (比照认定) is found when
/// that is withdrawn.
pub(super) fn recognised_key(session: SessionId, holder: WorkerId) -> String {
    format!("recognised:{session}:{holder}")
}

/// The keys a certificate takes for ever: its number and, of 比照认定, its session and holder. A
/// correction is found through what it corrects.
pub(super) fn certificate_keys(
    number: &CertificateNumber,
    award: &Award,
    supersedes: Option<&CertificateNumber>,
) -> Vec<String> {
    let mut keys = vec![number_key(number)];
    if award.route == Route::Recognition && supersedes.is_none() {
        keys.push(recognised_key(award.session, award.worker));
    }
    keys
}

/// The numbers and status places that the taken serials stand for, in order; `region` is that of
/// the assessment, which says whose number prefix they bear.
pub(super) fn numbers(
    body: &Loaded<BodyDecider>,
    events: &[BodyEvent],
    runs: &[SerialRun],
    region: RegionCode,
) -> Result<Vec<Taken>, AppError> {
    let code = body
        .state
        .body()?
        .number_code_in(region)
        .ok_or_else(|| AppError::Inconsistent("serials without number codes".into()))?;
    let taken: Vec<&SerialsTaken> = events
        .iter()
        .filter_map(|event| match event {
            BodyEvent::SerialsTaken(taken) => Some(taken),
            _ => None,
        })
        .collect();
    let mut numbers = Vec::new();
    for taken in taken {
        let grammar = runs
            .iter()
            .find(|run| run.grammar.name == taken.grammar)
            .map(|run| &run.grammar)
            .ok_or_else(|| AppError::Inconsistent("serials of another grammar".into()))?;
        for number in taken.taken(grammar, code) {
            numbers.push(number.map_err(|error| AppError::Inconsistent(error.to_string()))?);
        }
    }
    Ok(numbers)
}

/// The permutations of the lists in use, each computed once.
#[derive(Default)]
pub(super) struct Indexes(BTreeMap<u32, StatusIndexes>);

impl Indexes {
    /// The index at a place of a list's permutation.
    pub fn at(
        &mut self,
        body: &crate::domain::body::state::Body,
        list: u32,
        place: u32,
    ) -> Result<u32, AppError> {
        let indexes = match self.0.entry(list) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                new.insert(StatusIndexes::new(list_opened(body, list)?.seed.0))
            }
        };
        indexes.at(place).ok_or_else(|| {
            AppError::Inconsistent(format!("status list {list} has no place {place}"))
        })
    }
}

/// The certificates among what a command stored, by number.
pub(super) fn answer(committed: Committed) -> IssueAnswer {
    let repeated = committed.repeated;
    let mut issued: Vec<Issued> = committed
        .events
        .into_iter()
        .filter_map(|committed| match &committed.event {
            Event::Certificate(CertificateEvent::Issued(issued)) => Some(Issued {
                number: issued.number.clone(),
                certificate: CertificateId(committed.row.stream.id),
                subject: SubjectId::from(issued.award.worker),
                issue: 1,
                row: committed.row,
            }),
            _ => None,
        })
        .collect();
    issued.sort_by(|a, b| a.number.cmp(&b.number));
    IssueAnswer { issued, repeated }
}
