-- The same of the shares.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'stock_balances' AND column_name = 'held_quantity'),
               'DO 0',
               'ALTER TABLE stock_balances ADD COLUMN held_quantity BIGINT NOT NULL DEFAULT 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
