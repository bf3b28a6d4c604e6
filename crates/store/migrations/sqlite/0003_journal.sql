-- What was commanded, decided and happened; and the state that it led to.
CREATE TABLE stream (
    tenant BLOB NOT NULL,
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    site BLOB NOT NULL,
    version INTEGER NOT NULL,
    state TEXT,
    PRIMARY KEY (tenant, kind, id)
) STRICT;

CREATE INDEX stream_of_site ON stream (tenant, site, kind);

-- Rows are only ever added. `hash` covers all other columns, and so the row before it.
CREATE TABLE journal (
    tenant BLOB NOT NULL,
    kind TEXT NOT NULL,
    stream BLOB NOT NULL,
    version INTEGER NOT NULL,
    site BLOB NOT NULL,
    command_id BLOB NOT NULL,
    part INTEGER NOT NULL,
    actor TEXT NOT NULL,
    command_kind TEXT NOT NULL,
    command TEXT NOT NULL,
    events TEXT NOT NULL,
    because TEXT NOT NULL,
    outcome TEXT NOT NULL,
    rulebook_version BLOB,
    happened_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant, kind, stream, version),
    UNIQUE (tenant, command_id, part)
) STRICT;

CREATE INDEX journal_of_site ON journal (tenant, site, recorded_at);
