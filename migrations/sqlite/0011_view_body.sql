-- view_body: one row per registered body (评价机构 / 培训机构) with its standing today. Written by
-- the projection of body events; can be rebuilt. The keys make two rows of one body, and one
-- public id for two bodies, impossible.
CREATE TABLE view_body (
    body        BLOB PRIMARY KEY CHECK (length(body) = 16),
    credit_code TEXT NOT NULL,
    name_zh     TEXT NOT NULL,
    name_en     TEXT,
    kind        TEXT NOT NULL,
    region      TEXT NOT NULL,
    public_id   BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    standing    TEXT NOT NULL CHECK (standing IN ('active', 'suspended', 'withdrawn')),
    since       INTEGER NOT NULL,
    position    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX view_body_credit_code ON view_body (credit_code, position);

-- view_standing: one row per stretch of positions in which a body was active, suspended or
-- withdrawn; the last one is open. Written by the projection of body events; can be rebuilt. The
-- key makes two standings that begin at one position impossible.
CREATE TABLE view_standing (
    body          BLOB NOT NULL CHECK (length(body) = 16),
    from_position INTEGER NOT NULL,
    to_position   INTEGER CHECK (to_position > from_position),
    standing      TEXT NOT NULL CHECK (standing IN ('active', 'suspended', 'withdrawn')),
    since         TEXT,
    ground        TEXT,
    basis         TEXT,
    PRIMARY KEY (body, from_position)
) STRICT, WITHOUT ROWID;

-- view_scope: one row per grant of scope (备案范围): occupations × levels × regions, its dates, and
-- the positions [from_position, to_position) in which it held. Written by the projection of body
-- events; can be rebuilt. The key makes two scopes of one grant impossible.
CREATE TABLE view_scope (
    grant_id      BLOB PRIMARY KEY CHECK (length(grant_id) = 16),
    body          BLOB NOT NULL CHECK (length(body) = 16),
    occupations   TEXT NOT NULL,
    levels        TEXT NOT NULL,
    regions       TEXT NOT NULL,
    valid_from    TEXT NOT NULL,
    valid_to      TEXT NOT NULL,
    basis         TEXT NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER CHECK (to_position > from_position),
    ended_on      TEXT,
    end_reason    TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX view_scope_body ON view_scope (body, from_position);

-- view_run_off: one row per leave to finish a session after its scope ended, with the positions
-- [from_position, to_position) in which it held. Written by the projection of body events; can be
-- rebuilt. The key makes two leaves of one session that begin at one position impossible.
CREATE TABLE view_run_off (
    body          BLOB NOT NULL CHECK (length(body) = 16),
    session       BLOB NOT NULL CHECK (length(session) = 16),
    from_position INTEGER NOT NULL,
    to_position   INTEGER CHECK (to_position > from_position),
    valid_until   TEXT NOT NULL,
    reason        TEXT NOT NULL,
    ended_on      TEXT,
    PRIMARY KEY (body, session, from_position)
) STRICT, WITHOUT ROWID;

-- view_key: one row per public key of a body, or of the authority and the log where `body` is
-- NULL, with the positions [from_position, to_position) in which it was in use and the first
-- position a compromise voids. No secret is here. Written by the projection of body and authority
-- events; can be rebuilt. The key makes two registrations at one position impossible.
CREATE TABLE view_key (
    from_position             INTEGER PRIMARY KEY,
    key_id                    TEXT NOT NULL,
    body                      BLOB CHECK (length(body) = 16),
    purpose                   TEXT NOT NULL,
    public_key                TEXT NOT NULL,
    to_position               INTEGER CHECK (to_position > from_position),
    retired_on                TEXT,
    compromised_from_position INTEGER,
    compromise_ground         TEXT
) STRICT;
CREATE INDEX view_key_owner ON view_key (body, from_position);
CREATE INDEX view_key_id ON view_key (key_id);
