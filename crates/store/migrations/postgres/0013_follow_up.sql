-- What lists of follow-ups read; the streams decide, these rows follow: the open tasks of each client,
-- and the first day on which the clock may open another.
CREATE TABLE follow_up_task (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    client UUID NOT NULL,
    number BIGINT NOT NULL,
    person UUID,
    shown_from TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ,
    PRIMARY KEY (tenant, client, number)
);

CREATE INDEX follow_up_task_of_site ON follow_up_task (tenant, site, shown_from);

CREATE TABLE follow_up_client (
    tenant UUID NOT NULL,
    site UUID NOT NULL,
    client UUID NOT NULL,
    wake_at TIMESTAMPTZ,
    PRIMARY KEY (tenant, client)
);

CREATE INDEX follow_up_client_wake ON follow_up_client (tenant, site, wake_at);
