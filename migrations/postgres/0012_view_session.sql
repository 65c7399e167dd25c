-- view_session: one row per assessment session (认定批次): what is assessed, where it stands, and
-- counts of its candidates. No candidate is named. Written by the projection of session events;
-- can be rebuilt. The key makes two rows of one session impossible.
CREATE TABLE view_session (
    session            uuid PRIMARY KEY,
    body               uuid NOT NULL,
    code               text COLLATE "C" NOT NULL,
    occupation         text COLLATE "C" NOT NULL,
    occupation_name_zh text NOT NULL,
    occupation_name_en text,
    work_type          text,
    levels             text NOT NULL,
    standard           text NOT NULL,
    assessed_on        text NOT NULL,
    region             text NOT NULL,
    site               text NOT NULL,
    state              text NOT NULL
        CHECK (state IN ('open', 'confirmed', 'notice', 'closed', 'issued')),
    entered            bigint NOT NULL,
    passed             bigint NOT NULL,
    failed             bigint NOT NULL,
    absent             bigint NOT NULL,
    notice_from        text,
    closes_on          text,
    closed_on          text,
    issued_on          text COLLATE "C",
    certificates       bigint NOT NULL,
    position           bigint NOT NULL,
    last_position      bigint NOT NULL
);
CREATE INDEX view_session_code ON view_session (body, code, position);
CREATE INDEX view_session_position ON view_session (body, position);
