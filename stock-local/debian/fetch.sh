#!/usr/bin/env bash
# Downloads a Debian package and its dependencies, and unpacks them into a folder to run from there. Nothing is installed:
# apt runs with its own configuration, which leaves the machine's packages, lists and caches unchanged. Debian's
# signatures are verified.
#
#     fetch.sh WHAT PACKAGE SUITE LEFT-OUT PROGRAM FOLDER
#
# WHAT is the display name, LEFT-OUT a pattern of packages not needed to run PROGRAM, and PROGRAM a path below FOLDER. An
# existing folder is complete and is not changed; delete it to download a newer version. If the download fails, this prints
# the reason in one line.
set -euo pipefail

what=$1 package=$2 suite=$3 left_out=$4 program=$5 folder=$6
keys=/usr/share/keyrings/debian-archive-keyring.gpg
attempts=3

fail() {
    echo "$what could not be downloaded from Debian: $1" >&2
    exit 1
}

# Prints the Debian mirror of this machine, or the default one if it does not run Debian.
machines_mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/$' \
        || echo http://deb.debian.org/debian/
}

# Configures apt with this suite as its only source, and no installed packages.
configure() {
    mkdir -p "$work"/{lists/partial,cache/archives/partial,packages}
    : >"$work/status"
    echo "deb [arch=amd64 signed-by=$keys] $mirror $suite main" >"$work/sources.list"
    cat >"$work/apt.conf" <<END
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "";
APT::Install-Recommends "false";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
END
}

# The timeout covers a mirror that responds but stalls.
apt() {
    timeout --foreground --kill-after=10 300 apt-get --quiet --config-file="$work/apt.conf" "$@" >>"$work/log" 2>&1
}

download() {
    apt update || return 1
    apt --simulate install "$package" || return 1
    local packages
    packages=$(sed -n 's/^Inst \([^ ]*\) .*/\1/p' "$work/log" | sort -u | grep -vE "$left_out")
    # shellcheck disable=SC2086 # one word per package
    (cd "$work/packages" && apt download $packages)
}

unpack() {
    mkdir -p "$work"/root/usr/{bin,sbin,lib,lib64}
    ln -s usr/bin usr/sbin usr/lib usr/lib64 "$work/root"
    for package in "$work"/packages/*.deb; do
        dpkg-deb --fsys-tarfile "$package" \
            | tar --extract --directory="$work/root" --keep-directory-symlink --no-same-owner || return 1
    done
    [ -x "$work/root/$program" ]
}

[ -d "$folder" ] && exit 0
[ "$(uname -m)" = x86_64 ] || fail "only x86-64 is supported, and this machine is $(uname -m)"
for tool in apt-get dpkg-deb tar timeout; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done
[ -r "$keys" ] || fail "$keys is missing: install the package debian-archive-keyring"

work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mirror=$(machines_mirror)
configure
echo "Downloading $what from $mirror (only once)"
until download; do
    attempts=$((attempts - 1))
    [ "$attempts" -gt 0 ] || fail "$mirror: $(grep -m 1 '^E:' "$work/log" || echo "timed out")"
    sleep 5
    : >"$work/log"
done
unpack >>"$work/log" 2>&1 || fail "the packages could not be unpacked: $(tail -n 1 "$work/log")"
# A concurrent download may have finished first.
mv --no-target-directory "$work/root" "$folder" 2>/dev/null || [ -d "$folder" ]
