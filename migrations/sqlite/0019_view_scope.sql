-- view_scope: one row per grant of scope (备案范围): occupations (or some of their work types) ×
-- levels × regions, and items without a level × regions; its dates, and the positions
-- [from_position, to_position) in which it held. Written by the projection of body events; can be
-- rebuilt, and is, for the projection's version has changed. The key makes two scopes of one grant
-- impossible.
DROP TABLE view_scope;
CREATE TABLE view_scope (
    grant_id      BLOB PRIMARY KEY CHECK (length(grant_id) = 16),
    body          BLOB NOT NULL CHECK (length(body) = 16),
    occupations   TEXT NOT NULL,
    work_types    TEXT NOT NULL,
    levels        TEXT NOT NULL,
    items         TEXT NOT NULL,
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
