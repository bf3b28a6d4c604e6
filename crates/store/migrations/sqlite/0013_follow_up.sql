-- What lists of follow-ups read; the streams decide, these rows follow: the open tasks of each client,
-- and the first day on which the clock may open another.
CREATE TABLE follow_up_task (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    client BLOB NOT NULL,
    number INTEGER NOT NULL,
    person BLOB,
    shown_from TEXT NOT NULL,
    due_at TEXT,
    PRIMARY KEY (tenant, client, number)
) STRICT;

CREATE INDEX follow_up_task_of_site ON follow_up_task (tenant, site, shown_from);

CREATE TABLE follow_up_client (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    client BLOB NOT NULL,
    wake_at TEXT,
    PRIMARY KEY (tenant, client)
) STRICT;

CREATE INDEX follow_up_client_wake ON follow_up_client (tenant, site, wake_at);
