-- What boards, registers and reports read; the streams decide, these rows follow.
CREATE TABLE visit (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    day TEXT NOT NULL,
    number INTEGER NOT NULL,
    arrived_at TEXT NOT NULL,
    situation TEXT NOT NULL,
    party_size INTEGER NOT NULL,
    client BLOB,
    ring TEXT NOT NULL,
    status TEXT NOT NULL,
    receiver BLOB,
    started_at TEXT,
    ended_at TEXT,
    decision_kind TEXT NOT NULL,
    decision_stream BLOB NOT NULL,
    decision_version INTEGER NOT NULL,
    charged_to BLOB,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, site, day, number)
) STRICT;

CREATE INDEX visit_of_receiver ON visit (tenant, receiver, day);
CREATE INDEX visit_of_client ON visit (tenant, client, day);

CREATE TABLE turn (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    person BLOB NOT NULL,
    day TEXT NOT NULL,
    ring TEXT NOT NULL,
    kind TEXT NOT NULL,
    clauses TEXT NOT NULL,
    visit BLOB,
    happened_at TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX turn_of_site ON turn (tenant, site, day);
CREATE INDEX turn_of_person ON turn (tenant, person, day);
