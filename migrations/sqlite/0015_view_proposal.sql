-- view_proposal: one row per proposal of a maker (经办) and what became of it. Accounts are
-- pseudonyms. Written by the projection of proposal events; can be rebuilt. The key makes two
-- outcomes of one proposal impossible.
CREATE TABLE view_proposal (
    proposal         BLOB PRIMARY KEY CHECK (length(proposal) = 16),
    stream           TEXT NOT NULL,
    act              TEXT NOT NULL,
    digest           BLOB NOT NULL CHECK (length(digest) = 32),
    state            TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected')),
    made_by          BLOB NOT NULL CHECK (length(made_by) = 16),
    expires_at       INTEGER NOT NULL,
    decided_by       BLOB CHECK (length(decided_by) = 16),
    reason           TEXT,
    position         INTEGER NOT NULL,
    decided_position INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX view_proposal_open ON view_proposal (position) WHERE state = 'open';
CREATE INDEX view_proposal_stream ON view_proposal (stream, position);

-- view_published: the newest of each signed list (trust list; revocation, suspension and details
-- of each status list), as published. `owner` is the stream that published it; `list` is 0 for the
-- trust list. Written by the projection of the publishing events; can be rebuilt. The key makes
-- two newest of one kind impossible.
CREATE TABLE view_published (
    kind           TEXT NOT NULL CHECK (kind IN ('trust-list', 'revocation', 'suspension', 'details')),
    owner          TEXT NOT NULL,
    list           INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    as_of_position INTEGER NOT NULL,
    digest         BLOB NOT NULL CHECK (length(digest) = 32),
    document       TEXT NOT NULL,
    PRIMARY KEY (kind, owner, list)
) STRICT, WITHOUT ROWID;
