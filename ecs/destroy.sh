#!/usr/bin/env bash
# Deletes everything that ecs/deploy.sh created: ecs/destroy.sh fin-micro. The final snapshot of the database, the task
# definitions, which cost nothing, and the log groups created by AWS (/aws/ecs/containerinsights, /aws/rds) remain.
# The project name is a required argument, because queues, images and logs are lost.
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
[ $# -eq 1 ] || fail "the project name is required, all of its resources are deleted: ecs/destroy.sh [--dry-run] fin-micro"
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

# The reverse order of creation: later stacks import the exports of earlier ones.
for stack in observability services entrance cluster database messaging network registry; do
    if aws cloudformation describe-stacks --stack-name "$project-$stack" >/dev/null 2>&1; then
        echo "== stack $project-$stack"
        change aws cloudformation delete-stack --stack-name "$project-$stack"
        change aws cloudformation wait stack-delete-complete --stack-name "$project-$stack"
    fi
done
echo "== done; the final snapshot of the database remains: aws rds describe-db-snapshots --snapshot-type manual"
