-- How much of the cash is held for orders that are under way: the sum over the holds.
ALTER TABLE cash_balances ADD COLUMN held_value BIGINT NOT NULL DEFAULT 0;
