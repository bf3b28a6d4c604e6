-- The client book: what is known of a client beyond the name, family and company, lists, imports.
ALTER TABLE client ADD COLUMN kind TEXT NOT NULL DEFAULT 'person';
ALTER TABLE client ADD COLUMN grade TEXT;
ALTER TABLE client ADD COLUMN source TEXT;
-- Needs, address, notes, labels of telephones: JSON, sealed with the client's key.
ALTER TABLE client ADD COLUMN details BLOB;
-- The terms that the client is found by, eight bytes each, so that they can be taken back.
ALTER TABLE client ADD COLUMN terms BLOB;
ALTER TABLE client ADD COLUMN last_contact_at TEXT;
-- The last day on which the client is the owner's, as of the last change.
ALTER TABLE client ADD COLUMN lapses_on TEXT;
-- The record that this one turned out to be.
ALTER TABLE client ADD COLUMN merged_into BLOB;

CREATE INDEX client_of_merged ON client (tenant, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX client_by_owner ON client (tenant, site, owner, id) WHERE owner IS NOT NULL;
CREATE INDEX client_by_grade ON client (tenant, site, grade, id) WHERE grade IS NOT NULL;
CREATE INDEX client_by_source ON client (tenant, site, source, id) WHERE source IS NOT NULL;
CREATE INDEX client_by_lapse ON client (tenant, site, lapses_on, id) WHERE lapses_on IS NOT NULL;
CREATE INDEX client_closed ON client (tenant, site, id) WHERE closed;
DROP INDEX client_term_of_client;

-- How two clients belong together. The other one has the same tie the other way round.
CREATE TABLE client_tie (
    tenant BLOB NOT NULL,
    client BLOB NOT NULL,
    other BLOB NOT NULL,
    relation TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (tenant, client, other)
) STRICT;

CREATE INDEX client_tie_of_other ON client_tie (tenant, other);

-- Lists that somebody keeps; what they ask for is a note.
CREATE TABLE client_list (
    tenant BLOB NOT NULL,
    person BLOB NOT NULL,
    id BLOB NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (tenant, person, id)
) STRICT;

-- Files of clients on their way in.
CREATE TABLE client_import (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    file TEXT NOT NULL,
    digest BLOB,
    stage TEXT NOT NULL,
    plan TEXT NOT NULL,
    rows_count INTEGER NOT NULL,
    done_count INTEGER NOT NULL,
    good_count INTEGER NOT NULL,
    bad_count INTEGER NOT NULL,
    known_count INTEGER NOT NULL,
    written_count INTEGER NOT NULL,
    started_by BLOB,
    started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    last_error TEXT,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX client_import_of_site ON client_import (tenant, site, started_at);

-- Some rows of such a file, sealed; gone once they are written. What is wrong with some stays.
CREATE TABLE client_import_part (
    tenant BLOB NOT NULL,
    import BLOB NOT NULL,
    part INTEGER NOT NULL,
    stage TEXT NOT NULL,
    key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    content BLOB,
    faults BLOB,
    PRIMARY KEY (tenant, import, part)
) STRICT;

CREATE INDEX client_import_part_by_stage ON client_import_part (tenant, import, stage, part);
