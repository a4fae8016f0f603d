-- Where the files of a version are among the artifacts of its run.
ALTER TABLE registry_versions ADD COLUMN folder VARCHAR(1000) DEFAULT 'model' NOT NULL;
