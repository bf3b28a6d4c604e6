-- Free text that belongs to entries of the journal, sealed; without the row it is erased.
CREATE TABLE note (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    key_id TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    text BYTEA NOT NULL,
    written_by UUID,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant, id)
);
