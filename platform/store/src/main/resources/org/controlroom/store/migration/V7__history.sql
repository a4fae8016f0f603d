-- The values that a change replaced, so that every state of a product can be told and a load can be taken back. What a load
-- added is written here only when the load is taken back: until then the product itself has it.

-- Values of the columns that changed_columns names: before the change or, of a load that was rolled back, what it had written.
ALTER TABLE products_history ADD COLUMN kept_designation VARCHAR(10000);
ALTER TABLE products_history ADD COLUMN kept_description VARCHAR(100000);
ALTER TABLE products_history ADD COLUMN kept_imageid BIGINT;
ALTER TABLE products_history ADD COLUMN kept_prdtypecode INTEGER;
-- False for changes from before values were kept.
ALTER TABLE products_history ADD COLUMN values_kept BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX products_history_by_load ON products_history (load_batch_id, productid);

-- Null unless the load was rolled back.
ALTER TABLE data_loads ADD COLUMN rolled_back_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE data_loads ADD COLUMN rolled_back_by VARCHAR(250);
ALTER TABLE data_loads ADD COLUMN rollback_reason VARCHAR(1000);
