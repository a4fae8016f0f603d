-- Data that runs read.
CREATE TABLE registry_inputs (
    run_id VARCHAR(32) NOT NULL REFERENCES registry_runs (run_id),
    name VARCHAR(500) NOT NULL,
    digest VARCHAR(36) NOT NULL,
    source_type VARCHAR(36) NOT NULL,
    source VARCHAR(5000) NOT NULL,
    profile VARCHAR(5000) NOT NULL,
    context VARCHAR(500) NOT NULL,
    PRIMARY KEY (run_id, name, digest)
);
