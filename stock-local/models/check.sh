#!/usr/bin/env bash
# Checks the models in docs/models exhaustively, and that the checker detects each fault that can be injected.
#
#     check.sh           as in .ci/run: the model of orders with either duplicates or crashes, about a minute
#     check.sh all       also with duplicates and crashes combined: 3 GB of memory, several minutes
#
# Exit code: 0 if all results are as expected, 1 if not, 2 if the models could not be checked on this machine.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)

unavailable() {
    echo "The protocol models were not checked: $1" >&2
    exit 2
}

command -v gcc >/dev/null || unavailable "gcc is not installed."
spin=$(command -v spin) || {
    "$root/stock-local/models/fetch.sh" || unavailable "see the error above."
    spin=$root/.spin/usr/bin/spin
}
"$spin" -V >/dev/null 2>&1 || unavailable "$spin does not run on this machine."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Returns 0 and prints the number of states if no assertion is violated. Otherwise prints the violated assertion, and
# writes the steps that lead to it to MODEL.trail.txt.
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
        # Only a search that completed without a warning has visited every state.
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

expect_no_violation() {
    echo "$*: expecting no violation"
    verify "$@" || {
        failed=1
        echo "  FAILED"
        [ ! -f "$work/$1.trail.txt" ] || tail -n 100 "$work/$1.trail.txt"
    }
}

expect_violation() {
    echo "$*: expecting the checker to detect the fault"
    verify "$@"
    [ $? -eq 1 ] || {
        failed=1
        echo "  FAILED: not detected"
    }
}

expect_no_violation orders -DDUPLICATES=0
expect_no_violation orders -DCRASHES=0
expect_violation orders -DCRASHES=0 -DCHECK_BEFORE_LOCK
expect_violation orders -DCRASHES=0 -DSWEEP_TRUSTS_ITS_LIST
expect_violation orders -DDUPLICATES=0 -DSENT_BEFORE_BOOKED
expect_no_violation feed
expect_violation feed -DPOSITION_BEFORE_LOCK
expect_violation feed -DCURSOR_APART
expect_violation feed -DTRADES_BEFORE_SNAPSHOT
expect_violation feed -DCRASHES=0 -DDEPOSIT_NOT_AWAITED
expect_violation feed -DCRASHES=0 -DONLY_UNSENT_ASKED
[ "${1:-}" != all ] || expect_no_violation orders
exit "$failed"
