-- The versions of each site's rulebooks.
CREATE TABLE rulebook (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    number BIGINT NOT NULL,
    document TEXT NOT NULL,
    hash BYTEA NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    approved_by UUID,
    approved_at TIMESTAMPTZ,
    effective_at TIMESTAMPTZ,
    retired_at TIMESTAMPTZ,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, site, slug, number),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);

CREATE INDEX rulebook_by_effect ON rulebook (tenant, site, effective_at);
