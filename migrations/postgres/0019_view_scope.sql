-- view_scope: one row per grant of scope (备案范围): occupations (or some of their work types) ×
-- levels × regions, and items without a level × regions; its dates, and the positions
-- [from_position, to_position) in which it held. Written by the projection of body events; can be
-- rebuilt, and is, for the projection's version has changed. The key makes two scopes of one grant
-- impossible.
DROP TABLE view_scope;
CREATE TABLE view_scope (
    grant_id      uuid PRIMARY KEY,
    body          uuid NOT NULL,
    occupations   text NOT NULL,
    work_types    text NOT NULL,
    levels        text NOT NULL,
    items         text NOT NULL,
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
