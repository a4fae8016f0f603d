-- What a version is, and in which registry it was: another registry may have another version of the same number. Null for
-- entries of earlier releases.
ALTER TABLE deployments ADD COLUMN identity VARCHAR(500);
ALTER TABLE deployments ADD COLUMN registry VARCHAR(1000);
ALTER TABLE node_deployments ADD COLUMN identity VARCHAR(500);
ALTER TABLE node_deployments ADD COLUMN registry VARCHAR(1000);
