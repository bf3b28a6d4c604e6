-- Clients. What a person could be known by is sealed with the client's own key, or a keyed hash.
CREATE TABLE client (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    name BLOB NOT NULL,
    company BLOB,
    plate BLOB,
    owner BLOB,
    owner_since TEXT,
    closed INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    registered_at TEXT,
    erased_at TEXT,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
) STRICT;

CREATE INDEX client_of_owner ON client (tenant, owner);
CREATE INDEX client_of_site ON client (tenant, site, id);

-- Without this row nothing of the client can be read any more.
CREATE TABLE client_key (
    tenant BLOB NOT NULL,
    client BLOB NOT NULL,
    key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (tenant, client)
) STRICT;

CREATE INDEX client_key_by_master ON client_key (tenant, key_id, client);

CREATE TABLE client_telephone (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    client BLOB NOT NULL,
    rank INTEGER NOT NULL,
    number BLOB NOT NULL,
    whole BLOB NOT NULL,
    last8 BLOB NOT NULL,
    last4 BLOB NOT NULL,
    PRIMARY KEY (tenant, client, rank)
) STRICT;

CREATE INDEX client_telephone_by_whole ON client_telephone (tenant, site, whole, client);
CREATE INDEX client_telephone_by_last8 ON client_telephone (tenant, site, last8, client);
CREATE INDEX client_telephone_by_last4 ON client_telephone (tenant, site, last4, client);

CREATE TABLE client_term (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    term INTEGER NOT NULL,
    client BLOB NOT NULL,
    PRIMARY KEY (tenant, site, term, client)
) STRICT, WITHOUT ROWID;

CREATE INDEX client_term_of_client ON client_term (tenant, client);
