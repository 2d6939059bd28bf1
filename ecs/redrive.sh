#!/usr/bin/env bash
# Moves all messages of a queue's dead-letter queue back to the queue, and waits until that is done.
set -euo pipefail

usage='usage: ecs/redrive.sh QUEUE [--dry-run] [--rate MESSAGES_PER_SECOND], e.g. ecs/redrive.sh fin-micro-stock-prices-que'

fail() {
    echo "redrive.sh: $*" >&2
    exit 1
}

queue=
dry=false
rate=
while [ $# -gt 0 ]; do
    case "$1" in
        --dry-run) dry=true ;;
        --rate)
            rate=${2:-}
            [[ $rate =~ ^[1-9][0-9]{0,2}$ && $rate -le 500 ]] || fail "--rate requires a number from 1 to 500"
            shift
            ;;
        --help | -h) echo "$usage"; exit 0 ;;
        -*) fail "unknown argument $1; $usage" ;;
        *)
            [ -z "$queue" ] || fail "more than one queue; $usage"
            queue=${1%-dlq}
            ;;
    esac
    shift
done
[ -n "$queue" ] || fail "$usage"
command -v aws >/dev/null || fail "aws is not installed"
export AWS_PAGER=

url=$(aws sqs get-queue-url --queue-name "$queue-dlq" --query QueueUrl --output text) || fail "cannot find the queue $queue-dlq"
attributes=$(aws sqs get-queue-attributes --queue-url "$url" --attribute-names QueueArn ApproximateNumberOfMessages \
    --query 'Attributes.[QueueArn,ApproximateNumberOfMessages]' --output text)
read -r arn waiting <<<"$attributes"
echo "$queue-dlq: about $waiting messages"

move=(aws sqs start-message-move-task --source-arn "$arn")
[ -z "$rate" ] || move+=(--max-number-of-messages-per-second "$rate")
if $dry; then
    echo "would run: ${move[*]}"
    exit 0
fi
"${move[@]}" >/dev/null
while true; do
    task=$(aws sqs list-message-move-tasks --source-arn "$arn" --output text \
        --query 'Results[0].[Status,ApproximateNumberOfMessagesMoved,FailureReason]')
    read -r status moved reason <<<"$task"
    case "$status" in
        RUNNING) sleep 2 ;;
        COMPLETED) echo "moved $moved messages to $queue"; exit 0 ;;
        *) fail "the move ended with $status after $moved messages: $reason" ;;
    esac
done
