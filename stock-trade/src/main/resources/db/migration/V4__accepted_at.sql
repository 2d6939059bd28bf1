-- When the order was accepted, in milliseconds since 1970, UTC: for the time from there to its settlement. Null in rows
-- that are older.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND column_name = 'accepted_at'),
               'DO 0',
               'ALTER TABLE trades ADD COLUMN accepted_at BIGINT NULL');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
