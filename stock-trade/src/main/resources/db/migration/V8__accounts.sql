-- Accounts and positions, on which buying power is checked and reserved here: see docs/adr/0029.
-- Runs with all services stopped. Can run again from any point, as every migration: see docs/adr/0021.
-- The row of an account is its lock: positions and account effects change only under it. Amounts are whole yen, quantities
-- shares, times milliseconds since 1970 (UTC).
CREATE TABLE IF NOT EXISTS accounts (
    account       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status        VARCHAR(10) NOT NULL, -- ACTIVE, SUSPENDED, CLOSED
    cash          BIGINT      NOT NULL,
    reserved_cash BIGINT      NOT NULL DEFAULT 0,
    opened_at     BIGINT      NULL, -- null: created for a booking from elsewhere, until an operator opens it
    changed_at    BIGINT      NOT NULL,
    PRIMARY KEY (account),
    KEY accounts_by_change (changed_at)
);

CREATE TABLE IF NOT EXISTS positions (
    account           VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    stock_code        VARCHAR(10) NOT NULL,
    quantity          BIGINT      NOT NULL DEFAULT 0,
    reserved_quantity BIGINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (account, stock_code)
);

-- The old stock-trade inserts trades without these columns: they belong to the account main, and have no effect on it yet.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND column_name = 'account'),
               'DO 0',
               'ALTER TABLE trades ADD COLUMN account VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''main''');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
-- Cash that an open BUY can cost at most, or by which the charges of a SELL can exceed its proceeds. Null: nothing was reserved.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND column_name = 'reserved_cash'),
               'DO 0',
               'ALTER TABLE trades ADD COLUMN reserved_cash BIGINT NULL');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
-- N no effect on the account yet, R reserved, A outcome applied.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND column_name = 'account_effect'),
               'DO 0',
               'ALTER TABLE trades ADD COLUMN account_effect CHAR(1) NOT NULL DEFAULT ''N''');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
-- For the sweep, and for the lists of one account.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_effect'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_effect (account_effect, trade_status, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_account'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_account (account, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_account_status'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_account_status (account, trade_status, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_account_stock'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_account_stock (account, stock_code, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

-- Nothing is held in stock-balance any more.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND column_name = 'held'),
               'ALTER TABLE trades DROP COLUMN held',
               'DO 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
DELETE FROM outbox WHERE destination = 'RELEASE';

-- The message of an opening is named after its account. A body may have Japanese text, which a database of latin1 would refuse.
ALTER TABLE outbox
    MODIFY message_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    MODIFY body VARCHAR(2000) CHARACTER SET utf8mb4 NOT NULL,
    MODIFY reason VARCHAR(500) CHARACTER SET utf8mb4 NULL;

-- A key belongs to an account and leads to a trade of it. Keys of orders that were never accepted are free.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'idempotency_keys' AND column_name = 'account'),
               'DO 0',
               'ALTER TABLE idempotency_keys ADD COLUMN account VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''main'' FIRST');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'idempotency_keys' AND index_name = 'PRIMARY'
                      AND column_name = 'account'),
               'DO 0',
               'ALTER TABLE idempotency_keys DROP PRIMARY KEY, ADD PRIMARY KEY (account, idempotency_key)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
DELETE FROM idempotency_keys WHERE trade_no NOT IN (SELECT trade_no FROM trades);
