-- The schema as the old system has it, with its one row of cash.
CREATE TABLE cash_balances (
    cash_value  INT,
    update_time VARCHAR(50)
);

INSERT INTO cash_balances VALUES (10000000, '2020-05-28T11:20:00+09:00');

CREATE TABLE stock_balances (
    stock_code     VARCHAR(4),
    stock_value    INT,
    stock_quantity INT,
    update_time    VARCHAR(50),
    PRIMARY KEY (stock_code)
);
