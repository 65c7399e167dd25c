-- view_certificate: one row per certificate (证书), by its number, with its state today. The holder
-- is a pseudonym. Written by the projection of certificate events; can be rebuilt. The keys make
-- one number for two certificates, and one place in a status list for two, impossible.
CREATE TABLE view_certificate (
    number             text COLLATE "C" PRIMARY KEY,
    certificate        uuid NOT NULL UNIQUE,
    body               uuid NOT NULL,
    session            uuid NOT NULL,
    worker             uuid NOT NULL,
    occupation         text COLLATE "C" NOT NULL,
    occupation_name_zh text NOT NULL,
    occupation_name_en text,
    work_type          text,
    level              text NOT NULL,
    standard           text NOT NULL,
    region             text NOT NULL,
    assessed_on        text NOT NULL,
    issued_on          text COLLATE "C" NOT NULL,
    issue              bigint NOT NULL CHECK (issue >= 1),
    state              text NOT NULL CHECK (state IN ('active', 'suspended', 'superseded',
                           'revoked', 'cancelled', 'forfeited', 'voided')),
    since              text NOT NULL,
    ground             text,
    basis              text,
    successor          text,
    supersedes         text,
    list               bigint NOT NULL,
    list_index         bigint NOT NULL,
    key_id             text COLLATE "C" NOT NULL,
    position           bigint NOT NULL,
    last_position      bigint NOT NULL,
    UNIQUE (body, list, list_index)
);
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
    credential bytea PRIMARY KEY CHECK (octet_length(credential) = 32),
    number     text COLLATE "C" NOT NULL,
    issue      bigint NOT NULL CHECK (issue >= 1),
    issued_on  text COLLATE "C" NOT NULL,
    reason     text,
    key_id     text COLLATE "C" NOT NULL,
    position   bigint NOT NULL
);
CREATE INDEX view_credential_number ON view_credential (number, issue);
