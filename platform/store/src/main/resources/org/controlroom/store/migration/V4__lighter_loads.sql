-- Which load added a product is a column of the product, so that a first load writes no history. Descending lists are read
-- through the narrow table of designations, so the wide ones need no second index.

DROP INDEX products_highest;
DROP INDEX labels_by_code_highest;

ALTER TABLE products ADD COLUMN load_batch_id BIGINT;
UPDATE products SET load_batch_id = (SELECT h.load_batch_id FROM products_history h
    WHERE h.productid = products.productid AND h.operation_type = 'INSERT');
DELETE FROM products_history WHERE operation_type = 'INSERT';
