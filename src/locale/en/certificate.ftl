## Kinds of certificates and their numbers

reject-attainment-twice = a level or item is counted twice
    .rule = rule of this ledger: an issue counts each level or item once
    .need = one count for it
reject-attainments-disagree = what is issued is not what is counted
    .rule = rule of this ledger: what is judged is what is counted
    .need = the same on both sides
reject-not-numbered = the number grammar { $grammar } does not number this kind of certificate
    .rule = number grammars apply by kind of certificate and level
    .need = a grammar in the catalogue for this kind and level
reject-item-outside-scope = item { $item } is outside the body's scope
    .rule = special and micro skills are filed by item (国就劳发〔2025〕4号, 13)
    .need = a scope that names the item
reject-numbers-exhausted = only { $left } serials of the number grammar { $grammar } are left this year
    .rule = the number rule: six digits of serial by body, year and level
    .need = another site sequence, or the next year
reject-grammar-overlaps = it could make the same number as the grammar { $grammar }
    .rule = rule of this ledger: a number tells its kind and belongs to one certificate
    .need = a fixed part or level code that tells the kinds apart
reject-certificate-twin-of-itself = a certificate is not its own twin
    .rule = rule of this ledger: one assessment with two certificates gives two different ones
    .need = the number of the other certificate
reject-certificate-twin-unfit = only a level certificate and an enterprise certificate come from one assessment together
    .rule = one assessment, two certificates (Zhejiang, draft of 2025, 19); special and micro skill certificates stand alone
    .need = a level certificate and an enterprise certificate, issued together
reject-certificate-not-twin = the two certificates are not of one assessment
    .rule = rule of this ledger: only the two certificates of one person and session end together
    .need = the other certificate of the same assessment
reject-certificate-recognition-decides = the authority awarded this level by recognition (比照认定): the issuing body neither revokes nor forfeits its certificate
    .rule = rule of this ledger: who awards a level withdraws it; the certificate is revoked with the recognition
    .need = the authority withdraws the recognition; for the document alone, a suspension, 注销 or 作废
reject-certificate-not-of-recognition = this certificate was not issued on that recognition
    .rule = rule of this ledger: only the certificate issued on a recognition ends with it
    .need = the certificate this session issued to this person
reject-work-type-unasked = this certificate states no work type
    .rule = only level certificates state a work type (人社职司便函〔2020〕17号)
    .need = a correction of something else

group-number = Certificate number grammars

# Items without a level
reject-item-not-listed = the catalogue of the day of assessment does not list item { $item }, has ended it, or lists it otherwise
    .rule = 专项职业能力 and 微技能 are assessed as the published catalogue of items lists them (rows 57, 58)
    .need = an edition that lists the item, or an item that is listed
reject-specification-differs = the catalogue puts this item under specification { $code } ({ $edition })
    .rule = an assessment names the 专项职业能力考核规范 it is held under (国就劳发〔2025〕4号, 13)
    .need = the code and edition that the catalogue names
reject-item-over-before-it-begins = the last day of item { $item } is before the first day of the edition
    .rule = rule of this ledger: an item is assessed from the first day of its edition to its last
    .need = another last day
cli-passport-micro-skills = micro-skills of occupation { $occupation }: { $held } held ({ $names }), { $open } more in the catalogue; no number of them is a level

reject-appointment-certificate-unnamed = the policy of appointment cancels the certificate with the post: name the certificate of this appointment
    .rule = policy of appointment (the edition the catalogue adopted): what becomes of the certificate at the end
    .need = the number of the certificate; it is cancelled once a checker approves
reject-appointment-certificate-stays = no certificate ends with this appointment: by the policy it stays, or none was issued
    .rule = policy of appointment (the edition the catalogue adopted): what becomes of the certificate at the end
    .need = no certificate number; a cancellation for another reason is proposed by itself

# What a checker should know
consequence-twin-ends = two certificates of one assessment: the other one, { $number }, is { $end ->
    [forfeited] forfeited
   *[revoked] revoked
 } too
consequence-hours-count-no-more = the hours of this class no longer count for eligibility
consequence-teachers-unbound = the teachers of this class ({ $number }) need no longer stand back because of it
consequence-level-to-review = the level of occupation { $occupation } ({ $by }) is listed as to be reviewed
consequence-certificate-ends = the certificate issued on this recognition, { $number }, is revoked too
consequence-level-withdrawn = the level awarded is withdrawn too
cli-proposal-shown = proposal { $id }: { $act }; to be approved before { $until }
cli-proposal-about = about certificate { $number }
cli-proposal-ground = ground: { $ground }; basis: { $basis }
cli-proposal-also = note: { $words }
act-end-certificate = end a certificate ({ $end ->
    [revoked] revoke
    [cancelled] cancel
    [forfeited] forfeit
   *[voided] void
 })
act-suspend-certificate = suspend a certificate
act-reinstate-certificate = reinstate a certificate
act-strike-training = strike a training that was not so
act-correct-certificate = correct a certificate
act-confirm-results = confirm results
act-compromise-key = declare a key compromised
act-other = an act of weight

# Levels in question
reject-award-questioned-already = this level is in question already
    .rule = rule of this ledger: one question about a level at a time
    .need = a finding on the question that is open
reject-award-not-questioned = no question about this level waits for a finding
    .rule = rule of this ledger: a finding answers a question, and two people make it
    .need = a question first; where there is a certificate, its revocation
reject-award-finding-not-yet = the day of the finding, { $on }, has not come
    .rule = rule of this ledger: nothing takes effect before its day
    .need = approval on that day or later
reject-award-certificate-unnamed = this level has a certificate: name it; the level is withdrawn with it
    .rule = rule of this ledger: a level that has a certificate is withdrawn by revoking the certificate
    .need = the number of the certificate of that assessment
reject-award-certificate-unasked = no certificate was issued for this level, or the finding upholds it: no number is wanted
    .rule = rule of this ledger: a level without a certificate is withdrawn by the finding itself
    .need = no certificate number
passport-worker-award-questioned = level in question
passport-worker-award-upheld = level upheld
act-uphold-award = finding: the level stands
act-withdraw-award = finding: the level is withdrawn
