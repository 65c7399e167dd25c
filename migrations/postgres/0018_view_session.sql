-- view_session: one row per assessment session (认定批次): its route, what is assessed, where it
-- stands, and counts of its candidates. No candidate is named. An item (专项职业能力, 微技能) may
-- have no occupation. Written by the projection of session events; can be rebuilt, and is, for
-- the projection's version has changed. The key makes two rows of one session impossible.
DROP TABLE view_session;
CREATE TABLE view_session (
    session       uuid PRIMARY KEY,
    body          uuid NOT NULL,
    code          text COLLATE "C" NOT NULL,
    route         text NOT NULL,
    process       text NOT NULL CHECK (process IN ('sheet', 'full')),
    occupation    text COLLATE "C",
    assessed      text NOT NULL,
    dual          bigint NOT NULL CHECK (dual IN (0, 1)),
    standard      text NOT NULL,
    assessed_on   text NOT NULL,
    region        text NOT NULL,
    site          text NOT NULL,
    state         text NOT NULL
        CHECK (state IN ('open', 'confirmed', 'notice', 'submitted', 'returned', 'audited',
            'closed', 'issued')),
    entered       bigint NOT NULL,
    passed        bigint NOT NULL,
    failed        bigint NOT NULL,
    absent        bigint NOT NULL,
    notice_from   text,
    closes_on     text,
    closed_on     text,
    issued_on     text COLLATE "C",
    certificates  bigint NOT NULL,
    position      bigint NOT NULL,
    last_position bigint NOT NULL
);
CREATE INDEX view_session_code ON view_session (body, code, position);
CREATE INDEX view_session_position ON view_session (body, position);
