-- What must happen outside a transaction, enqueued inside it.
CREATE TABLE job (
    tenant UUID NOT NULL,
    site UUID,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    dedupe_key TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_by TEXT,
    claimed_until TIMESTAMPTZ,
    done_at TIMESTAMPTZ,
    given_up_at TIMESTAMPTZ,
    last_error TEXT,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, dedupe_key)
);

CREATE INDEX job_due ON job (run_at, id) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX job_of_tenant ON job (tenant, created_at);
