#!/usr/bin/env bash
# Gets the model checker Spin from Debian into a folder, about 1 MB; nothing is installed. It runs as FOLDER/usr/bin/spin.
#
#     fetch.sh [FOLDER]      .spin at the project's root if none is named
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Spin runs on the machine's own C library, and needs the machine's C compiler.
suite=$( (. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || echo bookworm)
exec "$here/../debian/fetch.sh" Spin spin "$suite" '^(libc6|gcc-.*-base|libgcc-s1)$' usr/bin/spin "${1:-$here/../../.spin}"
