-- view_register: one row per state of one registered thing (a card, a competition, a recognition,
-- …) between two positions [from_position, to_position); the open one is what holds now. `kind`
-- says what sort of thing, `key` which one, `owner` whose (empty: nobody's). Written by the
-- projection of every stream that has registers; can be rebuilt. The keys make two states of one
-- thing at one position impossible, and two that hold now.
CREATE TABLE view_register (
    kind          text COLLATE "C" NOT NULL,
    key           text COLLATE "C" NOT NULL,
    from_position bigint NOT NULL,
    to_position   bigint CHECK (to_position > from_position),
    owner         text COLLATE "C" NOT NULL,
    data          text NOT NULL,
    PRIMARY KEY (kind, key, from_position)
);
CREATE UNIQUE INDEX view_register_now ON view_register (kind, key) WHERE to_position IS NULL;
CREATE INDEX view_register_owner ON view_register (kind, owner, key, from_position);
