-- Replays 重演: a site's history under another rulebook, and what would have been otherwise.
CREATE TABLE replay (
    tenant BLOB NOT NULL,
    site BLOB NOT NULL,
    id BLOB NOT NULL,
    rulebook BLOB NOT NULL,
    from_day TEXT,
    to_day TEXT,
    asked_by BLOB,
    asked_at TEXT NOT NULL,
    read INTEGER NOT NULL,
    total INTEGER NOT NULL,
    finished_at TEXT,
    failure TEXT,
    summary TEXT,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX replay_of_site ON replay (tenant, site, asked_at);

CREATE TABLE replay_difference (
    tenant BLOB NOT NULL,
    replay BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person_then BLOB,
    person_would BLOB,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, replay, number)
) STRICT;
