-- What browsers must look at again, numbered without gaps in the order of commits, site by site.
CREATE TABLE change_counter (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (tenant, site)
) STRICT;

CREATE TABLE change (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    seq INTEGER NOT NULL,
    topic TEXT NOT NULL,
    subject TEXT NOT NULL,
    published_at TEXT NOT NULL,
    PRIMARY KEY (tenant, site, seq)
) STRICT;
