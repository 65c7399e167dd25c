province-bodies = { $count } bodies registered, with scope and keys
province-round = assessed on { $day }: { $sessions } sessions, { $certificates } certificates so far
province-backgrounds = recorded { $works } works, { $studies } studies, { $titles } titles
province-trainings = recorded { $count } completed trainings
province-lives = { $count } certificates revoked, cancelled, forfeited, voided, suspended, reinstated, corrected or reissued
province-standing = { $count } bodies suspended, then reinstated or withdrawn
province-published = { $count } status and trust lists published
province-done = { $seconds } s, peak memory { $memory } MiB, database { $database } MiB; the ledger is in { $dir }
