-- What has changed lately, asked once a second while somebody listens; the status is in it so that the index answers alone.
ALTER TABLE trades ADD INDEX trades_by_update (update_time, trade_status);
