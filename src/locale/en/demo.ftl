demo-title = skill-ledger demo, directory { $dir }
demo-step = { $step }. { $words } ({ $ms } ms)
demo-init = The authority begins a ledger: a maker, a checker, a trust key, a log key
demo-register = One assessment body and one training provider registered; scope over { $occupations } occupations × levels 5 to 1, number codes and keys granted
demo-import = Results sheet { $file }: { $rows } rows, { $accepted } taken, { $refused } refused, { $enrolled } persons enrolled
demo-confirm = Session { $session }: proposed by the maker (who may not approve himself: { $code }), approved by the checker, notice of { $days } working days, closed; { $passed } passed, { $failed } failed, { $absent } absent
demo-issue = Session { $session }: { $count } certificates issued, { $first } to { $last }, each with its proof
demo-publish = Trust list, DID documents and status lists published and exported ({ $count } new)
demo-verify = { $all } verified offline, { $valid } valid; one of them:
demo-coats = one certificate in { $count } forms, written to coats/ and verified offline, { $valid } valid:
demo-lives = One each revoked, cancelled, forfeited, voided; two suspended, one of them reinstated; one corrected; one reissued; { $count } documents published anew; verified again:
demo-life = { "" }     { $number }  { $outcome }  { $status }
demo-passport = A training recorded; the passport of that worker ({ $count } entries):
demo-recognise = Put against the recognition rules ({ $count } apply):
demo-rebuild = Views rebuilt from nothing to position { $position }, { $differences } differences
demo-audit = Audit: { $events } events, { $problems } problems
demo-tamper = Somebody turns one failed result into a passed one in a copy of the database; the audit names { $count } places:
demo-files = Files are in { $dir }: certificates/ with proofs, coats/ with one in every form, public/ trust list and more, sheets/, ledger.sqlite and keys/
demo-next = 
    Try next:
    { "  " }skill-ledger verify { $file } --trust { $trust }
    { "  " }skill-ledger audit --data { $ledger }
    { "  " }skill-ledger serve --data { $ledger } --passphrase-file { $ledger }/passphrase
face-title = 职业技能等级证书   Vocational Skill Level Certificate
face-name = Name{ "        " }
face-document = Document{ "    " }
face-occupation = Occupation{ "  " }
face-work-type = Work type{ "   " }
face-level = Level{ "       " }
face-number = Number{ "      " }
face-body = Body{ "        " }
face-region = Region{ "      " }
face-assessed = Assessed on{ " " }
face-issued = Issued on{ "   " }
