-- A price is never a floating-point number; every table has a key.
-- Can run again from any point, as every migration: see docs/adr/0021.
ALTER TABLE attributes MODIFY stock_code VARCHAR(10) NOT NULL;

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'attributes' AND index_name = 'PRIMARY'),
               'DO 0',
               'ALTER TABLE attributes ADD PRIMARY KEY (stock_code)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

ALTER TABLE industries MODIFY industry_code VARCHAR(4) NOT NULL;

SET @once = IF(EXISTS (SELECT 1 FROM information_schema.statistics
                      WHERE table_schema = DATABASE() AND table_name = 'industries' AND index_name = 'PRIMARY'),
               'DO 0',
               'ALTER TABLE industries ADD PRIMARY KEY (industry_code)');
PREPARE once FROM @once;
EXECUTE once;
DEALLOCATE PREPARE once;

ALTER TABLE time_prices
    MODIFY stock_code VARCHAR(10) NOT NULL,
    MODIFY time VARCHAR(8) NOT NULL,
    MODIFY price DECIMAL(13,4) NOT NULL;
