-- access_journal: one row per look at a person's data: when, who, why, whose, about which event.
-- Pseudonyms and positions only. Written before the data is opened. It cannot be rebuilt. The key
-- and the trigger make a gap, and so a row taken out, impossible.
CREATE TABLE access_journal (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
    at       INTEGER NOT NULL,
    actor    BLOB CHECK (length(actor) = 16),
    kind     TEXT NOT NULL,
    subject  BLOB CHECK (length(subject) = 16),
    position INTEGER CHECK (position >= 1),
    chain    BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;
CREATE INDEX access_journal_subject ON access_journal (subject, sequence);

CREATE TRIGGER access_journal_gapless BEFORE INSERT ON access_journal
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM access_journal)
BEGIN SELECT RAISE(ABORT, 'access_journal: a look is never skipped'); END;
CREATE TRIGGER access_journal_no_update BEFORE UPDATE ON access_journal
BEGIN SELECT RAISE(ABORT, 'access_journal: a look is never changed'); END;
CREATE TRIGGER access_journal_no_delete BEFORE DELETE ON access_journal
BEGIN SELECT RAISE(ABORT, 'access_journal: a look is never deleted'); END;
