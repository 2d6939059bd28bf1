-- The same of the shares. A script of its own: MySQL commits each ALTER.
ALTER TABLE stock_balances ADD COLUMN held_quantity BIGINT NOT NULL DEFAULT 0;
