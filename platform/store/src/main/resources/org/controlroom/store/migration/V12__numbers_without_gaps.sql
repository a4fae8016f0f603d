-- People count runs, loads and decisions; with H2's cache of 32 a killed server skipped the rest of its 32.
ALTER TABLE pipeline_runs ALTER COLUMN id SET CACHE 1;
ALTER TABLE data_loads ALTER COLUMN id SET CACHE 1;
ALTER TABLE promotion_decisions ALTER COLUMN id SET CACHE 1;
