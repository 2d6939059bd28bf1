#!/usr/bin/env bash
# Checks the models in docs/models exhaustively, and that each fault which can be put in is found.
#
#     check.sh           what .ci/run runs: a duplicate and a crash of the orders' model apart, about a minute
#     check.sh all       duplicate and crash together as well: 3 GB of memory, several minutes
#
# It ends with 0 if all is as expected, with 1 if it is not, and with 2 if the models could not be checked here.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)

unavailable() {
    echo "The protocol models were not checked: $1" >&2
    exit 2
}

command -v gcc >/dev/null || unavailable "there is no gcc here."
spin=$(command -v spin) || {
    "$root/stock-local/models/fetch.sh" || unavailable "the line above says why."
    spin=$root/.spin/usr/bin/spin
}
"$spin" -V >/dev/null 2>&1 || unavailable "$spin does not run here."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Prints how many states there are, or the assertion that is violated and the steps that lead there; 0 if none is.
verify() {
    local model=$1
    shift
    rm -rf "${work:?}"/*
    cp "$root/docs/models/$model.pml" "$work"
    (
        cd "$work" || exit 3
        "$spin" "$@" -a "$model.pml" >spin.log 2>&1 || { cat spin.log; exit 3; }
        gcc -O2 -w -DSAFETY -DCOLLAPSE -DMEMLIM=8000 -o pan pan.c || exit 3
        ./pan -m100000 -w24 -E >pan.log
        # Only a search that came to an end without a warning has seen every state.
        if grep -q 'errors: 0' pan.log && ! grep -qiE 'not completed|max search depth|out of memory' pan.log; then
            grep 'states, stored' pan.log
            exit 0
        fi
        grep -q '^pan:.*assertion violated' pan.log || { cat pan.log; exit 3; }
        grep '^pan:.*assertion violated' pan.log
        "$spin" "$@" -t -p "$model.pml" >"$model.trail.txt" 2>&1
        exit 1
    )
}

holds() {
    echo "$*: no state may violate a property"
    verify "$@" || {
        failed=1
        echo "  FAILED"
        [ ! -f "$work/$1.trail.txt" ] || tail -n 100 "$work/$1.trail.txt"
    }
}

finds() {
    echo "$*: the fault has to be found"
    verify "$@"
    [ $? -eq 1 ] || {
        failed=1
        echo "  FAILED: it is not found"
    }
}

holds orders -DDUPLICATES=0
holds orders -DCRASHES=0
finds orders -DCRASHES=0 -DCHECK_BEFORE_LOCK
finds orders -DCRASHES=0 -DSWEEP_TRUSTS_ITS_LIST
finds orders -DDUPLICATES=0 -DSENT_BEFORE_BOOKED
holds feed
finds feed -DPOSITION_BEFORE_LOCK
finds feed -DCURSOR_APART
finds feed -DTRADES_BEFORE_SNAPSHOT
finds feed -DCRASHES=0 -DDEPOSIT_NOT_AWAITED
finds feed -DCRASHES=0 -DONLY_UNSENT_ASKED
[ "${1:-}" != all ] || holds orders
exit "$failed"
