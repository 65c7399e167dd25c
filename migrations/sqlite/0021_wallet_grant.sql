-- wallet_grant: one row per code of a credential offer, and per access token that a wallet got for
-- one, until it has passed: which issue of which certificate it fetches. Written and deleted by the
-- use cases of wallets; no event, in no chain, not copied out; it cannot be rebuilt and need not be.
-- `digest` and `tx_code` are digests: who reads them can fetch nothing. The key makes two grants of
-- one code impossible.
CREATE TABLE wallet_grant (
    digest     BLOB PRIMARY KEY CHECK (length(digest) = 32),
    kind       TEXT NOT NULL CHECK (kind IN ('code', 'token')),
    number     TEXT NOT NULL,
    issue      INTEGER NOT NULL CHECK (issue >= 1),
    tx_code    BLOB CHECK (length(tx_code) = 32),
    wrong      INTEGER NOT NULL CHECK (wrong >= 0),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wallet_grant_expires_at ON wallet_grant (expires_at);
