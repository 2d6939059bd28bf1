-- The schema as the old system has it, with its two sample trades.
-- Can run again from any point, as every migration: see docs/adr/0021.
CREATE TABLE IF NOT EXISTS trades (
    trade_no        INT,
    order_date      INT,
    order_time      VARCHAR(15),
    stock_code      VARCHAR(4),
    trade_type      VARCHAR(4),
    order_type      VARCHAR(1), -- 0 market, 1 limit
    order_price     DOUBLE,
    order_quantity  INT,
    fee             DOUBLE,
    tax             DOUBLE,
    estimated_value DOUBLE,
    trade_status    VARCHAR(1), -- 0 open, 1 contracted, 2 failed, 9 cancelled
    update_time     VARCHAR(50),
    PRIMARY KEY (trade_no)
);

INSERT INTO trades
SELECT 10001, 20200528, '09:00:00', 'A002', 'BUY', '1', 2400, 100, 1000, 100, 241100, '0', '2020-05-28T09:00:00+09:00'
FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM trades)
UNION ALL
SELECT 10002, 20200528, '11:20:00', 'A002', 'BUY', '0', 2300, 70, 1000, 100, 162100, '0', '2020-05-28T11:20:00+09:00'
FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM trades);

CREATE TABLE IF NOT EXISTS contract_trades (
    trade_no          INT,
    contract_date     INT,
    contract_time     VARCHAR(15),
    stock_code        VARCHAR(4),
    trade_type        VARCHAR(4),
    order_type        VARCHAR(1),
    contract_price    DOUBLE,
    contract_quantity INT,
    fee               DOUBLE,
    tax               DOUBLE,
    contract_value    INT,
    settlement_amount INT,
    update_time       VARCHAR(50),
    PRIMARY KEY (trade_no)
);
