-- access_journal: one row per look at a person's data: when, who, why, whose, about which event.
-- Pseudonyms and positions only. Written before the data is opened. It cannot be rebuilt. The key
-- and the trigger make a gap, and so a row taken out, impossible.
CREATE TABLE access_journal (
    sequence bigint PRIMARY KEY CHECK (sequence >= 1),
    at       bigint NOT NULL,
    actor    uuid,
    kind     text NOT NULL,
    subject  uuid,
    position bigint CHECK (position >= 1),
    chain    bytea NOT NULL CHECK (octet_length(chain) = 32)
);
CREATE INDEX access_journal_subject ON access_journal (subject, sequence);

CREATE FUNCTION access_journal_gapless() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM access_journal) THEN
        RAISE EXCEPTION 'access_journal: a look is never skipped';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_journal_gapless BEFORE INSERT ON access_journal
    FOR EACH ROW EXECUTE FUNCTION access_journal_gapless();
CREATE TRIGGER access_journal_no_update BEFORE UPDATE ON access_journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('access_journal: a look is never changed');
CREATE TRIGGER access_journal_no_delete BEFORE DELETE OR TRUNCATE ON access_journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('access_journal: a look is never deleted');
