#!/usr/bin/env bash
# Gets Oracle's MySQL server from Debian sid into a folder, about 60 MB; nothing is installed.
#
#     fetch.sh [FOLDER]      .mysql at the project's root if none is named
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Perl is for the scripts that come with the server; the server itself runs without.
exec "$here/../debian/fetch.sh" "MySQL's server" mysql-server-core sid '^(lib)?perl|^debconf' usr/sbin/mysqld \
    "${1:-$here/../../.mysql}"
