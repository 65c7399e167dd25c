-- view_certificate: one row per certificate (证书), by its number, with its state today. The holder
-- is a pseudonym. Written by the projection of certificate events; can be rebuilt. The keys make
-- one number for two certificates, and one place in a status list for two, impossible. A level
-- stands only with kind 'level': no other certificate can be counted as a 职业技能等级.
DROP TABLE view_certificate;
CREATE TABLE view_certificate (
    number        text COLLATE "C" PRIMARY KEY,
    certificate   uuid NOT NULL UNIQUE,
    body          uuid NOT NULL,
    session       uuid NOT NULL,
    worker        uuid NOT NULL,
    kind          text COLLATE "C" NOT NULL CHECK (kind IN ('level', 'special-skill', 'micro-skill',
                      'enterprise')),
    occupation    text COLLATE "C",
    level         text,
    item          text,
    attainment    text NOT NULL,
    route         text NOT NULL,
    standard      text NOT NULL,
    region        text NOT NULL,
    assessed_on   text NOT NULL,
    issued_on     text COLLATE "C" NOT NULL,
    issue         bigint NOT NULL CHECK (issue >= 1),
    state         text NOT NULL CHECK (state IN ('active', 'suspended', 'superseded',
                      'revoked', 'cancelled', 'forfeited', 'voided')),
    since         text NOT NULL,
    ground        text,
    basis         text,
    successor     text,
    supersedes    text,
    twin          text,
    list          bigint NOT NULL,
    list_index    bigint NOT NULL,
    key_id        text COLLATE "C" NOT NULL,
    position      bigint NOT NULL,
    last_position bigint NOT NULL,
    UNIQUE (body, list, list_index),
    CHECK ((kind = 'level') = (level IS NOT NULL))
);
CREATE INDEX view_certificate_session ON view_certificate (session, number);
CREATE INDEX view_certificate_worker ON view_certificate (worker, position);
-- What a status list says anything of: everything but an active first issue.
CREATE INDEX view_certificate_status ON view_certificate (body, list, list_index)
    WHERE state <> 'active' OR issue > 1;
