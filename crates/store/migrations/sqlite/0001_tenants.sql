-- Who uses this installation, and where.
CREATE TABLE tenant (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE setting (
    tenant BLOB NOT NULL REFERENCES tenant (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
) STRICT;

CREATE TABLE site (
    tenant BLOB NOT NULL REFERENCES tenant (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at TEXT NOT NULL,
    closed_at TEXT,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE TABLE team (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
) STRICT;

CREATE INDEX team_of_site ON team (tenant, site, rank);
