//! The beginning of a ledger: its files, its keys, its authority, its first two people.

use super::accounts::{AccountAnswer, AccountRequest, draft_account};
use super::actor::fresh_token;
use super::draft::{Draft, Loaded};
use super::eligibility::built_in_standards;
use super::error::AppError;
use super::execute::Asked;
use super::home::Home;
use super::ledger::{Ledger, keyring_path, log_origin};
use super::{chance, clock};
use crate::domain::account::event::Role;
use crate::domain::authority::command::AuthorityCommand;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::{
    AssessmentPolicySet, AuthorityEstablished, AuthorityKeyRegistered, BodyPolicySet,
    NoticePolicySet,
};
use crate::domain::authority::state::DEMO;
use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::{
    ComparisonListed, IssuerRegistered, NumberGrammarAdopted, RecognitionRulesAdopted,
    StaffRulesAdopted, TitleSeriesAdopted,
};
use crate::domain::ids::{AccountId, CommandId, LedgerId, StreamId};
use crate::domain::name::Name;
use crate::domain::number::built_in::built_in as number_grammars;
use crate::domain::region::RegionCode;
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::rules::recognition::{careers_cn, comparisons_demo, series_cn};
use crate::domain::rules::{bodies, calendars_cn, occupations, staff_cn};
use crate::keys::registration::prove_possession;
use crate::keys::{KdfParams, Keyring, Purpose, Signer};
use crate::store::{AnyStore, Database};
use crate::tlog::note::NoteKey;
use serde::Serialize;
use std::path::Path;
use zeroize::Zeroizing;

/// What a ledger begins with.
#[derive(Clone, Serialize)]
pub struct Beginning {
    /// Host name in every did:web.
    pub host: String,
    /// Whose rules apply.
    pub jurisdiction: String,
    /// The authority's name.
    pub name: Name,
    /// Its region.
    pub region: RegionCode,
    /// Name of the first maker (经办人).
    pub maker: String,
    /// Name of the first checker (复核人).
    pub checker: String,
}

/// A ledger just begun.
pub struct Begun {
    /// The ledger, open.
    pub ledger: Ledger,
    /// The first maker.
    pub maker: AccountAnswer,
    /// The first checker.
    pub checker: AccountAnswer,
}

/// Makes a data directory, and its database. Refused if there is a ledger already.
pub async fn initialise(
    home: impl Into<Home>,
    beginning: Beginning,
    passphrase: &Zeroizing<String>,
    kdf: KdfParams,
) -> Result<Begun, AppError> {
    let home = home.into();
    let dir = home.dir();
    let there = matches!(home.database(), Database::File(path) if path.exists());
    if there || keyring_path(dir).exists() {
        return Err(AppError::Exists {
            path: dir.display().to_string(),
        });
    }
    check_host(&beginning.host)?;
    let make = |folder: &Path| {
        std::fs::create_dir_all(folder).map_err(|error| AppError::File {
            path: folder.display().to_string(),
            error,
        })
    };
    make(dir)?;
    let keyring_path = keyring_path(dir);
    if let Some(folder) = keyring_path.parent() {
        make(folder)?;
    }
    let keyring = Keyring::create(&keyring_path, passphrase, kdf, &mut chance::rng())?;
    let id = LedgerId(chance::internal_id());
    let created = AnyStore::create(home.database(), id, clock::now()).await;
    let store = match created {
        Ok(store) => store,
        // Nothing speaks of these keys: the next attempt makes others.
        Err(error) => {
            let _ = std::fs::remove_file(&keyring_path);
            return Err(error.into());
        }
    };
    let ledger = Ledger::with_keyring(dir, store, keyring)?;
    let begun = establish(ledger, &beginning).await?;
    begun.ledger.advance_log().await?;
    begun.ledger.refresh_views().await?;
    Ok(begun)
}

fn check_host(host: &str) -> Result<(), AppError> {
    crate::credential::did::Did::of_body(host, uuid::Uuid::nil())
        .ok()
        .and(NoteKey::new(&log_origin(host), [0; 32]).ok())
        .map(drop)
        .ok_or(AppError::BadInput {
            what: "host",
            rule: "host-name",
        })
}

async fn establish(ledger: Ledger, beginning: &Beginning) -> Result<Begun, AppError> {
    let maker = AccountId(chance::internal_id());
    let checker = AccountId(chance::internal_id());
    let (maker_token, maker_digest) = fresh_token();
    let (checker_token, checker_digest) = fresh_token();
    let asked = Asked {
        command_id: CommandId(chance::internal_id()),
        actor: maker,
    };
    let digest = ledger.request_digest("init", beginning)?;
    ledger
        .execute(asked, digest, async || {
            let mut draft = Draft::default();
            draft_authority(&ledger, beginning, &mut draft)?;
            draft_catalogue(&ledger, &beginning.jurisdiction, &mut draft)?;
            let people = [
                (maker, maker_digest, &beginning.maker, Role::AuthorityMaker),
                (
                    checker,
                    checker_digest,
                    &beginning.checker,
                    Role::AuthorityChecker,
                ),
            ];
            for (account, digest, name, role) in people {
                let request = AccountRequest {
                    name: name.clone(),
                    roles: vec![role],
                    body: None,
                };
                draft_account(&ledger, &request, account, digest, &mut draft)?;
            }
            Ok(draft)
        })
        .await?;
    Ok(Begun {
        ledger,
        maker: AccountAnswer {
            account: maker,
            token: maker_token,
        },
        checker: AccountAnswer {
            account: checker,
            token: checker_token,
        },
    })
}

fn draft_authority(
    ledger: &Ledger,
    beginning: &Beginning,
    draft: &mut Draft,
) -> Result<(), AppError> {
    let mut authority = Loaded::<AuthorityDecider>::new_stream(StreamId::authority(ledger.id()));
    let mut commands = vec![AuthorityCommand::Establish(AuthorityEstablished {
        ledger: ledger.id(),
        jurisdiction: beginning.jurisdiction.clone(),
        host: beginning.host.clone(),
        name: beginning.name.clone(),
        region: beginning.region,
    })];
    for purpose in [Purpose::Trust, Purpose::Log] {
        let key = ledger.make_key(purpose)?;
        let possession = prove_possession(&key, ledger.id())?;
        commands.push(AuthorityCommand::RegisterKey(AuthorityKeyRegistered {
            key_id: key.key_id().to_string(),
            purpose: purpose.name().to_owned(),
            public_key: key.key_id().to_string(),
            possession: crate::credential::signed::multibase(&possession.0),
            succession: None,
        }));
    }
    let jurisdiction = &beginning.jurisdiction;
    commands.extend(
        calendars_cn::built_in()
            .into_iter()
            .map(AuthorityCommand::LoadCalendar),
    );
    commands.push(AuthorityCommand::SetBodyPolicy(BodyPolicySet {
        jurisdiction: jurisdiction.clone(),
        policy: bodies::built_in(),
    }));
    commands.push(AuthorityCommand::SetAssessmentPolicy(AssessmentPolicySet {
        jurisdiction: jurisdiction.clone(),
        policy: AssessmentPolicy::demo(),
    }));
    if jurisdiction == DEMO {
        commands.push(AuthorityCommand::SetNoticePolicy(NoticePolicySet::demo()));
    }
    for command in commands {
        let events = authority.decide(&command)?;
        draft.write(&authority, events);
    }
    Ok(())
}

fn draft_catalogue(ledger: &Ledger, jurisdiction: &str, draft: &mut Draft) -> Result<(), AppError> {
    let mut catalogue = Loaded::<CatalogueDecider>::new_stream(StreamId::catalogue(ledger.id()));
    let mut commands = vec![
        CatalogueCommand::AdoptOccupations(occupations::built_in_edition()),
        CatalogueCommand::AdoptRecognitionRules(RecognitionRulesAdopted {
            edition: careers_cn::EDITION.into(),
            rules: careers_cn::built_in(),
        }),
        CatalogueCommand::AdoptTitleSeries(TitleSeriesAdopted {
            title_series: series_cn::built_in(),
        }),
        CatalogueCommand::AdoptStaffRules(StaffRulesAdopted {
            edition: staff_cn::EDITION.into(),
            rules: staff_cn::built_in(),
        }),
        CatalogueCommand::AdoptStandards(built_in_standards()),
    ];
    commands.extend(
        number_grammars()
            .into_iter()
            .map(|grammar| CatalogueCommand::AdoptNumberGrammar(NumberGrammarAdopted { grammar })),
    );
    if jurisdiction == DEMO {
        commands.extend(
            comparisons_demo::issuers()
                .into_iter()
                .map(|issuer| CatalogueCommand::RegisterIssuer(IssuerRegistered { issuer })),
        );
        commands.extend(
            comparisons_demo::comparisons(jurisdiction)
                .into_iter()
                .map(|comparison| {
                    CatalogueCommand::ListComparison(ComparisonListed { comparison })
                }),
        );
    }
    commands.extend(super::routes::tables::built_in());
    for command in commands {
        let events = catalogue.decide(&command)?;
        draft.write(&catalogue, events);
    }
    Ok(())
}
