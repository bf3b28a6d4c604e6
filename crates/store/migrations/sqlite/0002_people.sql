-- Who works here, and how they sign in.
CREATE TABLE person (
    tenant BLOB NOT NULL REFERENCES tenant (id),
    site BLOB,
    id BLOB NOT NULL,
    team BLOB,
    login TEXT NOT NULL,
    login_folded TEXT NOT NULL,
    display_name TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    roles TEXT NOT NULL,
    fixed_number INTEGER,
    certified INTEGER NOT NULL,
    leaving INTEGER NOT NULL,
    hired_on TEXT,
    active INTEGER NOT NULL,
    language TEXT NOT NULL,
    theme TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change_password INTEGER NOT NULL,
    failed_attempts INTEGER NOT NULL,
    locked_until TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, login_folded),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id),
    FOREIGN KEY (tenant, team) REFERENCES team (tenant, id)
) STRICT;

CREATE INDEX person_of_site ON person (tenant, site, display_name);

CREATE TABLE session (
    tenant BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    person BLOB NOT NULL,
    csrf TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
) STRICT;

CREATE INDEX session_of_person ON session (tenant, person);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE token (
    tenant BLOB NOT NULL,
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    PRIMARY KEY (tenant, id),
    UNIQUE (token_hash),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
) STRICT;
