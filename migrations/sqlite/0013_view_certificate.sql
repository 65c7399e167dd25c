-- view_certificate: one row per certificate (证书), by its number, with its state today. The holder
-- is a pseudonym. Written by the projection of certificate events; can be rebuilt. The keys make
-- one number for two certificates, and one place in a status list for two, impossible.
CREATE TABLE view_certificate (
    number             TEXT PRIMARY KEY,
    certificate        BLOB NOT NULL UNIQUE CHECK (length(certificate) = 16),
    body               BLOB NOT NULL CHECK (length(body) = 16),
    session            BLOB NOT NULL CHECK (length(session) = 16),
    worker             BLOB NOT NULL CHECK (length(worker) = 16),
    occupation         TEXT NOT NULL,
    occupation_name_zh TEXT NOT NULL,
    occupation_name_en TEXT,
    work_type          TEXT,
    level              TEXT NOT NULL,
    standard           TEXT NOT NULL,
    region             TEXT NOT NULL,
    assessed_on        TEXT NOT NULL,
    issued_on          TEXT NOT NULL,
    issue              INTEGER NOT NULL CHECK (issue >= 1),
    state              TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'superseded',
                           'revoked', 'cancelled', 'forfeited', 'voided')),
    since              TEXT NOT NULL,
    ground             TEXT,
    basis              TEXT,
    successor          TEXT,
    supersedes         TEXT,
    list               INTEGER NOT NULL,
    list_index         INTEGER NOT NULL,
    key_id             TEXT NOT NULL,
    position           INTEGER NOT NULL,
    last_position      INTEGER NOT NULL,
    UNIQUE (body, list, list_index)
) STRICT;
CREATE INDEX view_certificate_session ON view_certificate (session, number);
CREATE INDEX view_certificate_worker ON view_certificate (worker, position);
-- What a status list says anything of: everything but an active first issue.
CREATE INDEX view_certificate_status ON view_certificate (body, list, list_index)
    WHERE state <> 'active' OR issue > 1;

-- view_credential: one row per signed document of a certificate, by the SHA-256 of its canonical
-- unsigned form, with the position of the event that logged it: where its inclusion proof is
-- found. The document itself is in the vault. Written by the projection of certificate events; can
-- be rebuilt. The key makes one document for two certificates impossible.
CREATE TABLE view_credential (
    credential BLOB PRIMARY KEY CHECK (length(credential) = 32),
    number     TEXT NOT NULL,
    issue      INTEGER NOT NULL CHECK (issue >= 1),
    issued_on  TEXT NOT NULL,
    reason     TEXT,
    key_id     TEXT NOT NULL,
    position   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX view_credential_number ON view_credential (number, issue);
