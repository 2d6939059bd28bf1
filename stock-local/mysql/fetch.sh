#!/usr/bin/env bash
# Downloads Oracle's MySQL server from Debian sid into a folder, about 60 MB, without installing it.
#
#     fetch.sh [FOLDER]      default: .mysql in the project's root folder
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Perl is left out: only the server's scripts need it.
exec "$here/../debian/fetch.sh" "MySQL's server" mysql-server-core sid '^(lib)?perl|^debconf' usr/sbin/mysqld \
    "${1:-$here/../../.mysql}"
