-- ledger: the one row that says which ledger this database is. Written once, by create. It cannot
-- be rebuilt: every chain begins with it. The key makes a second ledger in one database impossible.
CREATE TABLE ledger (
    one       smallint PRIMARY KEY CHECK (one = 1),
    ledger_id uuid NOT NULL
);

-- refuse: what the triggers of tables that are for ever say; the reason is the trigger's argument.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('ledger: the id of a ledger never changes');
CREATE TRIGGER ledger_no_delete BEFORE DELETE OR TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('ledger: the id of a ledger is never deleted');

-- head: the end of each of the three hash chains (events, checkpoints, access journal): how many
-- rows it has, its last chain value, the time of its last row. Written in the commit that adds the
-- rows. Derivable from them; kept so that a chain cut short is seen, and as the lock and the
-- compare-and-swap of every append: whoever writes to a chain holds its row, so that positions are
-- gapless and in the order of commits however many processes write. The key makes two ends of one
-- chain impossible.
CREATE TABLE head (
    chain_name text PRIMARY KEY CHECK (chain_name IN ('event', 'checkpoint', 'journal')),
    position   bigint NOT NULL CHECK (position >= 0),
    chain      bytea NOT NULL CHECK (octet_length(chain) = 32),
    at         bigint NOT NULL
) WITH (fillfactor = 10);

CREATE FUNCTION head_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'head: a chain only grows';
END $$;
CREATE TRIGGER head_only_forward BEFORE UPDATE ON head FOR EACH ROW
    WHEN (NEW.chain_name <> OLD.chain_name OR NEW.position <= OLD.position OR NEW.at < OLD.at)
    EXECUTE FUNCTION head_only_forward();
CREATE TRIGGER head_no_delete BEFORE DELETE OR TRUNCATE ON head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('head: a chain keeps its end');

-- event: one row per fact, for ever. Written only by the store's append. Losing it is losing the
-- ledger. The key (stream_id, stream_version) makes two writers' same next fact impossible; the
-- insert trigger makes a gap in the positions impossible.
CREATE TABLE event (
    position       bigint PRIMARY KEY CHECK (position >= 1),
    stream_id      text COLLATE "C" NOT NULL,
    stream_version bigint NOT NULL CHECK (stream_version >= 1),
    event_id       uuid NOT NULL UNIQUE,
    event_type     text NOT NULL,
    schema_version integer NOT NULL CHECK (schema_version BETWEEN 1 AND 65535),
    recorded_at    bigint NOT NULL,
    actor          uuid NOT NULL,
    command_id     uuid NOT NULL,
    request_digest bytea NOT NULL CHECK (octet_length(request_digest) = 32),
    causation      uuid,
    payload        bytea NOT NULL,
    payload_digest bytea NOT NULL CHECK (octet_length(payload_digest) = 32),
    chain          bytea NOT NULL CHECK (octet_length(chain) = 32),
    UNIQUE (stream_id, stream_version)
);

-- Judged once a statement: a statement's rows are one unbroken run after the last position.
CREATE FUNCTION event_gapless() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first bigint;
    last  bigint;
    many  bigint;
BEGIN
    SELECT min(position), max(position), count(*) INTO first, last, many FROM added;
    IF many > 0 AND (last - first + 1 <> many
        OR (first > 1 AND NOT EXISTS (SELECT 1 FROM event WHERE position = first - 1))) THEN
        RAISE EXCEPTION 'event: positions are gapless';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER event_gapless AFTER INSERT ON event REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION event_gapless();
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('event: an event is never changed');
CREATE TRIGGER event_no_delete BEFORE DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('event: an event is never deleted');

-- command: one row per command that had an effect, with the positions it took. Written in the
-- statement that writes its events; derivable from them. The key makes two effects of one command
-- impossible.
CREATE TABLE command (
    command_id     uuid PRIMARY KEY,
    request_digest bytea NOT NULL CHECK (octet_length(request_digest) = 32),
    first_position bigint NOT NULL,
    last_position  bigint NOT NULL,
    CHECK (first_position <= last_position)
);

CREATE TRIGGER command_no_update BEFORE UPDATE ON command
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('command: a command has one effect');
CREATE TRIGGER command_no_delete BEFORE DELETE OR TRUNCATE ON command
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('command: a command is never forgotten');

-- reservation: one row per key taken for ever (a certificate number, say) and the event that took
-- it. Written in the statement that writes that event; derivable from it. The key makes two owners
-- of one certificate number impossible.
CREATE TABLE reservation (
    key      text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL
);
CREATE INDEX reservation_position ON reservation (position);

CREATE TRIGGER reservation_no_update BEFORE UPDATE ON reservation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('reservation: a key is taken for ever');
CREATE TRIGGER reservation_no_delete BEFORE DELETE OR TRUNCATE ON reservation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('reservation: a key is taken for ever');
