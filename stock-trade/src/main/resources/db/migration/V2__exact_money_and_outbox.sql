-- Money in 64 bits, prices exact, and the outbox.
-- Can run again from any point, as every migration: see docs/adr/0021.
ALTER TABLE trades
    MODIFY trade_no BIGINT NOT NULL,
    MODIFY stock_code VARCHAR(10) NOT NULL,
    MODIFY order_price DECIMAL(13,4) NOT NULL,
    MODIFY order_quantity BIGINT NOT NULL,
    MODIFY fee BIGINT NOT NULL,
    MODIFY tax BIGINT NOT NULL,
    MODIFY estimated_value BIGINT NOT NULL,
    MODIFY trade_status VARCHAR(1) NOT NULL DEFAULT '0';

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_status'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_status (trade_status, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'trades' AND index_name = 'trades_by_stock'),
               'DO 0',
               'ALTER TABLE trades ADD INDEX trades_by_stock (stock_code, trade_no)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

ALTER TABLE contract_trades
    MODIFY trade_no BIGINT NOT NULL,
    MODIFY stock_code VARCHAR(10) NOT NULL,
    MODIFY contract_price DECIMAL(13,4) NOT NULL,
    MODIFY contract_quantity BIGINT NOT NULL,
    MODIFY fee BIGINT NOT NULL,
    MODIFY tax BIGINT NOT NULL,
    MODIFY contract_value BIGINT NOT NULL,
    MODIFY settlement_amount BIGINT NOT NULL;

-- What is still to be told to the market (destination 'order') or to stock-balance ('settle'). Its times are the
-- database's own, so that every task has the same clock. A row that is claimed comes due again when its claim runs out.
CREATE TABLE IF NOT EXISTS outbox (
    id              BIGINT        NOT NULL AUTO_INCREMENT,
    message_id      VARCHAR(40)   NOT NULL,
    destination     VARCHAR(10)   NOT NULL,
    body            VARCHAR(2000) NOT NULL,
    traceparent     VARCHAR(60)   NULL,
    state           CHAR(1)       NOT NULL DEFAULT 'W', -- W waiting, S sent, P parked
    attempts        INT           NOT NULL DEFAULT 0,
    next_attempt_at DATETIME(3)   NOT NULL,
    reason          VARCHAR(500)  NULL,
    created_at      DATETIME(3)   NOT NULL,
    sent_at         DATETIME(3)   NULL,
    PRIMARY KEY (id),
    UNIQUE KEY outbox_message (message_id),
    KEY outbox_due (destination, state, next_attempt_at),
    KEY outbox_sent (state, sent_at)
);
