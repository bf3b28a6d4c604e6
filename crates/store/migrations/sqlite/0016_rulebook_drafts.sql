-- Drafts of rulebooks that several people write, hand in and approve; the scenarios of each version.
ALTER TABLE rulebook ADD COLUMN preset TEXT;
ALTER TABLE rulebook ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE rulebook ADD COLUMN changed_by BLOB;
ALTER TABLE rulebook ADD COLUMN changed_at TEXT;
ALTER TABLE rulebook ADD COLUMN submitted_by BLOB;
ALTER TABLE rulebook ADD COLUMN submitted_at TEXT;

CREATE TABLE rulebook_scenario (
    tenant BLOB NOT NULL,
    rulebook BLOB NOT NULL,
    file TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (tenant, rulebook, file),
    FOREIGN KEY (tenant, rulebook) REFERENCES rulebook (tenant, id)
) STRICT;
