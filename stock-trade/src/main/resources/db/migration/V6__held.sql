-- Whether stock-balance holds cash or shares for the order, to be released where it comes to nothing.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND column_name = 'held'),
               'DO 0',
               'ALTER TABLE trades ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
