#!/usr/bin/env bash
# Downloads the model checker Spin from Debian into a folder, about 1 MB, without installing it. Start it by
# FOLDER/usr/bin/spin.
#
#     fetch.sh [FOLDER]      default: .spin in the project's root folder
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Spin uses the machine's C library and C compiler.
suite=$( (. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || echo bookworm)
exec "$here/../debian/fetch.sh" Spin spin "$suite" '^(libc6|gcc-.*-base|libgcc-s1)$' usr/bin/spin "${1:-$here/../../.spin}"
