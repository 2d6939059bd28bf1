-- The same of what the outbox tells of an order. A script of its own: MySQL commits each ALTER, and one that has to be tried
-- again must not find the other done.
ALTER TABLE outbox ADD COLUMN accepted_at BIGINT NULL;
