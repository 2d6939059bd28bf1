-- When a price was stored or changed last, for the stream of prices. Invisible, so that INSERT and SELECT of older versions,
-- which name no columns, go on as before. What was there before is no news, so it gets a date in the past.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'time_prices' AND column_name = 'changed_at'),
               'DO 0',
               'ALTER TABLE time_prices ADD COLUMN changed_at DATETIME(6) NOT NULL DEFAULT ''2000-01-01 00:00:00'' INVISIBLE');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

ALTER TABLE time_prices
    MODIFY changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6) INVISIBLE;

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'time_prices' AND index_name = 'prices_by_change'),
               'DO 0',
               'ALTER TABLE time_prices ADD INDEX prices_by_change (changed_at)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
