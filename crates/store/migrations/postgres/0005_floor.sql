-- What boards, registers and reports read; the streams decide, these rows follow.
CREATE TABLE visit (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    day DATE NOT NULL,
    number BIGINT NOT NULL,
    arrived_at TIMESTAMPTZ NOT NULL,
    situation TEXT NOT NULL,
    party_size BIGINT NOT NULL,
    client UUID,
    ring TEXT NOT NULL,
    status TEXT NOT NULL,
    receiver UUID,
    started_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    decision_kind TEXT NOT NULL,
    decision_stream UUID NOT NULL,
    decision_version BIGINT NOT NULL,
    charged_to UUID,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, site, day, number)
);

CREATE INDEX visit_of_receiver ON visit (tenant, receiver, day);
CREATE INDEX visit_of_client ON visit (tenant, client, day);

CREATE TABLE turn (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    person UUID NOT NULL,
    day DATE NOT NULL,
    ring TEXT NOT NULL,
    kind TEXT NOT NULL,
    clauses TEXT NOT NULL,
    visit UUID,
    happened_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX turn_of_site ON turn (tenant, site, day);
CREATE INDEX turn_of_person ON turn (tenant, person, day);
