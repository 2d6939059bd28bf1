-- The double-entry ledger of all accounts: see docs/adr/0030. cash_balances and stock_balances stay as the projection of the
-- account main, which old programs read and write.
-- Can run again from any point, as every migration: see docs/adr/0021.

-- The cash of each account, and its lock: every booking locks the row of its account first.
CREATE TABLE IF NOT EXISTS ledger_accounts (
    account       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    cash_value    BIGINT      NOT NULL DEFAULT 0,
    last_sequence BIGINT      NOT NULL DEFAULT 0,
    opened        BOOLEAN     NOT NULL DEFAULT FALSE,
    created_at    DATETIME(3) NOT NULL,
    changed_at    DATETIME(3) NOT NULL,
    update_time   VARCHAR(50) NOT NULL,
    PRIMARY KEY (account),
    KEY ledger_accounts_changed (changed_at),
    KEY ledger_accounts_unopened (opened, created_at)
);

INSERT IGNORE INTO ledger_accounts (account, opened, created_at, changed_at, update_time)
VALUES ('main', TRUE, '2020-05-28 02:20:00', '2020-05-28 02:20:00', '2020-05-28T11:20:00+09:00');

CREATE TABLE IF NOT EXISTS ledger_holdings (
    account        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    stock_code     VARCHAR(10) NOT NULL,
    stock_value    BIGINT      NOT NULL,
    stock_quantity BIGINT      NOT NULL,
    update_time    VARCHAR(50) NOT NULL,
    PRIMARY KEY (account, stock_code)
);

-- One row an event, one column a leg, so that the database itself refuses an event that does not sum to zero.
CREATE TABLE IF NOT EXISTS ledger_entries (
    account         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sequence        BIGINT       NOT NULL,
    entry_key       VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind            VARCHAR(10)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    trade_no        BIGINT       NULL,
    stock_code      VARCHAR(10)  NULL,
    customer_cash   BIGINT       NOT NULL DEFAULT 0,
    clearing_cash   BIGINT       NOT NULL DEFAULT 0,
    fee_cash        BIGINT       NOT NULL DEFAULT 0,
    tax_cash        BIGINT       NOT NULL DEFAULT 0,
    bank_cash       BIGINT       NOT NULL DEFAULT 0,
    customer_shares BIGINT       NOT NULL DEFAULT 0,
    clearing_shares BIGINT       NOT NULL DEFAULT 0,
    cash_after      BIGINT       NOT NULL,
    shares_after    BIGINT       NULL,
    reference       VARCHAR(200) CHARACTER SET utf8mb4 NULL, -- free text; the default of the database may be latin1
    booked_at       DATETIME(3)  NOT NULL,
    PRIMARY KEY (account, sequence),
    UNIQUE KEY ledger_entries_key (entry_key),
    KEY ledger_entries_stock (account, stock_code, sequence),
    KEY ledger_entries_time (account, booked_at),
    CONSTRAINT ledger_entries_cash CHECK (customer_cash + clearing_cash + fee_cash + tax_cash + bank_cash = 0),
    CONSTRAINT ledger_entries_shares CHECK (customer_shares + clearing_shares = 0)
);

-- The bookings that stock-trade did not ask for, in the order in which they were committed.
CREATE TABLE IF NOT EXISTS ledger_feed (
    position BIGINT      NOT NULL,
    account  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sequence BIGINT      NOT NULL,
    PRIMARY KEY (position)
);

-- The last position. Its row is locked last and until the commit, so a position is visible only after all before it.
CREATE TABLE IF NOT EXISTS ledger_feed_head (
    id       TINYINT NOT NULL,
    position BIGINT  NOT NULL,
    PRIMARY KEY (id)
);

INSERT IGNORE INTO ledger_feed_head (id, position) VALUES (1, 0);

-- The account of a move, and its entry there; 0 is a move from before the ledger.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'stock_moves' AND column_name = 'account'),
               'DO 0',
               'ALTER TABLE stock_moves ADD COLUMN account VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''main''');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'stock_moves' AND column_name = 'sequence'),
               'DO 0',
               'ALTER TABLE stock_moves ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;
