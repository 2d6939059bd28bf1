#!/usr/bin/env bash
# Removes everything that ecs/deploy.sh made: ecs/destroy.sh fin-micro. What stays is the database's last snapshot, the task
# definitions, which cost nothing, and the log groups that AWS itself made (/aws/ecs/containerinsights, /aws/rds).
# The project's name has to be given, since queues, images and logs are gone for good after it.
set -euo pipefail

fail() {
    echo "destroy.sh: $*" >&2
    exit 1
}

dry=false
if [ "${1:-}" = --dry-run ]; then
    dry=true
    shift
fi
[ $# -eq 1 ] || fail "give the project's name to have all of it removed: ecs/destroy.sh [--dry-run] fin-micro"
project=$1
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
export AWS_PAGER=
command -v aws >/dev/null || fail "aws is not installed"
[ -n "$region" ] || fail "no region: set AWS_REGION"
export AWS_REGION=$region AWS_DEFAULT_REGION=$region
aws sts get-caller-identity >/dev/null 2>&1 || fail "no valid AWS credentials: run 'aws configure' or 'aws sso login' first"

change() {
    if $dry; then
        echo "would run: $*"
    else
        "$@"
    fi
}

# The reverse of the order in which they were made: each is used by those after it.
for stack in observability services entrance cluster database messaging network registry; do
    if aws cloudformation describe-stacks --stack-name "$project-$stack" >/dev/null 2>&1; then
        echo "== stack $project-$stack"
        change aws cloudformation delete-stack --stack-name "$project-$stack"
        change aws cloudformation wait stack-delete-complete --stack-name "$project-$stack"
    fi
done
echo "== done; the database's snapshot remains: aws rds describe-db-snapshots --snapshot-type manual"
