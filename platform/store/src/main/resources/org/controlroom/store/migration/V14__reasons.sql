-- The same as the English sentence beside it, for other languages: a JSON object with key and values. Null when it is said
-- in English only, and for entries of earlier releases.
ALTER TABLE pipeline_runs ADD COLUMN error_reason VARCHAR(4000);
ALTER TABLE data_loads ADD COLUMN error_reason VARCHAR(4000);
ALTER TABLE load_rejects ADD COLUMN reason_words VARCHAR(2000);
