-- Who works here, and how they sign in.
CREATE TABLE person (
    tenant UUID NOT NULL REFERENCES tenant (id),
    site UUID,
    id UUID NOT NULL,
    team UUID,
    login TEXT NOT NULL,
    login_folded TEXT NOT NULL,
    display_name TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    roles TEXT NOT NULL,
    fixed_number BIGINT,
    certified BOOLEAN NOT NULL,
    leaving BOOLEAN NOT NULL,
    hired_on DATE,
    active BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    theme TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    failed_attempts BIGINT NOT NULL,
    locked_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, login_folded),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id),
    FOREIGN KEY (tenant, team) REFERENCES team (tenant, id)
);

CREATE INDEX person_of_site ON person (tenant, site, display_name);

CREATE TABLE session (
    tenant UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    person UUID NOT NULL,
    csrf TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
);

CREATE INDEX session_of_person ON session (tenant, person);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE token (
    tenant UUID NOT NULL,
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    person UUID NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (tenant, id),
    UNIQUE (token_hash),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
);
