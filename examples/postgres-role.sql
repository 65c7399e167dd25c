-- The rights of the role that runs a ledger on PostgreSQL, here skill_ledger. Run by the role that
-- owns the tables, in the ledger's database, after `skill-ledger migrate`:
--
--   CREATE ROLE skill_ledger LOGIN PASSWORD '…';
--   psql DATABASE -f postgres-role.sql
--
-- It may not change, delete or truncate what is for ever; triggers refuse that besides.
GRANT USAGE ON SCHEMA public TO skill_ledger;
GRANT SELECT ON _sqlx_migrations TO skill_ledger;
GRANT SELECT, INSERT ON ledger, event, command, reservation, checkpoint, access_journal
    TO skill_ledger;
GRANT SELECT, INSERT, UPDATE ON head, log_tile TO skill_ledger;
-- Erasure deletes what the vault holds of a person.
GRANT SELECT, INSERT, UPDATE, DELETE ON vault_subject, vault_row TO skill_ledger;
-- Codes of offers to wallets live for minutes.
GRANT SELECT, INSERT, UPDATE, DELETE ON wallet_grant TO skill_ledger;
-- Views are derived, and rebuilt.
GRANT SELECT, INSERT, UPDATE, DELETE ON view_authority, view_body, view_certificate,
    view_credential, view_key, view_passport, view_position, view_proposal, view_published,
    view_register, view_run_off, view_scope, view_session, view_standing TO skill_ledger;
