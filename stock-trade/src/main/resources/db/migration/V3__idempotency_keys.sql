-- Which trade the order under a client's Idempotency-Key became. Rows are purged after a day.
CREATE TABLE IF NOT EXISTS idempotency_keys (
    idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    trade_no        BIGINT      NOT NULL,
    created_at      DATETIME(3) NOT NULL,
    PRIMARY KEY (idempotency_key),
    KEY idempotency_keys_created (created_at)
);
