#!/bin/sh
# Creates the three schemas, each with a user that can access only this schema. Resets the passwords of existing users.
# Environment: DB_HOST, ADMIN_USERNAME, ADMIN_PASSWORD; {BALANCE,ITEMS,TRADE}_{USERNAME,PASSWORD}.
# Arguments are passed to the mysql client, e.g. --port.
set -eu

# Fails unless a value has only letters, digits and _, because it becomes part of an SQL statement.
require_plain() {
    case "$1" in
        "" | *[!A-Za-z0-9_]*) echo "a user name or password is empty, or has characters other than letters, digits and _" >&2; exit 1 ;;
    esac
}

# The DDL privileges are for the migrations of the service.
schema() {
    require_plain "$2"
    require_plain "$3"
    cat <<SQL
CREATE DATABASE IF NOT EXISTS $1;
CREATE USER IF NOT EXISTS '$2'@'%';
ALTER USER '$2'@'%' IDENTIFIED BY '$3';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON $1.* TO '$2'@'%';
SQL
}

statements=$(
    schema StockBalance "$BALANCE_USERNAME" "$BALANCE_PASSWORD"
    schema StockItems "$ITEMS_USERNAME" "$ITEMS_PASSWORD"
    schema StockTrade "$TRADE_USERNAME" "$TRADE_PASSWORD"
)

# The password goes through the environment and the statements through a pipe, so neither appears in a process list.
printf '%s\n' "$statements" | MYSQL_PWD=$ADMIN_PASSWORD mysql --host="$DB_HOST" --user="$ADMIN_USERNAME" "$@"
echo "schemas and users exist"
