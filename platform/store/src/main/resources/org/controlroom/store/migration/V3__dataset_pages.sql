-- What the pages about the catalogue need. Standard SQL that H2 2.2 and PostgreSQL 15 both run.

-- The designations once more, by themselves: rows of products are wide, and a search must read many designations quickly.
CREATE TABLE product_titles (
    productid BIGINT NOT NULL PRIMARY KEY,
    designation VARCHAR(10000) NOT NULL
);
INSERT INTO product_titles (productid, designation) SELECT productid, designation FROM products;

-- Which load added or changed a product. Named as in the original.
CREATE TABLE products_history (
    productid BIGINT NOT NULL,
    load_batch_id BIGINT NOT NULL,
    -- INSERT or UPDATE
    operation_type VARCHAR(10) NOT NULL,
    -- names of the columns that an update made another, with commas
    changed_columns VARCHAR(100) NOT NULL,
    operation_date TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (productid, load_batch_id)
);

-- The catalogue described after a load, as JSON; only the newest is kept.
CREATE TABLE catalogue_statistics (
    load_id BIGINT NOT NULL PRIMARY KEY,
    content VARCHAR(100000) NOT NULL
);

-- Descending, because H2 walks an index in one direction only and would sort the whole table for the highest ids.
CREATE INDEX products_highest ON products (productid DESC);
CREATE INDEX product_titles_highest ON product_titles (productid DESC);
CREATE INDEX labels_by_code_highest ON labels (prdtypecode, productid DESC);
