-- checkpoint: one row per signed checkpoint of the transparency log, for ever. Written only by the
-- sequencer's compare-and-swap, before the checkpoint is published. It cannot be rebuilt: it is
-- what was signed. The keys make two checkpoints of one size, and two successors of one
-- checkpoint, impossible.
CREATE TABLE checkpoint (
    tree_size     bigint PRIMARY KEY,
    previous_size bigint NOT NULL UNIQUE CHECK (previous_size >= 0),
    note          text NOT NULL,
    signed_at     bigint NOT NULL,
    chain         bytea NOT NULL CHECK (octet_length(chain) = 32),
    CHECK (tree_size > previous_size)
);

CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('checkpoint: what was signed is never changed');
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('checkpoint: what was signed is never deleted');

-- log_tile: one row per tile of the tree (C2SP tlog-tiles, height 8): up to 256 hashes of 32
-- bytes; level 0 holds the leaf hashes. Written with the checkpoint that needs it. It can be
-- rebuilt from the events. The key makes two tiles at one place impossible, the trigger a tile
-- that forgets a hash.
CREATE TABLE log_tile (
    level      smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
    tile_index bigint NOT NULL CHECK (tile_index >= 0),
    hashes     bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192
                   AND octet_length(hashes) % 32 = 0),
    PRIMARY KEY (level, tile_index)
);

CREATE FUNCTION log_tile_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'log_tile: a tile only grows';
END $$;
CREATE TRIGGER log_tile_only_grows BEFORE UPDATE ON log_tile FOR EACH ROW
    WHEN (NEW.level <> OLD.level OR NEW.tile_index <> OLD.tile_index
        OR substr(NEW.hashes, 1, octet_length(OLD.hashes)) <> OLD.hashes)
    EXECUTE FUNCTION log_tile_only_grows();
CREATE TRIGGER log_tile_no_delete BEFORE DELETE OR TRUNCATE ON log_tile
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('log_tile: a tile is never deleted');
