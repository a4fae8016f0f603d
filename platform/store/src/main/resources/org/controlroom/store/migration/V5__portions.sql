-- Which part of its source a load took: from percentage_from up to percentage, in the order of a seed.

UPDATE data_loads SET percentage = 100 WHERE percentage IS NULL;
ALTER TABLE data_loads ALTER COLUMN percentage SET DEFAULT 100;
ALTER TABLE data_loads ALTER COLUMN percentage SET NOT NULL;
ALTER TABLE data_loads ADD COLUMN percentage_from DOUBLE PRECISION DEFAULT 0 NOT NULL;
ALTER TABLE data_loads ADD COLUMN portion_seed BIGINT DEFAULT 0 NOT NULL;
CREATE INDEX data_loads_by_source ON data_loads (source, percentage);
