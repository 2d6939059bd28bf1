-- When the order was accepted, in milliseconds since 1970, UTC: for the time from there to its settlement. Null in rows
-- that are older.
ALTER TABLE trades ADD COLUMN accepted_at BIGINT NULL;
