-- Whether stock-balance holds cash or shares for the order, to be released where it comes to nothing.
ALTER TABLE trades ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE;
