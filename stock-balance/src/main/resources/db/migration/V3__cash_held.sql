-- How much of the cash is held for orders that are under way: the sum over the holds.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'cash_balances' AND column_name = 'held_value'),
               'DO 0',
               'ALTER TABLE cash_balances ADD COLUMN held_value BIGINT NOT NULL DEFAULT 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
