-- Clients. What a person could be known by is sealed with the client's own key, or a keyed hash.
CREATE TABLE client (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    name BYTEA NOT NULL,
    company BYTEA,
    plate BYTEA,
    owner UUID,
    owner_since TIMESTAMPTZ,
    closed BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    registered_at TIMESTAMPTZ,
    erased_at TIMESTAMPTZ,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);

CREATE INDEX client_of_owner ON client (tenant, owner);
CREATE INDEX client_of_site ON client (tenant, site, id);

-- Without this row nothing of the client can be read any more.
CREATE TABLE client_key (
    tenant UUID NOT NULL,
    client UUID NOT NULL,
    key_id TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (tenant, client)
);

CREATE INDEX client_key_by_master ON client_key (tenant, key_id, client);

CREATE TABLE client_telephone (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    client UUID NOT NULL,
    rank BIGINT NOT NULL,
    number BYTEA NOT NULL,
    whole BYTEA NOT NULL,
    last8 BYTEA NOT NULL,
    last4 BYTEA NOT NULL,
    PRIMARY KEY (tenant, client, rank)
);

CREATE INDEX client_telephone_by_whole ON client_telephone (tenant, site, whole, client);
CREATE INDEX client_telephone_by_last8 ON client_telephone (tenant, site, last8, client);
CREATE INDEX client_telephone_by_last4 ON client_telephone (tenant, site, last4, client);

CREATE TABLE client_term (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    term BIGINT NOT NULL,
    client UUID NOT NULL,
    PRIMARY KEY (tenant, site, term, client)
);

CREATE INDEX client_term_of_client ON client_term (tenant, client);
