# The event store: what it could not do
store-locked = Another process writes to this ledger: { $holder }
store-newer-schema = The database has schema { $found }, this program knows up to { $known }: use the newer program
store-older-schema = The database has schema { $found }, this program needs { $known }: open it once for writing
store-exists = The file exists already: { $path }
store-missing = The file does not exist: { $path }
store-not-a-ledger = The file is no ledger, or its creation was not finished
store-pragma = The database did not accept { $pragma }; it says { $found }
store-read-only = This ledger is open for reading only
store-busy = Busy, retry after { $milliseconds } ms; nothing was written
store-malformed-batch = Program error: the batch is not well formed; nothing was written
store-vault-version = Somebody else has changed this person's data: read it again and retry
store-unknown-subject = The vault does not know this person
store-corrupt = Table { $table }, { $row }: column { $column } cannot be read; run audit
store-stopped = Writing has stopped since { $since }: { $cause }. What was acknowledged is stored; mend the cause and restart
store-engine = The database failed: { $detail }
store-file = The file system failed: { $path }: { $detail }
