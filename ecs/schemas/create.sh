#!/bin/sh
# Creates the three schemas and a user for each that reaches no other, or gives the users their passwords again.
# Environment: DB_HOST, ADMIN_USERNAME, ADMIN_PASSWORD; {BALANCE,ITEMS,TRADE}_{USERNAME,PASSWORD}.
# Options for the client, such as --port, may follow.
set -eu

# A value becomes part of a statement: letters, digits and _ alone.
plain() {
    case "$1" in
        "" | *[!A-Za-z0-9_]*) echo "a user name or password is empty or has other signs than letters, digits and _" >&2; exit 1 ;;
    esac
}

# The rights of a user: those of its rows, and those that its service's migrations need.
schema() {
    plain "$2"
    plain "$3"
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

# The client takes the password from its environment, and the statements from a pipe: neither is seen in a list of processes.
printf '%s\n' "$statements" | MYSQL_PWD=$ADMIN_PASSWORD mysql --host="$DB_HOST" --user="$ADMIN_USERNAME" "$@"
echo "schemas and users are there"
