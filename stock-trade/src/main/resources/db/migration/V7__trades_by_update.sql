-- What has changed lately, asked once a second while somebody listens; the status is in it so that the index answers alone.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_update'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_update (update_time, trade_status)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
