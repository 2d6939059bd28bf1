-- What is held for one order each, until it is settled or released. A released one is remembered for a day, holding
-- nothing: the request for it may come late.
CREATE TABLE IF NOT EXISTS holds (
    trade_no       BIGINT      NOT NULL,
    stock_code     VARCHAR(10) NOT NULL,
    cash_value     BIGINT      NOT NULL,
    stock_quantity BIGINT      NOT NULL,
    released_at    DATETIME(3) NULL,
    PRIMARY KEY (trade_no),
    KEY holds_released (released_at)
);
