-- Names may be Japanese, which a database whose default is latin1 would refuse. Can run again from any point: see docs/adr/0021.
ALTER TABLE attributes MODIFY stock_name VARCHAR(200) CHARACTER SET utf8mb4;

ALTER TABLE industries MODIFY industry_name VARCHAR(50) CHARACTER SET utf8mb4;
