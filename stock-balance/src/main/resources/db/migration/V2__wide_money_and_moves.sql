-- Money in 64 bits, a key on every table, and the ledger that makes a settlement count once.
-- Added columns have defaults: an old service may write beside this one.
-- Can run again from any point, as every migration: see docs/adr/0021.
SET @once = IF(EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = DATABASE() AND table_name = 'cash_balances' AND column_name = 'id'),
               'DO 0',
               'ALTER TABLE cash_balances ADD COLUMN id TINYINT NOT NULL DEFAULT 1 FIRST, ADD PRIMARY KEY (id)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

ALTER TABLE cash_balances MODIFY cash_value BIGINT NOT NULL;

ALTER TABLE stock_balances
    MODIFY stock_code VARCHAR(10) NOT NULL,
    MODIFY stock_value BIGINT NOT NULL,
    MODIFY stock_quantity BIGINT NOT NULL;

-- One row a settled trade, with the balances after it, so that a repeated settlement is answered as the first was.
CREATE TABLE IF NOT EXISTS stock_moves (
    trade_no          BIGINT        NOT NULL,
    stock_code        VARCHAR(10)   NOT NULL,
    trade_type        VARCHAR(4)    NOT NULL,
    contract_date     INT           NOT NULL,
    contract_time     VARCHAR(15)   NOT NULL,
    price             DECIMAL(13,4) NOT NULL,
    quantity          BIGINT        NOT NULL,
    fee               BIGINT        NOT NULL,
    tax               BIGINT        NOT NULL,
    contract_value    BIGINT        NOT NULL,
    settlement_amount BIGINT        NOT NULL,
    cash_after        BIGINT        NOT NULL,
    value_after       BIGINT        NOT NULL,
    quantity_after    BIGINT        NOT NULL,
    update_time       VARCHAR(50)   NOT NULL,
    PRIMARY KEY (trade_no)
);
