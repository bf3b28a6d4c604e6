-- What must happen outside a transaction, enqueued inside it.
CREATE TABLE job (
    tenant BLOB NOT NULL,
    site BLOB,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    dedupe_key TEXT,
    created_at TEXT NOT NULL,
    run_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_by TEXT,
    claimed_until TEXT,
    done_at TEXT,
    given_up_at TEXT,
    last_error TEXT,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, dedupe_key)
) STRICT;

CREATE INDEX job_due ON job (run_at, id) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX job_of_tenant ON job (tenant, created_at);
