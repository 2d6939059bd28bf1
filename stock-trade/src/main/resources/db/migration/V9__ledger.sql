-- What this service knows of the ledger in stock-balance: see docs/adr/0031. Can run again from any point: see docs/adr/0021.
-- position: the last booking of the feed that is applied. main_position: bookings of main up to here were in the snapshot from
-- which main was taken over. main_status: what main was when it was forgotten, for the next take-over. The row is also the lock that lets one task at a time read the feed or take main over.
CREATE TABLE IF NOT EXISTS feed_cursor (
    id            INT    NOT NULL,
    position      BIGINT NOT NULL,
    main_position BIGINT NOT NULL,
    main_status   VARCHAR(10) NOT NULL DEFAULT 'ACTIVE',
    PRIMARY KEY (id)
);
INSERT INTO feed_cursor (id, position, main_position)
SELECT 1, 0, 0 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM feed_cursor);

-- Deposits and withdrawals, never purged: their keys never expire. Amounts are whole yen, created_at milliseconds since 1970 (UTC).
CREATE TABLE IF NOT EXISTS cash_movements (
    account      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    movement_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    movement_no  BIGINT       NOT NULL AUTO_INCREMENT,
    kind         VARCHAR(10)  NOT NULL, -- DEPOSIT, WITHDRAWAL
    amount       BIGINT       NOT NULL,
    reference    VARCHAR(100) CHARACTER SET utf8mb4 NULL, -- free text; the default of the database may be latin1
    created_at   BIGINT       NOT NULL,
    PRIMARY KEY (account, movement_key),
    UNIQUE KEY cash_movements_by_number (movement_no)
);
