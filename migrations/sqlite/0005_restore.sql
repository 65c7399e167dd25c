-- vault_row, while a ledger is being restored from an archive: rows come in the version they had.
-- A database is a ledger once the row of `ledger` is there, which a restore writes last.
DROP TRIGGER vault_row_first_version;
CREATE TRIGGER vault_row_first_version BEFORE INSERT ON vault_row
WHEN NEW.version <> 1 AND NOT EXISTS
    (SELECT 1 FROM vault_row WHERE subject = NEW.subject AND field = NEW.field)
    AND EXISTS (SELECT 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'vault_row: versions are gapless'); END;
