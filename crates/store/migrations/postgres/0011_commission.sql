-- Deals as lists and reports read them, and the ledgers of commission, to which lines are only added.
CREATE TABLE deal (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    client UUID NOT NULL,
    closer UUID NOT NULL,
    stage TEXT NOT NULL,
    price BIGINT,
    commission BIGINT,
    currency TEXT NOT NULL,
    situation TEXT,
    pending TEXT,
    due_at TIMESTAMPTZ,
    opened_at TIMESTAMPTZ NOT NULL,
    closed_on DATE,
    cancelled_at TIMESTAMPTZ,
    unit UUID,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX deal_of_site ON deal (tenant, site, opened_at);
CREATE INDEX deal_of_client ON deal (tenant, client);
CREATE INDEX deal_due ON deal (tenant, due_at);

CREATE TABLE commission_line (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    person UUID NOT NULL,
    kind TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    day DATE NOT NULL,
    deal UUID,
    number BIGINT NOT NULL,
    decision_version BIGINT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, deal, number)
);

CREATE INDEX commission_line_of_person ON commission_line (tenant, person, day);
CREATE INDEX commission_line_of_site ON commission_line (tenant, site, day);
