-- The schema as the old system has it, with its one row of cash.
-- Can run again from any point, as every migration: see docs/adr/0021.
CREATE TABLE IF NOT EXISTS cash_balances (
    cash_value  INT,
    update_time VARCHAR(50)
);

INSERT INTO cash_balances
SELECT 10000000, '2020-05-28T11:20:00+09:00' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM cash_balances);

CREATE TABLE IF NOT EXISTS stock_balances (
    stock_code     VARCHAR(4),
    stock_value    INT,
    stock_quantity INT,
    update_time    VARCHAR(50),
    PRIMARY KEY (stock_code)
);
