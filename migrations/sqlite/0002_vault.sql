-- vault_subject: one row per person the vault knows, by pseudonym, with the person's wrapped data
-- key. Written in the commit that first speaks of the person, deleted by erasure. It cannot be
-- rebuilt: without the key the person's rows are noise. The unique blind index makes two
-- pseudonyms for one identity document impossible. `digest` covers the other columns.
CREATE TABLE vault_subject (
    subject     BLOB PRIMARY KEY CHECK (length(subject) = 16),
    wrapped_key BLOB NOT NULL,
    blind_index BLOB UNIQUE CHECK (length(blind_index) = 32),
    digest      BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT, WITHOUT ROWID;

-- vault_row: the sealed personal data of one person, one row per field, in its newest version.
-- Written in the commit of the event that names its digest, deleted by erasure. It cannot be
-- rebuilt. The key makes two current values of one field impossible, the reference a row without
-- its person's key.
CREATE TABLE vault_row (
    subject    BLOB NOT NULL REFERENCES vault_subject (subject),
    field      TEXT NOT NULL,
    version    INTEGER NOT NULL CHECK (version >= 1),
    nonce      BLOB NOT NULL CHECK (length(nonce) = 24),
    ciphertext BLOB NOT NULL,
    PRIMARY KEY (subject, field)
) STRICT;

CREATE TRIGGER vault_row_first_version BEFORE INSERT ON vault_row
WHEN NEW.version <> 1 AND NOT EXISTS
    (SELECT 1 FROM vault_row WHERE subject = NEW.subject AND field = NEW.field)
BEGIN SELECT RAISE(ABORT, 'vault_row: versions are gapless'); END;
CREATE TRIGGER vault_row_next_version BEFORE UPDATE ON vault_row
WHEN NEW.subject <> OLD.subject OR NEW.field <> OLD.field OR NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'vault_row: versions are gapless'); END;
