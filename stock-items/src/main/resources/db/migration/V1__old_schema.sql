-- The schema as the old system has it, with its sample rows.
-- Can run again from any point, as every migration: see docs/adr/0021.
CREATE TABLE IF NOT EXISTS attributes (
    stock_code    VARCHAR(4),
    stock_name    VARCHAR(200),
    industry_code VARCHAR(4),
    update_time   VARCHAR(50)
);

INSERT INTO attributes
SELECT 'A001', 'Sample IT Company', '5250', '2020-05-17T09:00:00+09:00'
FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM attributes)
UNION ALL
SELECT 'A002', 'Sample IT Company2', '5250', '2020-05-17T09:00:00+09:00'
FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM attributes);

CREATE TABLE IF NOT EXISTS industries (
    industry_code VARCHAR(4),
    industry_name VARCHAR(50)
);

INSERT INTO industries
SELECT '5250', 'Information & Communication' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM industries);

CREATE TABLE IF NOT EXISTS time_prices (
    stock_code VARCHAR(4),
    date       INT,
    time       VARCHAR(5),
    price      DOUBLE,
    PRIMARY KEY (stock_code, date, time)
);

-- Rows that are there already stay as they are.
INSERT IGNORE INTO time_prices VALUES
    ('A002', 20200526, '09:00', 2650),
    ('A002', 20200526, '09:05', 2660),
    ('A002', 20200526, '09:10', 2551),
    ('A002', 20200526, '09:15', 2648),
    ('A002', 20200526, '09:20', 2645),
    ('A002', 20200526, '09:25', 2647),
    ('A002', 20200526, '09:30', 2643),
    ('A002', 20200526, '09:35', 2640),
    ('A002', 20200526, '09:40', 2639),
    ('A002', 20200526, '09:45', 2638),
    ('A002', 20200526, '09:50', 2638),
    ('A002', 20200526, '09:55', 2640),
    ('A002', 20200526, '10:00', 2643);
