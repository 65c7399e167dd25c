-- vault_subject: one row per person the vault knows, by pseudonym, with the person's wrapped data
-- key. Written in the commit that first speaks of the person, deleted by erasure. It cannot be
-- rebuilt: without the key the person's rows are noise. The unique blind index makes two
-- pseudonyms for one identity document impossible. `digest` covers the other columns.
CREATE TABLE vault_subject (
    subject     uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    blind_index bytea UNIQUE CHECK (octet_length(blind_index) = 32),
    digest      bytea NOT NULL CHECK (octet_length(digest) = 32)
);

-- vault_row: the sealed personal data of one person, one row per field, in its newest version.
-- Written in the commit of the event that names its digest, deleted by erasure. It cannot be
-- rebuilt. The key makes two current values of one field impossible, the reference a row without
-- its person's key.
CREATE TABLE vault_row (
    subject    uuid NOT NULL REFERENCES vault_subject (subject),
    field      text COLLATE "C" NOT NULL,
    version    bigint NOT NULL CHECK (version >= 1),
    nonce      bytea NOT NULL CHECK (octet_length(nonce) = 24),
    ciphertext bytea NOT NULL,
    PRIMARY KEY (subject, field)
);

CREATE FUNCTION vault_row_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.subject <> OLD.subject OR NEW.field <> OLD.field
            OR NEW.version <> OLD.version + 1 THEN
            RAISE EXCEPTION 'vault_row: versions are gapless';
        END IF;
    ELSIF NEW.version <> 1 AND NOT EXISTS
        (SELECT 1 FROM vault_row WHERE subject = NEW.subject AND field = NEW.field) THEN
        RAISE EXCEPTION 'vault_row: versions are gapless';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vault_row_versions BEFORE INSERT OR UPDATE ON vault_row
    FOR EACH ROW EXECUTE FUNCTION vault_row_versions();
