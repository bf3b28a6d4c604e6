-- Who uses this installation, and where.
CREATE TABLE tenant (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE setting (
    tenant UUID NOT NULL REFERENCES tenant (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
);

CREATE TABLE site (
    tenant UUID NOT NULL REFERENCES tenant (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE team (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    rank BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);

CREATE INDEX team_of_site ON team (tenant, site, rank);
