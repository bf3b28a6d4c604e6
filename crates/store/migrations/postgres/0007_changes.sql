-- What browsers must look at again, numbered without gaps in the order of commits, site by site.
CREATE TABLE change_counter (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (tenant, site)
);

CREATE TABLE change (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    seq BIGINT NOT NULL,
    topic TEXT NOT NULL,
    subject TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant, site, seq)
);
