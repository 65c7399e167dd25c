## Proposals
reject-proposal-taken = this proposal id was used before
    .rule = rule of this ledger: an id is used once
    .need = another id
reject-proposal-unknown = there is no such proposal
    .rule = rule of this ledger: only a proposal that stands is answered
    .need = the id of a standing proposal
reject-proposal-expired = the proposal has expired; its maker must propose again
    .rule = rule of this ledger: a proposal is answered in time
    .need = the maker to propose anew
reject-proposal-same-person = the maker of a proposal cannot approve it
    .rule = rule of this ledger: an act of weight takes two people
    .need = another person to check
reject-proposal-digest-differs = what was approved is not what was proposed
    .rule = rule of this ledger: maker and checker put their names to the same content
    .need = the digest that the proposal shows
reject-proposal-already-decided = the proposal was approved or turned down before
    .rule = rule of this ledger: a proposal is answered once
    .need = a new proposal
reject-proposal-wrong-act = this act cannot be proposed here
    .rule = rule of this ledger: each act is proposed on what it is about
    .need = to propose it where it belongs
reject-act-not-yet = its day, { $on }, has not come; it can be approved then
    .rule = rule of this ledger: an act takes effect on its day, not before
    .need = to approve it on { $on } or later

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
    [ecosystem] name of the ecosystem
    [task] task
    [conclusion] conclusion
    [condition] condition
    [template] template
    [comparison] code of the comparison row
    [title-code] title code
    [honour] honour
   *[other] { $field }
}
reject-text-missing = the { domain-field } is required
    .rule = rule of this ledger: this text is needed
    .need = to fill it in
reject-text-too-long = the { domain-field } has more than { $most } characters
    .rule = rule of this ledger: texts are bounded
    .need = at most { $most } characters
reject-text-unprintable = the { domain-field } holds line breaks, control characters or marks of writing direction
    .rule = rule of this ledger: a text is one line that can be seen
    .need = to take the invisible characters out
reject-text-personal = the { domain-field } holds what looks like an identity or phone number; events hold no personal data
    .rule = Personal Information Protection Law, article 6; rule of this ledger: events hold no personal data
    .need = to take document and telephone numbers out

## Sessions
reject-session-not-opened = there is no such session
    .rule = rule of this ledger: a session is opened first
    .need = the id of an opened session
reject-session-already-opened = the session is already open
    .rule = rule of this ledger: one id, one session
    .need = another id
reject-session-no-levels = a session assesses at least one level
    .rule = rule of this ledger: a session names its levels
    .need = at least one level
reject-level-twice = level { $level } is named twice
    .rule = rule of this ledger: a level is named once
    .need = each level once
reject-occupation-differs = the catalogue entry is not the session's occupation { $occupation }
    .rule = 职业分类大典: an occupation is as the catalogue has it
    .need = the catalogue's entry of that code
reject-occupation-without-levels = occupation { $occupation } is outside main groups 3 to 6 and has no level certificates
    .rule = 职业分类大典 2022; a provincial notice of 2026-02-05: levels exist in main groups 3 to 6
    .need = an occupation of main groups 3 to 6
reject-level-not-open = the national standard of this occupation does not open level { $level }
    .rule = the national standard of the occupation
    .need = a level that the standard opens
reject-work-type-unknown = the catalogue lists no such work type for this occupation
    .rule = 职业分类大典: work types belong to occupations
    .need = a work type the catalogue lists
reject-examiner-twice = an examiner is named twice
    .rule = rule of this ledger: an examiner is named once
    .need = each examiner once
reject-results-confirmed = the results are confirmed and no longer change
    .rule = rule of this ledger: confirmed results stand
    .need = another session, or correction or revocation of a certificate
reject-session-not-yet-assessed = the day of assessment, { $assessed_on }, has not come
    .rule = rule of this ledger: results are of what has taken place
    .need = to import on { $assessed_on } or later
reject-nothing-to-import = there is no row to take in
    .rule = rule of this ledger: an import has content
    .need = at least one row that may be taken
reject-rows-disagree = more rows were taken than the sheet has
    .rule = rule of this ledger: counts agree with the sheet
    .need = to import the sheet as it is
reject-too-many-candidates = a session holds at most { $most } candidates
    .rule = rule of this ledger: sessions are bounded
    .need = sessions of at most { $most } candidates
reject-worker-twice = this candidate already has a result in the session
    .rule = rule of this ledger: one result a person and session
    .need = each candidate once
reject-level-outside-session = level { $level } is not assessed in this session
    .rule = rule of this ledger: results are of the session's levels
    .need = a level of this session, or another session
reject-marks-incomplete = a required component has no mark (theory, skill; review at levels 2 and 1)
    .rule = national standards, ways of assessment
    .need = a mark of every required component
reject-verdict-differs = the result is not what the marks come to (each component at 60 or more)
    .rule = national standards: each component at 60 or more
    .need = a result that follows from the marks
reject-self-assessment = who examines, reviews, invigilates or supervises cannot be a candidate of the same session
    .rule = national standards: examiners stand back from their own
    .need = another examiner, or another session
reject-no-results = there are no results to confirm
    .rule = rule of this ledger: there is something to confirm
    .need = to import results first
reject-proposal-changed = the results changed after they were proposed; propose them again
    .rule = rule of this ledger: maker and checker put their names to the same content
    .need = to propose the confirmation anew
reject-results-not-confirmed = the results are not confirmed yet
    .rule = rule of this ledger: results are confirmed by two people before the notice
    .need = to confirm the results first
reject-notice-already-started = the public notice has begun
    .rule = rule of this ledger: a notice begins once
    .need = to wait until the notice is over
reject-notice-dates-disagree = the days of the notice contradict each other or begin before the assessment
    .rule = Civil Code, article 201; the notice policy
    .need = dates in order, not before the assessment
reject-notice-not-started = the results must be on public notice before the session closes
    .rule = rule of this ledger: results are shown in public notice
    .need = to begin the notice first
reject-notice-running = the public notice runs; the session may close from { $closes_on }
    .rule = the notice policy; Civil Code, article 201
    .need = to close on { $closes_on } or later
reject-session-already-closed = the session is closed
    .rule = rule of this ledger: a session closes once
    .need = nothing more
reject-session-not-closed = certificates are issued after the session closes
    .rule = rule of this ledger: certificates come after the close
    .need = to close the session first
reject-issue-before-close = the date of issue is before the close on { $closed_on }
    .rule = rule of this ledger: nothing is issued before the close
    .need = a date not before { $closed_on }
reject-nobody-passed = nobody passed, so nothing is issued
    .rule = rule of this ledger: certificates are for those who passed
    .need = at least one who passed
reject-issue-count-differs = one certificate for each who passed: { $passed }
    .rule = rule of this ledger: one certificate for everybody who passed
    .need = { $passed } certificates
reject-session-already-issued = the certificates of this session are issued
    .rule = rule of this ledger: a session issues once
    .need = a reissue or a correction

## Bodies
reject-body-not-registered = there is no such body
    .rule = rule of this ledger: a body is registered first
    .need = the credit code of a registered body
reject-body-already-registered = the body is already registered
    .rule = rule of this ledger: a body is registered once
    .need = nothing more
reject-body-assesses-nobody = a training provider assesses nobody
    .rule = 四川 action plan 2025–2027, 十: training and assessment are apart
    .need = an assessment body
reject-body-suspended = the body is suspended since { $since }
    .rule = rule of this ledger: a suspended body neither assesses nor issues
    .need = reinstatement first
reject-body-withdrawn = the body's qualification was withdrawn on { $since }
    .rule = 国就劳发〔2025〕4号 十八: qualification withdrawn
    .need = another assessment body
reject-body-already-suspended = the body is suspended already
    .rule = rule of this ledger: a body is suspended once at a time
    .need = nothing more
reject-body-not-suspended = the body is not suspended
    .rule = rule of this ledger: only a suspended body is reinstated
    .need = a suspended body
reject-number-code-unfit = the codes do not fit the grammar of certificate numbers
    .rule = the rule of certificate numbers
    .need = codes that fit the rule
reject-number-letter-unfit = the letter belongs to another kind of body (Y employer, S social assessor)
    .rule = the rule of certificate numbers: kind letter
    .need = Y for an employer, S for a social assessor
reject-number-code-unchanged = the body has these codes already
    .rule = rule of this ledger: an assignment changes something
    .need = another code
reject-number-code-missing = no number codes are assigned to the body
    .rule = the rule of certificate numbers
    .need = codes assigned by the authority
reject-grant-taken = this scope id was used before
    .rule = rule of this ledger: an id is used once
    .need = another id
reject-scope-empty = a scope names occupations, levels and regions, each once
    .rule = filing of assessment bodies: occupations, levels, regions
    .need = at least one of each, none twice
reject-level-not-certified = no level certificate exists for { $level } (人社部发〔2022〕14号)
    .rule = 人社部发〔2022〕14号
    .need = levels 5 to 1; the two highest by appointment
reject-dates-disagree = the last day is before the first
    .rule = rule of this ledger: an end is not before its beginning
    .need = dates in order
reject-grant-unknown = there is no such scope, or it has ended
    .rule = rule of this ledger: only a standing scope is acted on
    .need = the id of a standing scope
reject-occupation-outside-scope = occupation { $occupation } is outside the body's scope
    .rule = the filed scope: occupations
    .need = a scope for this occupation from the authority
reject-level-outside-scope = level { $level } is outside the body's scope for this occupation
    .rule = the filed scope: levels
    .need = a scope for this level from the authority
reject-region-outside-scope = region { $region } is outside the body's scope
    .rule = the filed scope: regions
    .need = a scope for this region from the authority
reject-scope-not-begun = the scope begins on { $from }
    .rule = the filed scope: first day
    .need = to act on { $from } or later
reject-scope-expired = the scope ended on { $on }; to finish an open session the authority must grant a run-off
    .rule = the filed scope: last day
    .need = a new scope, or a run-off of the authority
reject-run-off-taken = a run-off is already granted for this session
    .rule = rule of this ledger: one run-off a session
    .need = nothing more
reject-run-off-unknown = there is no run-off for this session
    .rule = rule of this ledger: only a standing run-off ends
    .need = a session with a run-off
reject-key-taken = this key id or public key was used before; a key has one purpose
    .rule = rule of this ledger: a key has one purpose
    .need = a new key
reject-key-purpose-unknown = a key cannot have this purpose here
    .rule = rule of this ledger: purposes of keys are fixed
    .need = one of the known purposes
reject-key-unknown = there is no such key
    .rule = rule of this ledger: only a registered key is acted on
    .need = the id of a registered key
reject-key-not-active = the key is out of use
    .rule = rule of this ledger: a key out of use stays so
    .need = a key in use
reject-key-last-status = this is the last status key in use; bring another into use first
    .rule = rule of this ledger: status lists can be signed on
    .need = a new status key first
reject-key-already-compromised = the key was declared compromised from that position or an earlier one
    .rule = rule of this ledger: a compromise is only widened
    .need = an earlier position
reject-position-invalid = positions begin at 1
    .rule = rule of this ledger: positions begin at 1
    .need = a position of 1 or more
reject-key-missing = no { $purpose } key is in use
    .rule = rule of this ledger: signing needs a key in use
    .need = to bring a key into use first
reject-status-list-out-of-order = status lists are numbered in order; the next is { $next }
    .rule = W3C Bitstring Status List 1.0; rule of this ledger: lists are numbered in order
    .need = list { $next }
reject-status-list-size = a status list has 131072 entries, not { $size }
    .rule = W3C Bitstring Status List 1.0, section 6.1
    .need = 131,072 entries
reject-status-list-seed-taken = this seed was used before
    .rule = rule of this ledger: a seed is used once
    .need = a new seed
reject-status-list-unknown = there is no such status list
    .rule = rule of this ledger: a list is opened first
    .need = the number of an open list
reject-status-list-goes-back = the published list reflects position { $position } and does not go back
    .rule = rule of this ledger: published lists only go on
    .need = a list as of { $position } or later
reject-status-list-empty = a published list is empty
    .rule = rule of this ledger: what is published has content
    .need = the signed list
reject-status-list-missing = no status list is open
    .rule = rule of this ledger: certificates need a status list
    .need = to open a status list first
reject-status-list-full = only { $left } status indices are left; open another list first
    .rule = rule of this ledger: one entry a certificate
    .need = to open a new list ({ $left } left)
reject-nothing-to-issue = there is nothing to issue
    .rule = rule of this ledger: there is something to issue
    .need = at least one who passed
reject-date-before = the date may not be before { $earliest }
    .rule = rule of this ledger: facts are in the order of their days
    .need = a date not before { $earliest }

## Certificates
reject-certificate-not-issued = there is no such certificate
    .rule = rule of this ledger: only an issued certificate is acted on
    .need = the number of an issued certificate
reject-certificate-already-issued = the certificate was issued; a lost one is reissued
    .rule = the rule of certificate numbers: one certificate, one number
    .need = a reissue
reject-certificate-supersedes-itself = a certificate does not correct itself
    .rule = rule of this ledger: a correction has a new number
    .need = a new number
reject-certificate-ended = the certificate was { $end } and that is final; a mistake is mended by issuing a new, linked one
    .rule = rule of this ledger: an end is final
    .need = to issue anew, linked, if the end was wrong
reject-certificate-superseded = a correction took its place; act on the new number
    .rule = rule of this ledger: the successor stands in its place
    .need = to act on the new certificate
reject-certificate-already-suspended = the certificate is suspended already
    .rule = rule of this ledger: a certificate is suspended once at a time
    .need = nothing more
reject-certificate-not-suspended = the certificate is not suspended
    .rule = rule of this ledger: only a suspended certificate is reinstated
    .need = a suspended certificate
reject-certificate-suspended = a suspended certificate is neither reissued nor corrected
    .rule = rule of this ledger: a suspended certificate is neither reissued nor corrected
    .need = to reinstate it first
reject-successor-missing = a correction needs the new certificate number
    .rule = rule of this ledger: a correction has a successor
    .need = the new number
reject-successor-unasked = only a correction has a new certificate number
    .rule = rule of this ledger: only a correction has a successor
    .need = no new number
reject-nothing-corrected = a correction names the fields it corrects
    .rule = rule of this ledger: a correction says what
    .need = at least one field
reject-correction-changes-award = a correction does not change body, session, holder, occupation or level
    .rule = rule of this ledger: what was assessed is no matter of correction
    .need = revocation, and another assessment
reject-too-many-reissues = the certificate cannot be reissued any more
    .rule = rule of this ledger: reissues are bounded
    .need = to void it and issue anew

## The authority
reject-ledger-not-established = the ledger has not begun
    .rule = rule of this ledger: a ledger is established first
    .need = to run init first
reject-ledger-already-established = the ledger has begun already
    .rule = rule of this ledger: a ledger is established once
    .need = nothing more
reject-jurisdiction-unknown = the jurisdiction is DEMO or a division code that covers the authority's region
    .rule = GB/T 2260; rule of this ledger: the jurisdiction
    .need = DEMO, or a code that covers the authority's region
reject-host-invalid = this is no host name (lower-case letters, digits, hyphens)
    .rule = the did:web specification
    .need = a host name of lower-case letters, digits, hyphens and dots
reject-key-succession = a key of the log takes over by a note of the one in use; only the first has none
    .rule = rule of this ledger: a new key of the log is signed over by the one in use
    .need = the note by which the key in use hands over
reject-log-keys-in-use = the log has a key in use and its successor already; at most { $most }
    .rule = rule of this ledger: at most two keys of the log in use at once
    .need = retire the older one first
reject-key-last = this is the last key of its purpose in use; bring another into use first
    .rule = rule of this ledger: every purpose keeps a key in use
    .need = a new key first
reject-other-jurisdiction = the rule is another jurisdiction's
    .rule = rule of this ledger: rules are by jurisdiction
    .need = a rule of this jurisdiction or of the whole country
reject-calendar-unsound = the calendar of { $year } is unsound: holidays are its weekdays, workdays its weekend days, each once
    .rule = the State Council's yearly notice of holidays
    .need = a calendar as the notice has it
reject-calendar-missing = the working days of { $year } are not loaded
    .rule = the State Council's yearly notice of holidays
    .need = to load the calendar of { $year }
reject-notice-too-long = a public notice has at most { $most } working days
    .rule = the notice policy
    .need = at most { $most } working days
reject-notice-policy-missing = no notice period is set for { $date }
    .rule = notice policies are by jurisdiction and date
    .need = to set the notice first
reject-trust-list-goes-back = the published trust list reflects position { $position } and does not go back
    .rule = rule of this ledger: published lists only go on
    .need = a list as of { $position } or later
reject-trust-list-empty = the trust list is empty
    .rule = rule of this ledger: what is published has content
    .need = the signed list

## The catalogue
reject-edition-taken = this edition is adopted already
    .rule = rule of this ledger: an edition is adopted once
    .need = another name
reject-edition-empty = the edition is empty
    .rule = rule of this ledger: an edition has content
    .need = at least one entry
reject-edition-too-large = an edition has at most { $most } entries
    .rule = rule of this ledger: editions are bounded
    .need = at most { $most } entries
reject-occupation-twice = occupation { $occupation } is listed twice
    .rule = 职业分类大典: one code, one occupation
    .need = each occupation once
reject-grammar-unsound = the number grammar is incomplete: body, year, serial and, for levels, the level; 8 to 40 characters
    .rule = the rule of certificate numbers: numbers are distinct
    .need = body, year and serial, and the level for level certificates
reject-grammar-taken = a grammar of this name and first day is adopted already
    .rule = rule of this ledger: grammars of one name differ by their first day
    .need = another first day
reject-rule-twice = rule { $rule } is listed twice
    .rule = rule of this ledger: a rule stands once
    .need = each rule once
reject-rule-dates-disagree = the last day of rule { $rule } is before its first
    .rule = rule of this ledger: an end is not before its beginning
    .need = dates in order

## Accounts
reject-account-not-opened = there is no such account
    .rule = rule of this ledger: an account is opened first
    .need = an open account
reject-account-already-opened = the account is open already
    .rule = rule of this ledger: an account is opened once
    .need = nothing more
reject-account-closed = the account is closed
    .rule = rule of this ledger: a closed account stays closed
    .need = another account
reject-account-roles-unsound = an account has at least one role, each once
    .rule = rule of this ledger: an account has roles
    .need = at least one role, none twice
reject-account-body-missing = a body's role belongs to a body
    .rule = rule of this ledger: a body's role belongs to a body
    .need = to name the body
reject-account-body-unasked = the authority's roles belong to no body
    .rule = rule of this ledger: the authority's role belongs to no body
    .need = no body
reject-account-makes-and-checks = one account either makes or checks, never both
    .rule = rule of this ledger: maker and checker are two people
    .need = two accounts
reject-account-auditor-acts = an auditor has no other role
    .rule = rule of this ledger: an auditor changes nothing
    .need = an account that only audits
reject-account-token-unchanged = the new token is the old one
    .rule = rule of this ledger: a replaced token is new
    .need = a new token

## Workers
reject-worker-not-enrolled = there is no such worker
    .rule = rule of this ledger: a worker is enrolled first
    .need = the id of an enrolled worker
reject-worker-already-enrolled = the worker is enrolled already
    .rule = rule of this ledger: a person is enrolled once
    .need = the record that stands
reject-nothing-sealed = nothing was sealed
    .rule = rule of this ledger: an enrolment seals the person's data
    .need = the sealed data
reject-level-already-awarded = this session already awarded the worker a level
    .rule = rule of this ledger: a session awards a person once
    .need = nothing more
reject-level-not-awarded = this session awarded the worker no level
    .rule = rule of this ledger: only an awarded level is withdrawn
    .need = the session that awarded it
reject-level-already-withdrawn = the level is withdrawn already
    .rule = rule of this ledger: a level is withdrawn once
    .need = nothing more
reject-end-keeps-level = a certificate that is { $end } ends the document, not the level
    .rule = administrative law: 注销 and 作废 end the document only
    .need = 撤销 or 吊销, to withdraw the level
reject-training-no-hours = a training has class hours
    .rule = rule of this ledger: a training has class hours
    .need = hours above zero
reject-training-not-over = the training is not over
    .rule = rule of this ledger: a completion is recorded when it is over
    .need = to record it on its last day or later
reject-training-twice = the completion of this class is recorded already
    .rule = rule of this ledger: one completion a person, provider and class
    .need = nothing more
reject-training-unknown = no completed training of that provider and class stands
    .rule = rule of this ledger: only a completion that stands is struck
    .need = the right training provider and class
reject-training-strike-not-yet = the day of the decision to strike, { $on }, has not come
    .rule = rule of this ledger: a training is struck from the day of the decision on
    .need = approval on that day or later
reject-record-twice = the id of this record has been used
    .rule = rule of this ledger: an id of a record is used once, also after the record was struck
    .need = a new id
reject-fact-recorded-twice = the same work, study, title or certificate stands already
    .rule = rule of this ledger: a fact is recorded once, so that it neither counts nor is recognised twice
    .need = another fact; if the old record is wrong, strike it first
reject-work-ended-already = this work has its last day already
    .rule = rule of this ledger: work ends once
    .need = work that goes on; if the last day is wrong, strike the record and record it anew
reject-study-graduation-not-expected = study that goes on has no day on which graduation is expected
    .rule = rule of this ledger: conditions of application ask who studies and who graduates this year
    .need = the day graduation is expected, or the day of graduation
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
