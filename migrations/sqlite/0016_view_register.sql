-- view_register: one row per state of one registered thing (a card, a competition, a recognition,
-- …) between two positions [from_position, to_position); the open one is what holds now. `kind`
-- says what sort of thing, `key` which one, `owner` whose (empty: nobody's). Written by the
-- projection of every stream that has registers; can be rebuilt. The keys make two states of one
-- thing at one position impossible, and two that hold now.
CREATE TABLE view_register (
    kind          TEXT NOT NULL,
    key           TEXT NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER CHECK (to_position > from_position),
    owner         TEXT NOT NULL,
    data          TEXT NOT NULL,
    PRIMARY KEY (kind, key, from_position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX view_register_now ON view_register (kind, key) WHERE to_position IS NULL;
CREATE INDEX view_register_owner ON view_register (kind, owner, key, from_position);
