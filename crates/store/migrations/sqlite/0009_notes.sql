-- Free text that belongs to entries of the journal, sealed; without the row it is erased.
CREATE TABLE note (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    text BLOB NOT NULL,
    written_by BLOB,
    written_at TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;
