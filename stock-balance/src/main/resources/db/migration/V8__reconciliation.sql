-- The sums of an account's entries up to a checkpoint: see docs/adr/0034. Can run again from any point: see docs/adr/0021.
-- Items are sequence (of the last entry that is in the sums), cash, and shares with a stock code. Without rows, the entries are
-- summed up from the first one.
CREATE TABLE IF NOT EXISTS account_checkpoints (
    account VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    item    VARCHAR(30) NOT NULL,
    total   BIGINT      NOT NULL,
    PRIMARY KEY (account, item)
);

-- For the entries of a time, of all accounts, which stock-trade compares with its own.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'ledger_entries' AND index_name = 'ledger_entries_booked'),
               'DO 0',
               'ALTER TABLE ledger_entries ADD INDEX ledger_entries_booked (booked_at)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
