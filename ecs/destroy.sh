#!/usr/bin/env bash
# Deletes everything that ecs/deploy.sh created: ecs/destroy.sh --force fin-micro. The final snapshot of the database, the
# task definitions, which cost nothing, and the log groups created by AWS (/aws/ecs/containerinsights, /aws/rds) remain.
# The project name is a required argument, because queues, images and logs are lost. --force lifts the deletion protection
# of database and counter table.
set -euo pipefail

fail() {
    echo "destroy.sh: $*" >&2
    exit 1
}

dry=false
force=false
while [[ ${1:-} == -* ]]; do
    case "$1" in
        --dry-run) dry=true ;;
        --force) force=true ;;
        *) fail "unknown argument $1" ;;
    esac
    shift
done
[ $# -eq 1 ] ||
    fail "the project name is required, all of its resources are deleted: ecs/destroy.sh [--dry-run] [--force] fin-micro"
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
        "$@" >/dev/null
    fi
}

# Prints the name of a resource. Prints nothing if its stack does not have it: an existing database or table is kept.
resource() {
    aws cloudformation describe-stack-resource --stack-name "$project-$1" --logical-resource-id "$2" \
        --query StackResourceDetail.PhysicalResourceId --output text 2>/dev/null || true
}

database=$(resource database Server)
counter=$(resource messaging Counter)
$force || [ -z "$database$counter" ] ||
    fail "protected from deletion: database '$database', counter table '$counter'. --force deletes them; a final snapshot of the database remains"

# Lifts the protections of a stack. CloudFormation never deletes the counter table, so this does.
unprotect() {
    if [ "$1" = database ] && [ -n "$database" ]; then
        change aws rds modify-db-instance --db-instance-identifier "$database" --no-deletion-protection --apply-immediately
    elif [ "$1" = messaging ] && [ -n "$counter" ] && aws dynamodb describe-table --table-name "$counter" >/dev/null 2>&1; then
        change aws dynamodb update-table --table-name "$counter" --no-deletion-protection-enabled
        change aws dynamodb wait table-exists --table-name "$counter"
        change aws dynamodb delete-table --table-name "$counter"
    fi
}

# The reverse order of creation: later stacks import the exports of earlier ones.
for stack in observability services entrance cluster database messaging network registry; do
    if aws cloudformation describe-stacks --stack-name "$project-$stack" >/dev/null 2>&1; then
        echo "== stack $project-$stack"
        unprotect "$stack"
        change aws cloudformation delete-stack --stack-name "$project-$stack"
        change aws cloudformation wait stack-delete-complete --stack-name "$project-$stack"
    fi
done
echo "== done; the final snapshot of the database remains: aws rds describe-db-snapshots --snapshot-type manual"
