-- A price is never a floating-point number; every table has a key.
ALTER TABLE attributes
    MODIFY stock_code VARCHAR(10) NOT NULL,
    ADD PRIMARY KEY (stock_code);

ALTER TABLE industries
    MODIFY industry_code VARCHAR(4) NOT NULL,
    ADD PRIMARY KEY (industry_code);

ALTER TABLE time_prices
    MODIFY stock_code VARCHAR(10) NOT NULL,
    MODIFY time VARCHAR(8) NOT NULL,
    MODIFY price DECIMAL(13,4) NOT NULL;
