#!/usr/bin/env bash
# Gets a package of Debian and the libraries it needs into a folder, to be run from there. The machine's own packages,
# lists and caches are not touched: apt works with a configuration of this script alone, and the packages are unpacked,
# not installed. Debian's signatures are verified.
#
#     fetch.sh WHAT PACKAGE SUITE LEFT-OUT PROGRAM FOLDER
#
# WHAT is its name for people, LEFT-OUT a pattern of packages that are not needed to run PROGRAM, a path below FOLDER. A
# folder that is there is complete, and left as it is; delete it to get a newer one. Where it cannot be had, this ends with
# one line that says why.
set -euo pipefail

what=$1 package=$2 suite=$3 left_out=$4 program=$5 folder=$6
keys=/usr/share/keyrings/debian-archive-keyring.gpg
attempts=3

fail() {
    echo "$what could not be fetched from Debian: $1" >&2
    exit 1
}

# The Debian mirror that the machine uses itself, if it is a Debian.
machines_mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/$' \
        || echo http://deb.debian.org/debian/
}

# An apt that knows the suite and nothing else, and of no package that would be installed.
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

# A mirror that answers but does not come to an end is given up too.
apt() {
    timeout --foreground --kill-after=10 300 apt-get --quiet --config-file="$work/apt.conf" "$@" >>"$work/log" 2>&1
}

download() {
    apt update || return 1
    apt --simulate install "$package" || return 1
    local packages
    packages=$(sed -n 's/^Inst \([^ ]*\) .*/\1/p' "$work/log" | sort -u | grep -vE "$left_out")
    # shellcheck disable=SC2086 # one word a package
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
[ "$(uname -m)" = x86_64 ] || fail "it is wanted for x86-64, and this is $(uname -m)"
for tool in apt-get dpkg-deb tar timeout; do
    command -v "$tool" >/dev/null || fail "there is no $tool here"
done
[ -r "$keys" ] || fail "there is no $keys here (package debian-archive-keyring)"

work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mirror=$(machines_mirror)
configure
echo "Fetching $what from $mirror, once"
until download; do
    attempts=$((attempts - 1))
    [ "$attempts" -gt 0 ] || fail "$mirror: $(grep -m 1 '^E:' "$work/log" || echo "no answer in time")"
    sleep 5
    : >"$work/log"
done
unpack >>"$work/log" 2>&1 || fail "its packages could not be unpacked: $(tail -n 1 "$work/log")"
# Whoever fetches at the same time may have been first.
mv --no-target-directory "$work/root" "$folder" 2>/dev/null || [ -d "$folder" ]
