verify-check-trust-list = Trust list
verify-check-form = Form
verify-check-signature = Body's signature
verify-check-accreditation = Body's accreditation
verify-check-inclusion = Inclusion in the ledger
verify-check-witnesses = witnesses
verify-check-status = Status
verify-check-key-validity = Key in use
verify-check-key-compromise = Key not compromised
verify-check-dates = Date of issue

verify-trust-pinned = signed with the pinned key of the authority, issued { $issued } ({ $days } days ago), up to position { $position }
verify-trust-unpinned = its signature holds, issued { $issued } ({ $days } days ago), up to position { $position }; no key of the authority was pinned, its fingerprint is { $fingerprint }
verify-trust-missing = no trust list was given
verify-trust-malformed = the file given is no trust list
verify-trust-forged = the trust list's signature is not valid
verify-trust-other-key = the trust list is not signed with the pinned key
verify-trust-stale = the trust list is too old: issued { $issued }, { $days } days ago
verify-trust-future = the trust list was issued in the future: { $issued }

verify-form-good = the form is right and nothing is added
verify-form-unreadable = the file cannot be read
verify-form-too-large = the file is too large and was not read (limit 1 MiB)
verify-form-not-json = not a certificate file: not valid JSON, perhaps damaged
verify-form-duplicate-key = refused: a name stands twice in the JSON
verify-form-unsafe-number = refused: a number that not every reader reads alike
verify-form-too-deep = refused: JSON nested too deep
verify-form-context = not a certificate of this system: its @context is another
verify-form-no-proof = it has no signature (proof)
verify-form-proof = its proof has unknown, missing or expired content
verify-form-other-suite = its proof is of another suite or purpose
verify-form-proof-context = the proof's context is not the certificate's
verify-form-key-not-issuers = the proof names a key that is not the issuer's
verify-form-other = not the form of a certificate, at { $place }
verify-form-not-sd-jwt = not a whole SD-JWT credential, perhaps damaged or cut short
verify-form-other-token = a token (JWT) of another kind, not a certificate
verify-form-spelling = refused: it is not written in the one way a certificate is
verify-form-disclosures = what is disclosed does not belong to it, or stands twice
verify-form-key-binding = it has a key binding, which no certificate here has
verify-form-not-qr = not the content of a certificate's QR code
verify-form-qr-version = a QR code of a later encoding than this program reads
verify-form-qr-digits = the content of the QR code is damaged
verify-form-qr-key = the key in the QR code is no Ed25519 key that is safe to accept

verify-signature-good = the signature of { $body } holds
verify-signature-bad = the signature does not hold: the content was changed, or another key signed
verify-signature-trust-unknown = no usable trust list, so it is not known who signed
verify-signature-trust-older = the signer is not in the trust list, which ends at position { $as_of }; use a newer one
verify-signature-body-unknown = the issuer is not in the trust list
verify-signature-key-not-of-body = the key is not a registered certificate key of the issuer

verify-accreditation-good = at position { $position } the body was accredited for this occupation, level and region
verify-accreditation-run-off = at position { $position } the scope had ended; the authority let the body finish this session
verify-accreditation-other-body = the credit code on the certificate is not that of the body that signed, { $body }
verify-accreditation-out-of-scope = the body is not accredited for { $region } { $occupation } { $level }
verify-accreditation-ended = at position { $position } this accreditation of the body had ended
verify-accreditation-session-hidden = at position { $position } this accreditation of the body had ended; whether the session had leave to finish cannot be told, since it is not disclosed
verify-accreditation-suspended = at position { $position } the body was suspended or withdrawn
verify-accreditation-claimed = as of position { $as_of } the body is accredited; the place in the log was not checked
verify-accreditation-claimed-ended = as of position { $as_of } the accreditation has ended or is suspended; without a proof it is not known whether it held at issue

verify-inclusion-good = in the log { $origin } at position { $position }, recorded { $time } (checkpoint of { $size } entries)
verify-inclusion-no-proof = no proof of inclusion (.tlog-proof)
verify-inclusion-not-asked = not asked for
verify-inclusion-malformed = the proof of inclusion is malformed
verify-inclusion-checkpoint = the proof's checkpoint is not signed by the log
verify-inclusion-log-key-void = the proof's checkpoint is signed by a key of the log declared compromised from position { $from }: void. A genuine certificate is proved anew when it is downloaded again
verify-inclusion-log-key-compromised = the proof's checkpoint is signed by a key of the log declared compromised from position { $from }; this certificate stands before: get a newer proof
verify-inclusion-log-key-retired = the proof's checkpoint is signed by a key that the log retired at position { $to }
verify-inclusion-log-key-early = the proof's checkpoint is signed by a key that came into use only at position { $from }
verify-inclusion-log-key-unknown = the proof's checkpoint is signed by a key of the log that this trust list (as of position { $as_of }) does not know: use a newer trust list
verify-inclusion-path = the proof does not lead to the checkpoint
verify-inclusion-entry = the proof is of another credential
verify-witnesses-good = the checkpoint is cosigned by { $count } witnesses ({ $witnesses }), last at { $time }, as the policy asks
verify-witnesses-too-few = only { $count } witnesses of the policy have cosigned the checkpoint, which is too few; a newer proof may have more
verify-witnesses-no-checkpoint = there is no checkpoint to judge
verify-witnesses-forged = a signature in the name of a witness or log does not hold
verify-witnesses-other-log = the checkpoint is of no log of the policy

verify-status-good = as of { $as_of } the certificate is in force
verify-status-good-reissued = as of { $as_of } the certificate is in force; reissued, the newest is issue { $issue }
verify-status-suspended = as of { $as_of } the certificate is suspended
verify-status-suspended-why = as of { $as_of } the certificate is suspended: { $ground }
verify-status-ended = as of { $as_of } the certificate has ended
verify-status-superseded = corrected; superseded by { $successor } ({ $on }): { $ground }
verify-status-revoked = revoked (撤销, { $on }): { $ground }
verify-status-cancelled = cancelled (注销, { $on }): { $ground }
verify-status-forfeited = forfeited (吊销, { $on }): { $ground }
verify-status-voided = voided (作废, { $on }): { $ground }
verify-status-trust-unknown = no usable trust list, so no status list can be checked
verify-status-missing = no status list of this certificate was given
verify-status-malformed = the status list is malformed
verify-status-forged = the status list's signature is not valid
verify-status-other-key = the status list is not signed with an active status key of the body
verify-status-stale = the status list is too old: as of { $as_of }, good until { $until }
verify-status-future = the status list is from the future: { $as_of }

verify-key-good = at position { $position } the key was in use
verify-key-in-use = as of position { $as_of } the key is in use
verify-key-too-early = logged at position { $position }, the key came into use at { $from }
verify-key-retired = logged at position { $position }, the key was retired at { $to }

verify-compromise-none = as of position { $as_of } no compromise of the key is declared
verify-compromise-later = the key is declared compromised from position { $from }; this certificate was logged before
verify-compromise-before = the key is declared compromised from position { $from }; this certificate was logged after
verify-compromise-of-both = the key is declared compromised from position { $from }, and so is the log's key that vouches for the place: get a newer proof

verify-dates-good = issued on { $issued }
verify-dates-future = the date of issue { $issued } has not come

verify-position-unknown = without a good proof of inclusion its place in the log is not known
verify-position-beyond-trust = logged at position { $position }, the trust list ends at { $as_of }; use a newer one

verify-no-files = no credential files found
verify-line = { $title }: { $detail }
verify-no-such-file = cannot read { $file }
verify-certificate = { $name}, { $occupation }, { $level }, number { $number }, { $body }, { $issued }
verify-not-disclosed = not disclosed
