-- What was commanded, decided and happened; and the state that it led to.
CREATE TABLE stream (
    tenant UUID NOT NULL,
    kind TEXT NOT NULL,
    id UUID NOT NULL,
    site UUID NOT NULL,
    version BIGINT NOT NULL,
    state TEXT,
    PRIMARY KEY (tenant, kind, id)
);

CREATE INDEX stream_of_site ON stream (tenant, site, kind);

-- Rows are only ever added. `hash` covers all other columns, and so the row before it.
CREATE TABLE journal (
    tenant UUID NOT NULL,
    kind TEXT NOT NULL,
    stream UUID NOT NULL,
    version BIGINT NOT NULL,
    site UUID NOT NULL,
    command_id UUID NOT NULL,
    part BIGINT NOT NULL,
    actor TEXT NOT NULL,
    command_kind TEXT NOT NULL,
    command TEXT NOT NULL,
    events TEXT NOT NULL,
    because TEXT NOT NULL,
    outcome TEXT NOT NULL,
    rulebook_version UUID,
    happened_at TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (tenant, kind, stream, version),
    UNIQUE (tenant, command_id, part)
);

CREATE INDEX journal_of_site ON journal (tenant, site, recorded_at);
