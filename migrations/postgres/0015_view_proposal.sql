-- view_proposal: one row per proposal of a maker (经办) and what became of it. Accounts are
-- pseudonyms. Written by the projection of proposal events; can be rebuilt. The key makes two
-- outcomes of one proposal impossible.
CREATE TABLE view_proposal (
    proposal         uuid PRIMARY KEY,
    stream           text COLLATE "C" NOT NULL,
    act              text NOT NULL,
    digest           bytea NOT NULL CHECK (octet_length(digest) = 32),
    state            text NOT NULL CHECK (state IN ('open', 'approved', 'rejected')),
    made_by          uuid NOT NULL,
    expires_at       bigint NOT NULL,
    decided_by       uuid,
    reason           text,
    position         bigint NOT NULL,
    decided_position bigint
);
CREATE INDEX view_proposal_open ON view_proposal (position) WHERE state = 'open';
CREATE INDEX view_proposal_stream ON view_proposal (stream, position);

-- view_published: the newest of each signed list (trust list; revocation, suspension and details
-- of each status list), as published. `owner` is the stream that published it; `list` is 0 for the
-- trust list. Written by the projection of the publishing events; can be rebuilt. The key makes
-- two newest of one kind impossible.
CREATE TABLE view_published (
    kind           text COLLATE "C" NOT NULL CHECK (kind IN ('trust-list', 'revocation', 'suspension', 'details')),
    owner          text COLLATE "C" NOT NULL,
    list           bigint NOT NULL,
    position       bigint NOT NULL,
    as_of_position bigint NOT NULL,
    digest         bytea NOT NULL CHECK (octet_length(digest) = 32),
    document       text NOT NULL,
    PRIMARY KEY (kind, owner, list)
);
