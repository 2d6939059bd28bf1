#!/usr/bin/env bash
# Downloads Chromium from Debian into a folder, about 150 MB, without installing it. Start it by FOLDER/chromium.sh.
#
#     fetch.sh [FOLDER]      default: .chromium in the project's root folder
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../../.chromium}

# Chromium uses the machine's C library, so the suite is the machine's if it runs Debian. A bundled loader does not work:
# Chromium starts child processes by /proc/self/exe, which would be the loader.
suite=$( (. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || echo bookworm)

# Left out: GPU drivers, and packages needed only for an installation.
"$here/../debian/fetch.sh" Chromium chromium "$suite" \
    '^(libc6|libc-bin|gcc-.*-base|libgcc-s1|libllvm.*|libgl1-mesa-dri|mesa-.*|dpkg|perl.*|debconf.*|adduser|passwd)$' \
    usr/lib/chromium/chromium "$folder"

folder=$(cd "$folder" && pwd)
cat >"$folder/chromium.sh" <<END
#!/bin/sh
libraries=$folder/usr/lib/x86_64-linux-gnu
# On a machine without fonts, use the downloaded ones.
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE=$folder/etc/fonts/fonts.conf XDG_DATA_HOME=$folder/usr/share
LD_LIBRARY_PATH=\$libraries:\$libraries/pulseaudio exec $folder/usr/lib/chromium/chromium "\$@"
END
chmod +x "$folder/chromium.sh"
