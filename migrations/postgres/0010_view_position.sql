-- view_position: one row, what the view tables are true at: the last position applied, the chain
-- value of that event, and which version of the projections made them. Written only by the
-- projection runner, in the commit of the changes it speaks of. Rebuilt with the views. The key
-- makes two answers to "true at" impossible.
CREATE TABLE view_position (
    projection text COLLATE "C" PRIMARY KEY,
    version    bigint NOT NULL,
    position   bigint NOT NULL CHECK (position >= 0),
    chain      bytea NOT NULL CHECK (octet_length(chain) = 32)
) WITH (fillfactor = 10);

-- view_authority: one row, who keeps this ledger. Written by the projection of
-- authority.established; can be rebuilt. The key makes two authorities of one ledger impossible.
CREATE TABLE view_authority (
    one          bigint PRIMARY KEY CHECK (one = 1),
    ledger       uuid NOT NULL,
    jurisdiction text NOT NULL,
    host         text NOT NULL,
    name_zh      text NOT NULL,
    name_en      text,
    region       text NOT NULL,
    position     bigint NOT NULL
);
