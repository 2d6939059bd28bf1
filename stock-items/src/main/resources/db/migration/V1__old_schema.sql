-- The schema as the old system has it, with its sample rows.
CREATE TABLE attributes (
    stock_code    VARCHAR(4),
    stock_name    VARCHAR(200),
    industry_code VARCHAR(4),
    update_time   VARCHAR(50)
);

INSERT INTO attributes VALUES
    ('A001', 'Sample IT Company', '5250', '2020-05-17T09:00:00+09:00'),
    ('A002', 'Sample IT Company2', '5250', '2020-05-17T09:00:00+09:00');

CREATE TABLE industries (
    industry_code VARCHAR(4),
    industry_name VARCHAR(50)
);

INSERT INTO industries VALUES ('5250', 'Information & Communication');

CREATE TABLE time_prices (
    stock_code VARCHAR(4),
    date       INT,
    time       VARCHAR(5),
    price      DOUBLE,
    PRIMARY KEY (stock_code, date, time)
);

INSERT INTO time_prices VALUES
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
