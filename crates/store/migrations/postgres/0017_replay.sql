-- Replays 重演: a site's history under another rulebook, and what would have been otherwise.
CREATE TABLE replay (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    id UUID NOT NULL,
    rulebook UUID NOT NULL,
    from_day DATE,
    to_day DATE,
    asked_by UUID,
    asked_at TIMESTAMPTZ NOT NULL,
    read BIGINT NOT NULL,
    total BIGINT NOT NULL,
    finished_at TIMESTAMPTZ,
    failure TEXT,
    summary TEXT,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX replay_of_site ON replay (tenant, site, asked_at);

CREATE TABLE replay_difference (
    tenant UUID NOT NULL,
    replay UUID NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_then UUID,
    person_would UUID,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, replay, number)
);
