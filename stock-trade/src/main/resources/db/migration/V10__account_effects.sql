-- The journal of accounts, and what is expected of them by it: see docs/adr/0034. Can run again from any point: see docs/adr/0021.
-- One row for each change of an account's cash or of a position, written in the transaction that makes it. The sequence has no gap
-- within an account, as it is counted in the account's row. Times are milliseconds since 1970 (UTC).
CREATE TABLE IF NOT EXISTS account_effects (
    account    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sequence   BIGINT       NOT NULL,
    effect_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- as the ledger has it: trade-10012, cash-7, opening-alice
    cash       BIGINT       NOT NULL,
    stock_code VARCHAR(10)  NULL,
    shares     BIGINT       NOT NULL,
    created_at BIGINT       NOT NULL,
    PRIMARY KEY (account, sequence),
    KEY account_effects_by_key (effect_key),
    KEY account_effects_by_time (created_at)
);

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'accounts' AND column_name = 'last_sequence'),
               'DO 0',
               'ALTER TABLE accounts ADD COLUMN last_sequence BIGINT NOT NULL DEFAULT 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

-- The sums of an account's effects up to a checkpoint. Items are sequence (of the last effect that is in the sums), since (effects
-- up to this one are from before main was taken over the last time, and do not count), cash, and shares with a stock code.
CREATE TABLE IF NOT EXISTS account_checkpoints (
    account VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    item    VARCHAR(30) NOT NULL,
    total   BIGINT      NOT NULL,
    PRIMARY KEY (account, item)
);
-- What accounts had before they had a journal.
INSERT IGNORE INTO account_checkpoints (account, item, total) SELECT account, 'sequence', last_sequence FROM accounts;
INSERT IGNORE INTO account_checkpoints (account, item, total) SELECT account, 'cash', cash FROM accounts;
INSERT IGNORE INTO account_checkpoints (account, item, total)
SELECT account, CONCAT('shares ', stock_code), quantity FROM positions;

-- The ledger's entry of main up to which the snapshot reached from which main was taken over.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'feed_cursor' AND column_name = 'main_sequence'),
               'DO 0',
               'ALTER TABLE feed_cursor ADD COLUMN main_sequence BIGINT NOT NULL DEFAULT 0');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

-- How far effects and the ledger's entries are compared: time/account/sequence of the last one, ordered by these.
CREATE TABLE IF NOT EXISTS reconciliation_cursors (
    side  VARCHAR(10)  NOT NULL, -- EFFECTS, ENTRIES
    place VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (side)
);

-- Effects and entries that do not match; each is compared again until it does.
CREATE TABLE IF NOT EXISTS reconciliation_differences (
    account    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    effect_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    found_at   BIGINT       NOT NULL,
    PRIMARY KEY (account, effect_key)
);
