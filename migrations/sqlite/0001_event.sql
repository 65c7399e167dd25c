-- ledger: the one row that says which ledger this file is. Written once, by create. It cannot
-- be rebuilt: every chain begins with it. The key makes a second ledger in one file impossible.
CREATE TABLE ledger (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    ledger_id BLOB NOT NULL CHECK (length(ledger_id) = 16)
) STRICT;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger: the id of a ledger never changes'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger: the id of a ledger is never deleted'); END;

-- head: the end of each of the three hash chains (events, checkpoints, access journal): how many
-- rows it has, its last chain value, the time of its last row. Written in the commit that adds the
-- rows. Derivable from them; kept so that a chain cut short is seen, and as the compare-and-swap
-- of every append. The key makes two ends of one chain impossible.
CREATE TABLE head (
    chain_name TEXT PRIMARY KEY CHECK (chain_name IN ('event', 'checkpoint', 'journal')),
    position   INTEGER NOT NULL CHECK (position >= 0),
    chain      BLOB NOT NULL CHECK (length(chain) = 32),
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER head_only_forward BEFORE UPDATE ON head
WHEN NEW.chain_name <> OLD.chain_name OR NEW.position <= OLD.position OR NEW.at < OLD.at
BEGIN SELECT RAISE(ABORT, 'head: a chain only grows'); END;
CREATE TRIGGER head_no_delete BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'head: a chain keeps its end'); END;

-- event: one row per fact, for ever. Written only by the store's append. Losing it is losing the
-- ledger. The key (stream_id, stream_version) makes two writers' same next fact impossible; the
-- insert trigger makes a gap in the positions impossible.
CREATE TABLE event (
    position       INTEGER PRIMARY KEY CHECK (position >= 1),
    stream_id      TEXT NOT NULL,
    stream_version INTEGER NOT NULL CHECK (stream_version >= 1),
    event_id       BLOB NOT NULL UNIQUE CHECK (length(event_id) = 16),
    event_type     TEXT NOT NULL,
    schema_version INTEGER NOT NULL CHECK (schema_version BETWEEN 1 AND 65535),
    recorded_at    INTEGER NOT NULL,
    actor          BLOB NOT NULL CHECK (length(actor) = 16),
    command_id     BLOB NOT NULL CHECK (length(command_id) = 16),
    request_digest BLOB NOT NULL CHECK (length(request_digest) = 32),
    causation      BLOB CHECK (length(causation) = 16),
    payload        BLOB NOT NULL,
    payload_digest BLOB NOT NULL CHECK (length(payload_digest) = 32),
    chain          BLOB NOT NULL CHECK (length(chain) = 32),
    UNIQUE (stream_id, stream_version)
) STRICT;

CREATE TRIGGER event_gapless BEFORE INSERT ON event
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM event)
BEGIN SELECT RAISE(ABORT, 'event: positions are gapless'); END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event: an event is never changed'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event: an event is never deleted'); END;

-- command: one row per command that had an effect, with the positions it took. Written in the
-- commit of its events; derivable from them. The key makes two effects of one command impossible.
CREATE TABLE command (
    command_id     BLOB PRIMARY KEY CHECK (length(command_id) = 16),
    request_digest BLOB NOT NULL CHECK (length(request_digest) = 32),
    first_position INTEGER NOT NULL UNIQUE REFERENCES event (position),
    last_position  INTEGER NOT NULL UNIQUE REFERENCES event (position),
    CHECK (first_position <= last_position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER command_no_update BEFORE UPDATE ON command
BEGIN SELECT RAISE(ABORT, 'command: a command has one effect'); END;
CREATE TRIGGER command_no_delete BEFORE DELETE ON command
BEGIN SELECT RAISE(ABORT, 'command: a command is never forgotten'); END;

-- reservation: one row per key taken for ever (a certificate number, say) and the event that took
-- it. Written in the commit of that event; derivable from it. The key makes two owners of one
-- certificate number impossible.
CREATE TABLE reservation (
    key      TEXT PRIMARY KEY,
    position INTEGER NOT NULL REFERENCES event (position)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_position ON reservation (position);

CREATE TRIGGER reservation_no_update BEFORE UPDATE ON reservation
BEGIN SELECT RAISE(ABORT, 'reservation: a key is taken for ever'); END;
CREATE TRIGGER reservation_no_delete BEFORE DELETE ON reservation
BEGIN SELECT RAISE(ABORT, 'reservation: a key is taken for ever'); END;
