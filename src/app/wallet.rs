//! Certificates into wallets (钱包): an offer for the holder, the code in it for an access token, the
//! token for the credential. OpenID for Verifiable Credential Issuance 1.0, pre-authorised code.

use super::actor::Actor;
use super::coats::OpenIssue;
use super::error::AppError;
use super::issue_certificates::Issued;
use super::ledger::Ledger;
use super::{chance, clock};
use crate::credential::qr::Symbol;
use crate::credential::signed::canonical;
use crate::credential::wallet::{
    Code, CodeKind, Configuration, CredentialRequest, InvalidAsk, Offer, TokenRequest,
    authorization_server, credential_response, issuer_metadata, token_response, tx_code,
    tx_code_digest,
};
use crate::domain::certificate::rejection::CertificateRejection;
use crate::domain::certificate::state::CertificateState;
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use crate::store::wallet::{Redeemed, Redeeming, WalletGrant, WalletOffer};
use crate::store::{EventStore, JournalEntry};
use serde_json::Value;
use zeroize::Zeroizing;

const SECOND: i64 = 1_000_000;
/// How long the code of an offer is good.
pub const OFFER_SECONDS: i64 = 600;
/// How long an access token is good.
pub const TOKEN_SECONDS: i64 = 300;

/// An offer of a certificate's newest issue, for its holder.
pub struct Offered {
    /// Which issue.
    pub issue: u16,
    /// What the wallet reads: `openid-credential-offer://…`.
    pub uri: Zeroizing<String>,
    /// Digits that the wallet asks for, if any; not to go the way the offer goes.
    pub tx_code: Option<Zeroizing<String>>,
    /// Good before this time, and for one wallet.
    pub expires: Instant,
    /// The address as a QR code.
    pub symbol: Symbol,
}

/// Why a wallet gets nothing.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// What it asks is refused.
    #[error(transparent)]
    Refused(#[from] InvalidAsk),
    /// It could not be done.
    #[error(transparent)]
    Failed(#[from] AppError),
}

impl From<crate::store::StoreError> for WalletError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Ledger {
    /// What wallets ask first: the forms in which certificates are to be had, and where.
    pub async fn wallet_issuer_metadata(&self) -> Result<Vec<u8>, AppError> {
        written(&issuer_metadata(&self.authority().await?.established.host))
    }

    /// What wallets ask about the token endpoint.
    pub async fn wallet_server_metadata(&self) -> Result<Vec<u8>, AppError> {
        written(&authorization_server(
            &self.authority().await?.established.host,
        ))
    }

    /// Offers a certificate's newest issue to its holder's wallet, for its body or the authority. The
    /// look at the person goes into the access journal first. Refused once it has ended.
    pub async fn offer_certificate(
        &self,
        actor: &Actor,
        number: &CertificateNumber,
        with_tx_code: bool,
    ) -> Result<Offered, AppError> {
        let issues = self.issues_shown(actor, number, "wallet-offer").await?;
        let nothing = || AppError::NotFound {
            what: "certificate",
        };
        let newest = issues.into_iter().last().ok_or_else(nothing)?;
        match self.certificate(newest.certificate).await? {
            CertificateState::Valid(_) | CertificateState::Suspended { .. } => {}
            CertificateState::Superseded { .. } => {
                return Err(CertificateRejection::SupersededIsFinal.into());
            }
            CertificateState::Ended { end, .. } => {
                return Err(CertificateRejection::EndedIsFinal { end }.into());
            }
            CertificateState::Absent => return Err(nothing()),
        }
        let opened = self.open_issues(std::slice::from_ref(&newest)).await?;
        let opened = opened.first().ok_or_else(nothing)?;
        let code = Code::new(chance::bytes());
        let tx_code = with_tx_code.then(|| Zeroizing::new(tx_code(chance::bytes())));
        let offer = Offer {
            host: self.authority().await?.established.host.clone(),
            configurations: configurations(opened)?,
            code,
            asks_tx_code: with_tx_code,
        };
        let now = clock::now();
        let expires = Instant(now.0 + OFFER_SECONDS * SECOND);
        let kept = WalletOffer {
            code: CodeKind::PreAuthorised
                .digest(offer.code.as_str())
                .ok_or_else(|| AppError::Inconsistent("a code of another length".into()))?,
            tx_code: tx_code
                .as_ref()
                .map(|it| tx_code_digest(offer.code.as_str(), it)),
            grant: WalletGrant {
                number: number.to_string(),
                issue: newest.issue,
            },
            expires,
        };
        self.store.put_wallet_offer(kept, now).await?;
        let uri = Zeroizing::new(offer.uri());
        let symbol = Symbol::of(&uri).map_err(|error| AppError::Inconsistent(error.to_string()))?;
        Ok(Offered {
            issue: newest.issue,
            uri,
            tx_code,
            expires,
            symbol,
        })
    }

    /// Changes the code of an offer for an access token, once. Answers what the wallet is told.
    pub async fn redeem_offer(&self, asked: &TokenRequest) -> Result<Value, WalletError> {
        let code = CodeKind::PreAuthorised
            .digest(&asked.code)
            .ok_or(InvalidAsk::Grant)?;
        let token = Code::new(chance::bytes());
        let now = clock::now();
        let redeeming = Redeeming {
            code,
            tx_code: asked
                .tx_code
                .as_ref()
                .map(|it| tx_code_digest(&asked.code, it)),
            token: CodeKind::AccessToken
                .digest(token.as_str())
                .ok_or(InvalidAsk::Grant)?,
            token_expires: Instant(now.0 + TOKEN_SECONDS * SECOND),
            now,
        };
        match self.store.redeem_wallet_code(redeeming).await? {
            Redeemed::Done => Ok(token_response(&token, TOKEN_SECONDS)),
            Redeemed::Unknown | Redeemed::TxCodeWrong => Err(InvalidAsk::Grant.into()),
            // Section 6.3 calls both an invalid request.
            Redeemed::TxCodeNeeded | Redeemed::TxCodeUnasked => Err(InvalidAsk::Request.into()),
        }
    }

    /// The credential that an access token entitles to, in the form asked, as the wallet is told it.
    /// The look at the person goes into the access journal first. A person who was erased has none.
    pub async fn credential_for_wallet(
        &self,
        token: &str,
        asked: &[u8],
    ) -> Result<Value, WalletError> {
        let token = CodeKind::AccessToken
            .digest(token)
            .ok_or(InvalidAsk::Token)?;
        let grant = self.store.wallet_grant(token, clock::now()).await?;
        let grant = grant.ok_or(InvalidAsk::Token)?;
        let asked = CredentialRequest::parse(asked)?;
        let issued = self.granted(&grant).await?;
        let journal = JournalEntry {
            at: clock::now(),
            actor: None,
            kind: "wallet-fetch",
            subject: Some(issued.subject),
            position: Some(issued.row.position),
        };
        self.store.journal(vec![journal]).await?;
        let opened = match self.open_issues(&[issued]).await {
            Ok(mut opened) => opened.pop(),
            Err(AppError::NotFound { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let opened = opened.ok_or(InvalidAsk::Denied)?;
        if !configurations(&opened)?.contains(&asked.configuration) {
            return Err(InvalidAsk::Configuration.into());
        }
        let coat = opened.coat(asked.configuration.coat)?;
        let coat = coat.ok_or(InvalidAsk::Configuration)?;
        let told = std::str::from_utf8(&coat)
            .ok()
            .and_then(|coat| credential_response(asked.configuration, coat));
        let told = told.ok_or_else(|| AppError::Inconsistent("a coat that is no text".into()))?;
        Ok(told)
    }

    async fn granted(&self, grant: &WalletGrant) -> Result<Issued, AppError> {
        let number: CertificateNumber = grant
            .number
            .parse()
            .map_err(|_| AppError::Inconsistent("a grant of no certificate".into()))?;
        let issues = self.issues_of(&number).await?;
        let mut issues = issues.into_iter();
        let issued = issues.find(|issued| issued.issue == grant.issue);
        issued.ok_or(AppError::NotFound {
            what: "certificate",
        })
    }
}

/// The forms in which an issue was signed and a wallet can have it.
fn configurations(opened: &OpenIssue) -> Result<Vec<Configuration>, AppError> {
    let kind = opened.said()?.claims.attainment.kind();
    let forms = Configuration::of(kind).into_iter();
    Ok(forms
        .filter(|form| opened.coats().any(|coat| coat == form.coat))
        .collect())
}

fn written(document: &Value) -> Result<Vec<u8>, AppError> {
    canonical(document).map_err(|error| AppError::Inconsistent(error.to_string()))
}
