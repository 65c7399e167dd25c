-- view_position: one row, what the view tables are true at: the last position applied, the chain
-- value of that event, and which version of the projections made them. Written only by the
-- projection runner, in the commit of the changes it speaks of. Rebuilt with the views. The key
-- makes two answers to "true at" impossible.
CREATE TABLE view_position (
    projection TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,
    position   INTEGER NOT NULL CHECK (position >= 0),
    chain      BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT, WITHOUT ROWID;

-- view_authority: one row, who keeps this ledger. Written by the projection of
-- authority.established; can be rebuilt. The key makes two authorities of one ledger impossible.
CREATE TABLE view_authority (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    ledger       BLOB NOT NULL CHECK (length(ledger) = 16),
    jurisdiction TEXT NOT NULL,
    host         TEXT NOT NULL,
    name_zh      TEXT NOT NULL,
    name_en      TEXT,
    region       TEXT NOT NULL,
    position     INTEGER NOT NULL
) STRICT;
