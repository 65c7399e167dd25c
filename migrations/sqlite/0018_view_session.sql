-- view_session: one row per assessment session (认定批次): its route, what is assessed, where it
-- stands, and counts of its candidates. No candidate is named. An item (专项职业能力, 微技能) may
-- have no occupation. Written by the projection of session events; can be rebuilt, and is, for
-- the projection's version has changed. The key makes two rows of one session impossible.
DROP TABLE view_session;
CREATE TABLE view_session (
    session       BLOB PRIMARY KEY CHECK (length(session) = 16),
    body          BLOB NOT NULL CHECK (length(body) = 16),
    code          TEXT NOT NULL,
    route         TEXT NOT NULL,
    process       TEXT NOT NULL CHECK (process IN ('sheet', 'full')),
    occupation    TEXT,
    assessed      TEXT NOT NULL,
    dual          INTEGER NOT NULL CHECK (dual IN (0, 1)),
    standard      TEXT NOT NULL,
    assessed_on   TEXT NOT NULL,
    region        TEXT NOT NULL,
    site          TEXT NOT NULL,
    state         TEXT NOT NULL
        CHECK (state IN ('open', 'confirmed', 'notice', 'submitted', 'returned', 'audited',
            'closed', 'issued')),
    entered       INTEGER NOT NULL,
    passed        INTEGER NOT NULL,
    failed        INTEGER NOT NULL,
    absent        INTEGER NOT NULL,
    notice_from   TEXT,
    closes_on     TEXT,
    closed_on     TEXT,
    issued_on     TEXT,
    certificates  INTEGER NOT NULL,
    position      INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX view_session_code ON view_session (body, code, position);
CREATE INDEX view_session_position ON view_session (body, position);
