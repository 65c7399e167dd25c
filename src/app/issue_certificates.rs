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
use crate::domain::body::command::{BodyCommand, Issuing, TakeSerials};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{BodyEvent, SerialsTaken};
use crate::domain::body::serials::Taken;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::{CertificateId, CommandId, SessionId, StreamId, SubjectId};
use crate::domain::level::SkillLevel;
use crate::domain::number::{CertificateNumber, NumberGrammar};
use crate::domain::session::command::SessionCommand;
use jiff::civil::Date;
use std::collections::BTreeMap;

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
        let earned = session.state.earned(session_id);
        let count = u32::try_from(earned.len()).unwrap_or(u32::MAX);
        let events = session.decide(&SessionCommand::IssueCertificates { on, count })?;
        let mut draft = Draft::default();
        draft.write(&session, events);

        let sitting = session
            .state
            .sitting()
            .ok_or(AppError::NotFound { what: "session" })?;
        let opened = &sitting.opened;
        let grammar = self.grammar_on(on, &mut draft).await?;
        let mut by_level: BTreeMap<SkillLevel, Vec<EarnedAward>> = BTreeMap::new();
        for award in earned {
            by_level.entry(award.award().level).or_default().push(award);
        }
        let take = TakeSerials {
            issuing: Issuing {
                session: session_id,
                occupation: opened
                    .assessed
                    .occupation()
                    .ok_or(AppError::NotFound { what: "occupation" })?,
                levels: by_level.keys().copied().collect(),
                region: opened.region,
                assessed_on: opened.assessed_on,
                on,
            },
            counts: by_level
                .iter()
                .map(|(level, awards)| (*level, awards.len() as u32))
                .collect(),
            grammar: grammar.clone(),
        };
        let events = body.decide(&BodyCommand::TakeSerials(take))?;
        let numbers = numbers(&body, &events, &grammar)?;
        draft.write(&body, events);

        let subjects: Vec<SubjectId> = by_level
            .values()
            .flatten()
            .map(|award| SubjectId::from(award.award().worker))
            .collect();
        let people = people::identities(self, &subjects).await?;
        let authority = self.authority().await?;
        let registered = body.state.body()?;
        let created = clock::now();
        let code = Some(opened.code.clone());
        let sealing = Sealing::of(self, &authority.established.host, registered, code, created)?;
        let mut indexes = Indexes::default();
        let total = u64::from(count);
        let awards = by_level.into_values().flatten();
        for (done, (award, taken)) in awards.zip(numbers).enumerate() {
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
                            status,
                        };
                        let (seal, row) = sealing.seal(&to, &person.key)?;
                        draft.seal(row);
                        let number = unsealed.number().clone();
                        draft.write(&loaded, vec![unsealed.seal(seal)]);
                        draft.reserve(number_key(&number));
                        continue;
                    }
                    CertificateDecision::Event(event) => event,
                    CertificateDecision::Reissue(_) => continue,
                };
                draft.write(&loaded, vec![event]);
            }
            progress(done as u64 + 1, total);
        }
        draft.shuffle();
        Ok(draft)
    }

    /// The number grammar in force on a day; the draft rests on the catalogue as read.
    pub(super) async fn grammar_on(
        &self,
        on: Date,
        draft: &mut Draft,
    ) -> Result<NumberGrammar, AppError> {
        let catalogue = self
            .load_existing::<CatalogueDecider>(StreamId::catalogue(self.id()), "catalogue")
            .await?;
        draft.guard(&catalogue);
        let grammar = catalogue.state.grammar_on(on);
        grammar.cloned().ok_or(AppError::NotFound {
            what: "number-grammar",
        })
    }
}

/// The key that takes a certificate number for ever.
pub(super) fn number_key(number: &CertificateNumber) -> String {
    format!("number:{number}")
}

/// The numbers and status places that the taken serials stand for, in order.
pub(super) fn numbers(
    body: &Loaded<BodyDecider>,
    events: &[BodyEvent],
    grammar: &NumberGrammar,
) -> Result<Vec<Taken>, AppError> {
    let code = body
        .state
        .body()?
        .number_code
        .as_ref()
        .ok_or_else(|| AppError::Inconsistent("serials without number codes".into()))?;
    let taken: Vec<&SerialsTaken> = events
        .iter()
        .filter_map(|event| match event {
            BodyEvent::SerialsTaken(taken) => Some(taken),
            _ => None,
        })
        .collect();
    taken
        .into_iter()
        .flat_map(|taken| taken.taken(grammar, code))
        .collect::<Result<_, _>>()
        .map_err(|error| AppError::Inconsistent(error.to_string()))
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
