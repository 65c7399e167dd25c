-- view_session: one row per assessment session (认定批次): what is assessed, where it stands, and
-- counts of its candidates. No candidate is named. Written by the projection of session events;
-- can be rebuilt. The key makes two rows of one session impossible.
CREATE TABLE view_session (
    session            BLOB PRIMARY KEY CHECK (length(session) = 16),
    body               BLOB NOT NULL CHECK (length(body) = 16),
    code               TEXT NOT NULL,
    occupation         TEXT NOT NULL,
    occupation_name_zh TEXT NOT NULL,
    occupation_name_en TEXT,
    work_type          TEXT,
    levels             TEXT NOT NULL,
    standard           TEXT NOT NULL,
    assessed_on        TEXT NOT NULL,
    region             TEXT NOT NULL,
    site               TEXT NOT NULL,
    state              TEXT NOT NULL
        CHECK (state IN ('open', 'confirmed', 'notice', 'closed', 'issued')),
    entered            INTEGER NOT NULL,
    passed             INTEGER NOT NULL,
    failed             INTEGER NOT NULL,
    absent             INTEGER NOT NULL,
    notice_from        TEXT,
    closes_on          TEXT,
    closed_on          TEXT,
    issued_on          TEXT,
    certificates       INTEGER NOT NULL,
    position           INTEGER NOT NULL,
    last_position      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX view_session_code ON view_session (body, code, position);
CREATE INDEX view_session_position ON view_session (body, position);
