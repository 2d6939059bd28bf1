-- The same for the outbox: when the order of a message was accepted.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'outbox' AND column_name = 'accepted_at'),
               'DO 0',
               'ALTER TABLE outbox ADD COLUMN accepted_at BIGINT NULL');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
