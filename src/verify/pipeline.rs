//! One credential through all checks.
//!
//! Order: form, signature, place in the log; then what depends on the place (accreditation, key,
//! compromise), then status and dates. Nothing after a bad signature is shown.

use super::known::{CLOCK_SKEW_SECONDS, Known};
use super::log_head;
use super::presented::{NotPresented, Presented};
use super::report::{Check, CheckId, CheckResult, Report, Shown};
use super::status;
use crate::credential::Disclosed;
use crate::credential::trust_list::{TrustList, TrustedBody, TrustedKey};
use crate::domain::time::Instant;
use crate::keys::{Purpose, verify_strict};
use crate::tlog::note::Note;
use crate::tlog::proof::InvalidTlogProof;
use crate::tlog::{PublicEntry, TlogProof};

/// Verifies one credential with the proof that came beside it, if any.
pub fn verify(input: &[u8], proof: Option<&[u8]>, known: &Known) -> Report {
    let trust_check = known.trust_check();
    let credential = match Presented::read(input) {
        Ok(credential) => credential,
        Err(NotPresented { coat, check }) => {
            return Report::of(coat, vec![trust_check, check], None, None);
        }
    };
    let form = Check::pass(CheckId::Form, "form-good");
    let hidden = |checks| Report::of(Some(credential.coat), checks, None, None);

    if !credential.signature_holds {
        let bad = Check::fail(CheckId::Signature, "signature-bad");
        return hidden(vec![trust_check, form, bad]);
    }
    let Some(trust) = &known.trust else {
        let whose = Check::unknown(CheckId::Signature, "signature-trust-unknown");
        return hidden(vec![trust_check, form, whose]);
    };
    let mut place = Place::find(&credential, proof, trust, known.policy.require_log);
    let witnesses = place.witnesses(known);
    let (body, key) = match signer(&credential, trust, &place) {
        Ok(found) => found,
        Err(check) => return hidden(vec![trust_check, form, check]),
    };
    let signature = Check::pass(CheckId::Signature, "signature-good").with("body", &body.name.zh);

    let claims = &credential.disclosed;
    let status = status::judge(claims, known);
    let mut checks = vec![
        trust_check,
        form,
        signature,
        accreditation(claims, body, &place, trust),
        place.check.clone(),
    ];
    checks.extend(witnesses);
    checks.extend([
        status.check,
        key_validity(key, &place, trust),
        key_compromise(key, &place, trust),
        dates(claims, known),
    ]);
    let coat = credential.coat;
    let shown = Shown {
        claims: credential.disclosed,
        state: status.state,
        detail: status.detail,
    };
    Report::of(Some(coat), checks, status.as_of, Some(shown))
}

/// Where in the log the credential stands.
struct Place {
    /// The position, once the proof of it has been checked.
    position: Option<u64>,
    check: Check,
    /// The signed checkpoint of that proof.
    checkpoint: Option<String>,
    /// Whether the one key of the log that vouches for the checkpoint is declared compromised, from
    /// a later position on.
    log_key_doubtful: bool,
    /// Whether the verifier asked for the log.
    asked: bool,
}

impl Place {
    fn find(credential: &Presented, proof: Option<&[u8]>, trust: &TrustList, asked: bool) -> Self {
        let without = |check: Check| Self {
            position: None,
            check,
            checkpoint: None,
            log_key_doubtful: false,
            asked,
        };
        let fail = |code| without(Check::fail(CheckId::Inclusion, code));
        let Some(bytes) = proof else {
            let mut check = Check::unknown(CheckId::Inclusion, "inclusion-no-proof");
            if !asked {
                check = Check::unknown(CheckId::Inclusion, "inclusion-not-asked");
                check.counts = false;
            }
            return without(check);
        };
        let Ok(proof) = TlogProof::parse(bytes) else {
            return fail("inclusion-malformed");
        };
        let Some(entry_bytes) = &proof.extra else {
            return fail("inclusion-malformed");
        };
        let Ok(entry) = PublicEntry::parse(entry_bytes) else {
            return fail("inclusion-malformed");
        };
        let key = match log_head::judge(proof.checkpoint.as_bytes(), trust) {
            Ok(key) => key,
            Err(doubt) => return without(log_head::told(doubt, &proof, trust)),
        };
        let checkpoint = match proof.verify(entry_bytes, &key.vkey, &verify_strict) {
            Ok(checkpoint) => checkpoint,
            Err(InvalidTlogProof::NotIncluded) => return fail("inclusion-path"),
            Err(_) => return fail("inclusion-checkpoint"),
        };
        // The path shows that the entry is in the log; the entry must be about this credential.
        let expected_type = if credential.disclosed.issue == 1 {
            "certificate.issued"
        } else {
            "certificate.reissued"
        };
        let about_this = credential.is_committed_by(&entry.commitment);
        if !about_this || entry.event_type != expected_type {
            return fail("inclusion-entry");
        }
        let position = proof.index + 1;
        Self {
            position: Some(position),
            check: Check::pass(CheckId::Inclusion, "inclusion-good")
                .with("position", position)
                .with("time", Instant(entry.at).show_in_china())
                .with("size", checkpoint.size)
                .with("origin", checkpoint.origin),
            checkpoint: Some(proof.checkpoint),
            log_key_doubtful: key.compromised_from_position.is_some(),
            asked,
        }
    }

    /// Check (iii), as far as the verifier's policy asks for witnesses.
    fn witnesses(&mut self, known: &Known) -> Option<Check> {
        let policy = known.witnesses.as_ref().filter(|_| self.asked)?;
        let id = CheckId::Witnesses;
        let Some(checkpoint) = self.checkpoint.take() else {
            return Some(Check::unknown(id, "witnesses-no-checkpoint"));
        };
        let now = known.now.0 / 1_000_000 + CLOCK_SKEW_SECONDS;
        let judged = Note::parse(checkpoint.as_bytes()).and_then(|note| {
            let not_after = u64::try_from(now).unwrap_or(0);
            let judged = policy.evaluate(&note, not_after, &verify_strict)?;
            let newest = judged.cosigned.iter().map(|(_, time)| *time).max();
            let of_log = policy.logs().is_empty() || !judged.logs.is_empty();
            let names: Vec<_> = judged
                .cosigned
                .iter()
                .map(|(it, _)| it.name.clone())
                .collect();
            Ok((judged.quorum_met, of_log, names, newest))
        });
        Some(match judged {
            // A signature under a witness's or log's name that does not hold spoils the note.
            Err(_) => Check::fail(id, "witnesses-forged"),
            Ok((_, false, ..)) => Check::fail(id, "witnesses-other-log"),
            Ok((true, _, names, newest)) => {
                // Others have seen this head when it was made.
                self.log_key_doubtful = false;
                let newest = newest.and_then(|time| i64::try_from(time).ok());
                let newest =
                    newest.map(|time| Instant(time.saturating_mul(1_000_000)).show_in_china());
                Check::pass(id, "witnesses-good")
                    .with("witnesses", names.join(", "))
                    .with("count", names.len())
                    .with("time", newest.unwrap_or_else(|| "—".into()))
            }
            // A newer proof of the same certificate may have them.
            Ok((false, _, names, _)) => {
                Check::unknown(id, "witnesses-too-few").with("count", names.len())
            }
        })
    }
}

/// The body and the key that signed, from the trust list.
fn signer<'a>(
    credential: &Presented,
    trust: &'a TrustList,
    place: &Place,
) -> Result<(&'a TrustedBody, &'a TrustedKey), Check> {
    let body = trust.body(&credential.disclosed.did);
    let key = body.and_then(|b| b.key(&credential.key_id, Purpose::Certificate));
    if let (Some(body), Some(key)) = (body, key) {
        return Ok((body, key));
    }
    // A body or key newer than the list is not in it.
    if place.position.is_some_and(|p| p > trust.as_of_position) {
        return Err(Check::unknown(CheckId::Signature, "signature-trust-older")
            .with("as_of", trust.as_of_position));
    }
    Err(match body {
        None => Check::fail(CheckId::Signature, "signature-body-unknown"),
        Some(_) => Check::fail(CheckId::Signature, "signature-key-not-of-body"),
    })
}

/// The position if it can be judged by this trust list; else the reason, as `unknown`.
fn judged_position(place: &Place, trust: &TrustList, check: CheckId) -> Result<u64, Check> {
    match place.position {
        Some(position) if position <= trust.as_of_position => Ok(position),
        Some(position) => Err(Check::unknown(check, "position-beyond-trust")
            .with("position", position)
            .with("as_of", trust.as_of_position)),
        None => Err(Check::unknown(check, "position-unknown")),
    }
}

/// Check (ii).
fn accreditation(
    claims: &Disclosed,
    body: &TrustedBody,
    place: &Place,
    trust: &TrustList,
) -> Check {
    let id = CheckId::Accreditation;
    // A body may be renamed; its credit code stays. A body that signs under another's is lying.
    if claims
        .credit_code
        .is_some_and(|code| code != body.credit_code)
    {
        return Check::fail(id, "accreditation-other-body").with("body", &body.name.zh);
    }
    let covering: Vec<_> = body
        .scopes
        .iter()
        .filter(|s| s.covers(&claims.attainment, claims.region))
        .collect();
    let out_of_scope = || {
        Check::fail(id, "accreditation-out-of-scope")
            .with("occupation", &claims.attainment.name().zh)
            .with("level", claims.attainment.grade_zh())
            .with(
                "region",
                claims
                    .region_name
                    .clone()
                    .unwrap_or_else(|| claims.region.to_string()),
            )
    };
    if !place.asked && place.position.is_none() {
        // As claimed: by what holds at the trust list's own position.
        let at = trust.as_of_position;
        if covering.is_empty() {
            return out_of_scope();
        }
        let open = covering.iter().any(|s| s.stretch().holds(at));
        let suspended = body.suspensions.iter().any(|s| s.holds(at));
        return if open && !suspended {
            Check::pass(id, "accreditation-claimed").with("as_of", at)
        } else {
            Check::unknown(id, "accreditation-claimed-ended").with("as_of", at)
        };
    }
    let position = match judged_position(place, trust, id) {
        Ok(position) => position,
        Err(check) => return check,
    };
    if body.suspensions.iter().any(|s| s.holds(position)) {
        return Check::fail(id, "accreditation-suspended").with("position", position);
    }
    if covering.iter().any(|s| s.stretch().holds(position)) {
        return Check::pass(id, "accreditation-good").with("position", position);
    }
    // A scope that held once, and the authority's leave to finish this session.
    let held = covering.iter().any(|s| s.from_position <= position);
    let leave = body.run_offs.iter().any(|r| {
        claims.session.as_deref() == Some(r.session.as_str())
            && r.from_position <= position
            && r.to_position.is_none_or(|to| position < to)
    });
    if held && leave {
        return Check::pass(id, "accreditation-run-off").with("position", position);
    }
    if held && !claims.complete && claims.session.is_none() {
        // The authority's leave names the session.
        return Check::unknown(id, "accreditation-session-hidden").with("position", position);
    }
    if held {
        return Check::fail(id, "accreditation-ended").with("position", position);
    }
    out_of_scope()
}

fn key_validity(key: &TrustedKey, place: &Place, trust: &TrustList) -> Check {
    let id = CheckId::KeyValidity;
    if !place.asked && place.position.is_none() && key.to_position.is_none() {
        return Check::pass(id, "key-in-use").with("as_of", trust.as_of_position);
    }
    let position = match judged_position(place, trust, id) {
        Ok(position) => position,
        Err(check) => return check,
    };
    let check = if key.stretch().holds(position) {
        Check::pass(id, "key-good")
    } else if position < key.from_position {
        Check::fail(id, "key-too-early")
    } else {
        Check::fail(id, "key-retired")
    };
    check
        .with("position", position)
        .with("from", key.from_position)
        .with("to", key.to_position.map_or("—".into(), |p| p.to_string()))
}

/// Check (v).
fn key_compromise(key: &TrustedKey, place: &Place, trust: &TrustList) -> Check {
    let id = CheckId::KeyCompromise;
    if !place.asked && place.position.is_none() && key.compromised_from_position.is_none() {
        return Check::pass(id, "compromise-none").with("as_of", trust.as_of_position);
    }
    let position = match judged_position(place, trust, id) {
        Ok(position) => position,
        Err(check) => return check,
    };
    match key.compromised_from_position {
        None => Check::pass(id, "compromise-none").with("as_of", trust.as_of_position),
        // Whoever holds both keys puts a certificate at any place he likes.
        Some(from) if position < from && place.log_key_doubtful => {
            Check::unknown(id, "compromise-of-both").with("from", from)
        }
        Some(from) if position < from => Check::pass(id, "compromise-later").with("from", from),
        Some(from) => Check::new(id, CheckResult::Fail, "compromise-before").with("from", from),
    }
}

fn dates(claims: &Disclosed, known: &Known) -> Check {
    let today = known.now.date_in_china();
    if claims.issued_on > today {
        Check::fail(CheckId::Dates, "dates-future").with("issued", claims.issued_on)
    } else {
        Check::pass(CheckId::Dates, "dates-good").with("issued", claims.issued_on)
    }
}
