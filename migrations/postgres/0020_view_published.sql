-- view_published: the newest of each signed list (trust list; revocation, suspension, details and
-- token of each status list), as published. `owner` is the stream that published it; `list` is 0
-- for the trust list. Written by the projection of the publishing events; can be rebuilt, and is,
-- for the projection's version has changed. The key makes two newest of one kind impossible.
DROP TABLE view_published;
CREATE TABLE view_published (
    kind           text COLLATE "C" NOT NULL
        CHECK (kind IN ('trust-list', 'revocation', 'suspension', 'details', 'token')),
    owner          text COLLATE "C" NOT NULL,
    list           bigint NOT NULL,
    position       bigint NOT NULL,
    as_of_position bigint NOT NULL,
    digest         bytea NOT NULL CHECK (octet_length(digest) = 32),
    document       text NOT NULL,
    PRIMARY KEY (kind, owner, list)
);
