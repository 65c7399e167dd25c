-- vault_row, while a ledger is being restored from an archive: rows come in the version they had.
-- A database is a ledger once the row of `ledger` is there, which a restore writes last.
CREATE OR REPLACE FUNCTION vault_row_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.subject <> OLD.subject OR NEW.field <> OLD.field
            OR NEW.version <> OLD.version + 1 THEN
            RAISE EXCEPTION 'vault_row: versions are gapless';
        END IF;
    ELSIF NEW.version <> 1 AND EXISTS (SELECT 1 FROM ledger) AND NOT EXISTS
        (SELECT 1 FROM vault_row WHERE subject = NEW.subject AND field = NEW.field) THEN
        RAISE EXCEPTION 'vault_row: versions are gapless';
    END IF;
    RETURN NEW;
END $$;
