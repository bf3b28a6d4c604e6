-- The versions of each site's rulebooks.
CREATE TABLE rulebook (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    slug TEXT NOT NULL,
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    hash BLOB NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    created_by BLOB,
    created_at TEXT NOT NULL,
    approved_by BLOB,
    approved_at TEXT,
    effective_at TEXT,
    retired_at TEXT,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, site, slug, number),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
) STRICT;

CREATE INDEX rulebook_by_effect ON rulebook (tenant, site, effective_at);
