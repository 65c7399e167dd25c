## Proposals
reject-proposal-taken = this proposal id was used before
reject-proposal-unknown = there is no such proposal
reject-proposal-expired = the proposal has expired; its maker must propose again
reject-proposal-same-person = the maker of a proposal cannot approve it
reject-proposal-digest-differs = what was approved is not what was proposed
reject-proposal-already-decided = the proposal was approved or turned down before
reject-proposal-wrong-act = this act cannot be proposed here
reject-act-not-yet = its day, { $on }, has not come; it can be approved then

## Text
domain-field = { $field ->
    [ground] ground
    [basis] basis
    [reason] reason
    [site] site
    [session-code] session number
    [standard-code] code of the standard
    [standard-edition] edition of the standard
    [work-type] work type
    [speciality] speciality
    [amendment] amendment
    [resource] resource
    [version] version
    [developer] developer
    [title] title
    [title-series] title series
    [awarded-by] awarded by
    [issuer] issuer
    [certificate-name] certificate name
    [grade] grade
    [corrected] corrected field
    [name] name
    [name-en] English name
    [class] class
    [course] course
    [source] source
    [edition] edition
    [host] host
    [jurisdiction] jurisdiction
    [key-id] key id
    [public-key] public key
    [possession] proof of possession
    [rule] rule id
    [citation] citation
    [condition] condition
    [template] template
    [comparison] code of the comparison row
    [title-code] title code
    [honour] honour
   *[other] { $field }
}
reject-text-missing = the { domain-field } is required
reject-text-too-long = the { domain-field } has more than { $most } characters
reject-text-unprintable = the { domain-field } holds line breaks, control characters or marks of writing direction
reject-text-personal = the { domain-field } holds what looks like an identity or phone number; events hold no personal data

## Sessions
reject-session-not-opened = there is no such session
reject-session-already-opened = the session is already open
reject-session-no-levels = a session assesses at least one level
reject-level-twice = level { $level } is named twice
reject-occupation-differs = the catalogue entry is not the session's occupation { $occupation }
reject-occupation-without-levels = occupation { $occupation } is outside main groups 3 to 6 and has no level certificates
reject-level-not-open = the national standard of this occupation does not open level { $level }
reject-work-type-unknown = the catalogue lists no such work type for this occupation
reject-examiner-twice = an examiner is named twice
reject-results-confirmed = the results are confirmed and no longer change
reject-session-not-yet-assessed = the day of assessment, { $assessed_on }, has not come
reject-nothing-to-import = there is no row to take in
reject-rows-disagree = more rows were taken than the sheet has
reject-too-many-candidates = a session holds at most { $most } candidates
reject-worker-twice = this candidate already has a result in the session
reject-level-outside-session = level { $level } is not assessed in this session
reject-marks-incomplete = a required component has no mark (theory, skill; review at levels 2 and 1)
reject-verdict-differs = the result is not what the marks come to (each component at 60 or more)
reject-self-assessment = an examiner cannot be a candidate of the same session
reject-no-results = there are no results to confirm
reject-proposal-changed = the results changed after they were proposed; propose them again
reject-results-not-confirmed = the results are not confirmed yet
reject-notice-already-started = the public notice has begun
reject-notice-dates-disagree = the days of the notice contradict each other or begin before the assessment
reject-notice-not-started = the results must be on public notice before the session closes
reject-notice-running = the public notice runs; the session may close from { $closes_on }
reject-session-already-closed = the session is closed
reject-session-not-closed = certificates are issued after the session closes
reject-issue-before-close = the date of issue is before the close on { $closed_on }
reject-nobody-passed = nobody passed, so nothing is issued
reject-issue-count-differs = one certificate for each who passed: { $passed }
reject-session-already-issued = the certificates of this session are issued

## Bodies
reject-body-not-registered = there is no such body
reject-body-already-registered = the body is already registered
reject-body-assesses-nobody = a training provider assesses nobody
reject-body-suspended = the body is suspended since { $since }
reject-body-withdrawn = the body's qualification was withdrawn on { $since }
reject-body-already-suspended = the body is suspended already
reject-body-not-suspended = the body is not suspended
reject-number-code-unfit = the codes do not fit the grammar of certificate numbers
reject-number-letter-unfit = the letter belongs to another kind of body (Y employer, S social assessor)
reject-number-code-unchanged = the body has these codes already
reject-number-code-missing = no number codes are assigned to the body
reject-grant-taken = this scope id was used before
reject-scope-empty = a scope names occupations, levels and regions, each once
reject-level-not-certified = no level certificate exists for { $level } (人社部发〔2022〕14号)
reject-dates-disagree = the last day is before the first
reject-grant-unknown = there is no such scope, or it has ended
reject-occupation-outside-scope = occupation { $occupation } is outside the body's scope
reject-level-outside-scope = level { $level } is outside the body's scope for this occupation
reject-region-outside-scope = region { $region } is outside the body's scope
reject-scope-not-begun = the scope begins on { $from }
reject-scope-expired = the scope ended on { $on }; to finish an open session the authority must grant a run-off
reject-run-off-taken = a run-off is already granted for this session
reject-run-off-unknown = there is no run-off for this session
reject-key-taken = this key id or public key was used before; a key has one purpose
reject-key-purpose-unknown = a key cannot have this purpose here
reject-key-unknown = there is no such key
reject-key-not-active = the key is out of use
reject-key-last-status = this is the last status key in use; bring another into use first
reject-key-already-compromised = the key was declared compromised from that position or an earlier one
reject-position-invalid = positions begin at 1
reject-key-missing = no { $purpose } key is in use
reject-status-list-out-of-order = status lists are numbered in order; the next is { $next }
reject-status-list-size = a status list has 131072 entries, not { $size }
reject-status-list-seed-taken = this seed was used before
reject-status-list-unknown = there is no such status list
reject-status-list-goes-back = the published list reflects position { $position } and does not go back
reject-status-list-empty = a published list is empty
reject-status-list-missing = no status list is open
reject-status-list-full = only { $left } status indices are left; open another list first
reject-nothing-to-issue = there is nothing to issue
reject-date-before = the date may not be before { $earliest }

## Certificates
reject-certificate-not-issued = there is no such certificate
reject-certificate-already-issued = the certificate was issued; a lost one is reissued
reject-certificate-supersedes-itself = a certificate does not correct itself
reject-certificate-ended = the certificate was { $end } and that is final; a mistake is mended by issuing a new, linked one
reject-certificate-superseded = a correction took its place; act on the new number
reject-certificate-already-suspended = the certificate is suspended already
reject-certificate-not-suspended = the certificate is not suspended
reject-certificate-suspended = a suspended certificate is neither reissued nor corrected
reject-successor-missing = a correction needs the new certificate number
reject-successor-unasked = only a correction has a new certificate number
reject-nothing-corrected = a correction names the fields it corrects
reject-correction-changes-award = a correction does not change body, session, holder, occupation or level
reject-too-many-reissues = the certificate cannot be reissued any more

## The authority
reject-ledger-not-established = the ledger has not begun
reject-ledger-already-established = the ledger has begun already
reject-jurisdiction-unknown = the jurisdiction is DEMO or a division code that covers the authority's region
reject-host-invalid = this is no host name (lower-case letters, digits, hyphens)
reject-key-last = this is the last key of its purpose in use; bring another into use first
reject-other-jurisdiction = the rule is another jurisdiction's
reject-calendar-unsound = the calendar of { $year } is unsound: holidays are its weekdays, workdays its weekend days, each once
reject-calendar-missing = the working days of { $year } are not loaded
reject-notice-too-long = a public notice has at most { $most } working days
reject-notice-policy-missing = no notice period is set for { $date }
reject-trust-list-goes-back = the published trust list reflects position { $position } and does not go back
reject-trust-list-empty = the trust list is empty

## The catalogue
reject-edition-taken = this edition is adopted already
reject-edition-empty = the edition is empty
reject-edition-too-large = an edition has at most { $most } entries
reject-occupation-twice = occupation { $occupation } is listed twice
reject-grammar-unsound = the number grammar is incomplete: body, year, serial and, for levels, the level; 8 to 40 characters
reject-grammar-taken = a grammar of this name and first day is adopted already
reject-rule-twice = rule { $rule } is listed twice
reject-rule-dates-disagree = the last day of rule { $rule } is before its first

## Accounts
reject-account-not-opened = there is no such account
reject-account-already-opened = the account is open already
reject-account-closed = the account is closed
reject-account-roles-unsound = an account has at least one role, each once
reject-account-body-missing = a body's role belongs to a body
reject-account-body-unasked = the authority's roles belong to no body
reject-account-makes-and-checks = one account either makes or checks, never both
reject-account-auditor-acts = an auditor has no other role
reject-account-token-unchanged = the new token is the old one

## Workers
reject-worker-not-enrolled = there is no such worker
reject-worker-already-enrolled = the worker is enrolled already
reject-nothing-sealed = nothing was sealed
reject-level-already-awarded = this session already awarded the worker a level
reject-level-not-awarded = this session awarded the worker no level
reject-level-already-withdrawn = the level is withdrawn already
reject-end-keeps-level = a certificate that is { $end } ends the document, not the level
reject-training-no-hours = a training has class hours
reject-training-not-over = the training is not over
reject-training-twice = the completion of this class is recorded already
reject-record-twice = this record stands already
    .rule = rule of this ledger: a fact is recorded once
    .need = another fact, or the old record struck first
reject-record-unknown = no such record stands
    .rule = rule of this ledger: only a standing record can be struck
    .need = the id of a standing record
reject-record-ahead = it has not happened yet; it may be recorded from { $earliest }
    .rule = rule of this ledger: nothing is recorded ahead of its day
    .need = to record it on { $earliest } or later
reject-employer-disagrees = work for others names the employer, work on one's own names none
    .rule = rule of this ledger: relation and employer agree
    .need = the employer's unified social credit code, or none for the self-employed
reject-outside-level-unfit = only a certificate of level or a vocational qualification states a skill level
    .rule = 人社部发〔2022〕14号: other certificates are no skill levels
    .need = to leave the level out, and to apply for recognition where it is wanted
reject-evidence-missing = a checked fact has evidence, by digest, 50 pieces at most
    .rule = rule of this ledger: what is recorded can be shown
    .need = the digest of at least one piece of evidence
