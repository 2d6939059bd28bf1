-- stock-trade reserves what an order needs, in its own database: see docs/adr/0029.
DROP TABLE IF EXISTS holds;

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'cash_balances' AND column_name = 'held_value'),
               'ALTER TABLE cash_balances DROP COLUMN held_value',
               'DO 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'stock_balances' AND column_name = 'held_quantity'),
               'ALTER TABLE stock_balances DROP COLUMN held_quantity',
               'DO 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
