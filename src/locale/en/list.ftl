# The check of a list
list-result-valid = valid
list-result-invalid = invalid
list-result-unknown = could not check
list-result-not-found = not found
list-result-unread = not checked
list-reason-not-found = no certificate matches this row in number and name (and document number) together; compare with the certificate itself; for certificates of other ledgers or of older kinds, ask whoever issued them
list-number-length = the number has { $found } characters, and no rule makes numbers of that length
list-number-part = the number breaks the rule for certificate numbers: { $part ->
    [kind-letter] it does not begin with the letter of a kind of body
    [body-code] the body's code should be digits
    [province] the province code is no province
    [site-sequence] the body's sequence should be digits
    [year] the year should be digits
    [level] the level's code is no level
    [item] the item's code does not fit
    [serial] the serial at the end should be digits, not all zero
   *[other] a fixed part differs
}
list-same-number = the number is the same as in row { $row }
list-column-result = Result
list-column-reason = Reason
list-column-state = State
list-column-level = Level
list-column-occupation = Occupation
list-column-body = Issuing body
list-column-issued-on = Issued on
list-column-checked-at = Checked at
list-column-position = Log position

cli-list-row = row { $row }: { $result }  { $reason }
cli-list-more = … { $count } more rows; --out and --json have them all
cli-list-summary = { $rows } rows: { $valid } valid, { $invalid } invalid, { $unknown } could not be checked, { $missing } not found, { $unread } not checked; as of entry { $position } of the ledger, checked at { $time } (Beijing time)
cli-list-written = written: { $file }
