-- view_body: one row per registered body (评价机构 / 培训机构) with its standing today. Written by
-- the projection of body events; can be rebuilt. The keys make two rows of one body, and one
-- public id for two bodies, impossible.
CREATE TABLE view_body (
    body        uuid PRIMARY KEY,
    credit_code text COLLATE "C" NOT NULL,
    name_zh     text NOT NULL,
    name_en     text,
    kind        text COLLATE "C" NOT NULL,
    region      text NOT NULL,
    public_id   uuid NOT NULL UNIQUE,
    standing    text NOT NULL CHECK (standing IN ('active', 'suspended', 'withdrawn')),
    since       bigint NOT NULL,
    position    bigint NOT NULL
);
CREATE INDEX view_body_credit_code ON view_body (credit_code, position);

-- view_standing: one row per stretch of positions in which a body was active, suspended or
-- withdrawn; the last one is open. Written by the projection of body events; can be rebuilt. The
-- key makes two standings that begin at one position impossible.
CREATE TABLE view_standing (
    body          uuid NOT NULL,
    from_position bigint NOT NULL,
    to_position   bigint CHECK (to_position > from_position),
    standing      text NOT NULL CHECK (standing IN ('active', 'suspended', 'withdrawn')),
    since         text,
    ground        text,
    basis         text,
    PRIMARY KEY (body, from_position)
);

-- view_scope: one row per grant of scope (备案范围): occupations × levels × regions, its dates, and
-- the positions [from_position, to_position) in which it held. Written by the projection of body
-- events; can be rebuilt. The key makes two scopes of one grant impossible.
CREATE TABLE view_scope (
    grant_id      uuid PRIMARY KEY,
    body          uuid NOT NULL,
    occupations   text NOT NULL,
    levels        text NOT NULL,
    regions       text NOT NULL,
    valid_from    text NOT NULL,
    valid_to      text NOT NULL,
    basis         text NOT NULL,
    from_position bigint NOT NULL,
    to_position   bigint CHECK (to_position > from_position),
    ended_on      text,
    end_reason    text
);
CREATE INDEX view_scope_body ON view_scope (body, from_position);

-- view_run_off: one row per leave to finish a session after its scope ended, with the positions
-- [from_position, to_position) in which it held. Written by the projection of body events; can be
-- rebuilt. The key makes two leaves of one session that begin at one position impossible.
CREATE TABLE view_run_off (
    body          uuid NOT NULL,
    session       uuid NOT NULL,
    from_position bigint NOT NULL,
    to_position   bigint CHECK (to_position > from_position),
    valid_until   text NOT NULL,
    reason        text NOT NULL,
    ended_on      text,
    PRIMARY KEY (body, session, from_position)
);

-- view_key: one row per public key of a body, or of the authority and the log where `body` is
-- NULL, with the positions [from_position, to_position) in which it was in use and the first
-- position a compromise voids. No secret is here. Written by the projection of body and authority
-- events; can be rebuilt. The key makes two registrations at one position impossible.
CREATE TABLE view_key (
    from_position             bigint PRIMARY KEY,
    key_id                    text COLLATE "C" NOT NULL,
    body                      uuid,
    purpose                   text NOT NULL,
    public_key                text NOT NULL,
    to_position               bigint CHECK (to_position > from_position),
    retired_on                text,
    compromised_from_position bigint,
    compromise_ground         text
);
CREATE INDEX view_key_owner ON view_key (body, from_position);
CREATE INDEX view_key_id ON view_key (key_id);
