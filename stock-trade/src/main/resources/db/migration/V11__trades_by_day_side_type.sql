-- For the list of orders by day, side and type: of an account, and by day of all. Adds only, so tasks of the version before keep
-- working. Can run again from any point: see docs/adr/0021.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_account_date'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_account_date (account, order_date, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_account_side'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_account_side (account, trade_type, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_account_type'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_account_type (account, order_type, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_date'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_date (order_date, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
