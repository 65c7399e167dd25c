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
list-page-title = Check a list
list-page-lead = Hand in a list: every certificate in it is checked, and the sheet comes back with result and reason beside each row.
list-page-link = Many certificates to check? Hand in a list
list-page-give = Choose a list
list-page-help = An xlsx or csv table with at least the columns “certificate number” (证书编号) and “name” (姓名), perhaps “last four of the document number”, and any others.
list-page-template = Download an empty list
list-page-choose = The list
list-page-check = Check
list-page-check-download = Check and download the table
list-page-rule = Number and name must match together, and the document number where the list has it. A number that does not exist and a name that does not match are answered alike.
list-page-limit = At most { $rows } rows at a time, and { $rows } rows an hour from one address.
list-page-kept = The list is not kept. Every certificate looked at leaves an entry for its holder to see.
list-page-needed = Choose a file with a list
list-page-outcome-valid = All valid
list-page-outcome-invalid = Some are invalid
list-page-outcome-unknown = Some could not be confirmed
list-page-counts = { $rows } rows: { $valid } valid, { $invalid } invalid, { $unknown } could not be checked, { $missing } not found, { $unread } not checked
list-page-download = Download the table (xlsx)
list-page-file = checked.xlsx
list-page-caption = Result of every row
list-page-row = Row
list-page-masked = Names are masked here; the table to download holds your own list, so keep it safe.
list-page-more = { $count } more rows are not listed here; the table to download has them
