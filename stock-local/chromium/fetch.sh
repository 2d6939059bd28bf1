#!/usr/bin/env bash
# Gets Chromium from Debian into a folder, about 150 MB; nothing is installed. It runs as FOLDER/chromium.sh.
#
#     fetch.sh [FOLDER]      .chromium at the project's root if none is named
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../../.chromium}

# The suite of the machine itself where it is a Debian, since Chromium runs on the machine's own C library: it starts itself
# again by the name of its file, which under a loader of its own would be the loader.
suite=$( (. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || echo bookworm)

# What draws with a graphics card, and what only an installation needs.
"$here/../debian/fetch.sh" Chromium chromium "$suite" \
    '^(libc6|libc-bin|gcc-.*-base|libgcc-s1|libllvm.*|libgl1-mesa-dri|mesa-.*|dpkg|perl.*|debconf.*|adduser|passwd)$' \
    usr/lib/chromium/chromium "$folder"

folder=$(cd "$folder" && pwd)
cat >"$folder/chromium.sh" <<END
#!/bin/sh
libraries=$folder/usr/lib/x86_64-linux-gnu
# A machine without fonts has those that came along.
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE=$folder/etc/fonts/fonts.conf XDG_DATA_HOME=$folder/usr/share
LD_LIBRARY_PATH=\$libraries:\$libraries/pulseaudio exec $folder/usr/lib/chromium/chromium "\$@"
END
chmod +x "$folder/chromium.sh"
