-- checkpoint: one row per signed checkpoint of the transparency log, for ever. Written only by the
-- sequencer's compare-and-swap, before the checkpoint is published. It cannot be rebuilt: it is
-- what was signed. The keys make two checkpoints of one size, and two successors of one
-- checkpoint, impossible.
CREATE TABLE checkpoint (
    tree_size     INTEGER PRIMARY KEY,
    previous_size INTEGER NOT NULL UNIQUE CHECK (previous_size >= 0),
    note          TEXT NOT NULL,
    signed_at     INTEGER NOT NULL,
    chain         BLOB NOT NULL CHECK (length(chain) = 32),
    CHECK (tree_size > previous_size)
) STRICT;

CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint: what was signed is never changed'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint: what was signed is never deleted'); END;

-- log_tile: one row per tile of the tree (C2SP tlog-tiles, height 8): up to 256 hashes of 32
-- bytes; level 0 holds the leaf hashes. Written with the checkpoint that needs it. It can be
-- rebuilt from the events. The key makes two tiles at one place impossible, the trigger a tile
-- that forgets a hash.
CREATE TABLE log_tile (
    level      INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
    tile_index INTEGER NOT NULL CHECK (tile_index >= 0),
    hashes     BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (level, tile_index)
) STRICT;

CREATE TRIGGER log_tile_only_grows BEFORE UPDATE ON log_tile
WHEN NEW.level <> OLD.level OR NEW.tile_index <> OLD.tile_index
    OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes
BEGIN SELECT RAISE(ABORT, 'log_tile: a tile only grows'); END;
CREATE TRIGGER log_tile_no_delete BEFORE DELETE ON log_tile
BEGIN SELECT RAISE(ABORT, 'log_tile: a tile is never deleted'); END;
