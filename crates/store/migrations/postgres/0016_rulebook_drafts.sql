-- Drafts of rulebooks that several people write, hand in and approve; the scenarios of each version.
ALTER TABLE rulebook ADD COLUMN preset TEXT;
ALTER TABLE rulebook ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE rulebook ADD COLUMN changed_by UUID;
ALTER TABLE rulebook ADD COLUMN changed_at TIMESTAMPTZ;
ALTER TABLE rulebook ADD COLUMN submitted_by UUID;
ALTER TABLE rulebook ADD COLUMN submitted_at TIMESTAMPTZ;

CREATE TABLE rulebook_scenario (
    tenant UUID NOT NULL,
    rulebook UUID NOT NULL,
    file TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (tenant, rulebook, file),
    FOREIGN KEY (tenant, rulebook) REFERENCES rulebook (tenant, id)
);
