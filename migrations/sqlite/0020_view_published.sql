-- view_published: the newest of each signed list (trust list; revocation, suspension, details and
-- token of each status list), as published. `owner` is the stream that published it; `list` is 0
-- for the trust list. Written by the projection of the publishing events; can be rebuilt, and is,
-- for the projection's version has changed. The key makes two newest of one kind impossible.
DROP TABLE view_published;
CREATE TABLE view_published (
    kind           TEXT NOT NULL
        CHECK (kind IN ('trust-list', 'revocation', 'suspension', 'details', 'token')),
    owner          TEXT NOT NULL,
    list           INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    as_of_position INTEGER NOT NULL,
    digest         BLOB NOT NULL CHECK (length(digest) = 32),
    document       TEXT NOT NULL,
    PRIMARY KEY (kind, owner, list)
) STRICT, WITHOUT ROWID;
