-- Deals as lists and reports read them, and the ledgers of commission, to which lines are only added.
CREATE TABLE deal (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    client BLOB NOT NULL,
    closer BLOB NOT NULL,
    stage TEXT NOT NULL,
    price INTEGER,
    commission INTEGER,
    currency TEXT NOT NULL,
    situation TEXT,
    pending TEXT,
    due_at TEXT,
    opened_at TEXT NOT NULL,
    closed_on TEXT,
    cancelled_at TEXT,
    unit BLOB,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX deal_of_site ON deal (tenant, site, opened_at);
CREATE INDEX deal_of_client ON deal (tenant, client);
CREATE INDEX deal_due ON deal (tenant, due_at);

CREATE TABLE commission_line (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    person BLOB NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    day TEXT NOT NULL,
    deal BLOB,
    number INTEGER NOT NULL,
    decision_version INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, deal, number)
) STRICT;

CREATE INDEX commission_line_of_person ON commission_line (tenant, person, day);
CREATE INDEX commission_line_of_site ON commission_line (tenant, site, day);
