-- view_certificate: one row per certificate (证书), by its number, with its state today. The holder
-- is a pseudonym. Written by the projection of certificate events; can be rebuilt. The keys make
-- one number for two certificates, and one place in a status list for two, impossible. A level
-- stands only with kind 'level': no other certificate can be counted as a 职业技能等级.
DROP TABLE view_certificate;
CREATE TABLE view_certificate (
    number        TEXT PRIMARY KEY,
    certificate   BLOB NOT NULL UNIQUE CHECK (length(certificate) = 16),
    body          BLOB NOT NULL CHECK (length(body) = 16),
    session       BLOB NOT NULL CHECK (length(session) = 16),
    worker        BLOB NOT NULL CHECK (length(worker) = 16),
    kind          TEXT NOT NULL CHECK (kind IN ('level', 'special-skill', 'micro-skill',
                      'enterprise')),
    occupation    TEXT,
    level         TEXT,
    item          TEXT,
    attainment    TEXT NOT NULL,
    route         TEXT NOT NULL,
    standard      TEXT NOT NULL,
    region        TEXT NOT NULL,
    assessed_on   TEXT NOT NULL,
    issued_on     TEXT NOT NULL,
    issue         INTEGER NOT NULL CHECK (issue >= 1),
    state         TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'superseded',
                      'revoked', 'cancelled', 'forfeited', 'voided')),
    since         TEXT NOT NULL,
    ground        TEXT,
    basis         TEXT,
    successor     TEXT,
    supersedes    TEXT,
    twin          TEXT,
    list          INTEGER NOT NULL,
    list_index    INTEGER NOT NULL,
    key_id        TEXT NOT NULL,
    position      INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    UNIQUE (body, list, list_index),
    CHECK ((kind = 'level') = (level IS NOT NULL))
) STRICT;
CREATE INDEX view_certificate_session ON view_certificate (session, number);
CREATE INDEX view_certificate_worker ON view_certificate (worker, position);
-- What a status list says anything of: everything but an active first issue.
CREATE INDEX view_certificate_status ON view_certificate (body, list, list_index)
    WHERE state <> 'active' OR issue > 1;
