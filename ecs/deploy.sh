#!/usr/bin/env bash
# Deploys the system of this commit: creates it in an empty AWS account, or updates a running one. Non-interactive and
# idempotent: resources that are up to date are not changed. `ecs/deploy.sh --help` lists the options.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    cat <<'HELP'
ecs/deploy.sh [--dry-run] [--only SERVICE]

  --dry-run        prints the commands that would change something, and changes nothing
  --only SERVICE   deploys only this service: stock-balance, stock-items, stock-market or stock-trade

Requires the AWS CLI with credentials, Docker with buildx, git and a JDK. Environment variables, with [defaults]; only
the region is required:

  AWS_REGION            region to deploy to
  PROJECT               prefix of all resource names [fin-micro]; several projects can share an account and region
  IMAGE_TAG             image tag to deploy [this commit]. Another commit's tag rolls back: the services return to the
                        task definition revisions registered with it, and nothing else changes
  CPU_ARCHITECTURE      of the tasks, ARM64 or X86_64 [ARM64]
  PLATFORMS             platforms to build images for [that of CPU_ARCHITECTURE]; both: linux/amd64,linux/arm64

If one of these is not set, an existing stack keeps its current value:

  MESSAGE_MODE          sqs or sns [sqs]
  FEWEST_TASKS, MOST_TASKS   minimum and maximum number of tasks of each service [2, 3]
  ORDERS_PER_MINUTE     rate limit for each client IP address [600]
  CERTIFICATE_ARN       certificate of the host name; without one the load balancer serves plain HTTP
  ALARM_EMAIL           email address that receives the alarms
  INSTANCE_CLASS        instance class of the database [db.t4g.medium]
  MAX_STORAGE           limit in GiB to which RDS increases the storage of the database [1000]
  OIDC_ISSUER, OIDC_AUDIENCE, OIDC_PAGE_CLIENT_ID, OIDC_TOKEN_URI, OIDC_SERVICE_SECRET
                        OpenID provider, required for the first deployment: see docs/configuration.md.
                        OIDC_SERVICE_SECRET is the ARN of a secret with stock-trade's client_id and client_secret
  OIDC_JWKS_URI         public keys of the issuer [OIDC_ISSUER/.well-known/jwks.json]

These cannot be changed after the first deployment:

  VPC_ID, PUBLIC_SUBNETS, PRIVATE_SUBNETS     an existing network to use
  SNAPSHOT_ID           snapshot to restore the database from
  EXISTING_QUEUES       true to share the existing queues and counter table of the old system
  DATABASE_HOST, DATABASE_ADMINISTRATOR       an existing RDS for MySQL to use, on port 3306: the host name of its endpoint,
                        and the ARN of the secret with its administrator's username and password
HELP
}

fail() {
    echo "deploy.sh: $*" >&2
    exit 1
}

services=(stock-balance stock-items stock-market stock-trade)
dry=false
only=
while [ $# -gt 0 ]; do
    case "$1" in
        --dry-run) dry=true ;;
        --only)
            only=${2:-}
            case "$only" in
                stock-balance | stock-items | stock-market | stock-trade) shift ;;
                *) fail "--only requires one of ${services[*]}" ;;
            esac
            ;;
        --help | -h) usage; exit 0 ;;
        *) fail "unknown argument $1; see ecs/deploy.sh --help" ;;
    esac
    shift
done

project=${PROJECT:-fin-micro}
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
architecture=${CPU_ARCHITECTURE:-ARM64}
case "$architecture" in
    ARM64) platform=linux/arm64 ;;
    X86_64) platform=linux/amd64 ;;
    *) fail "CPU_ARCHITECTURE=$architecture is invalid: use ARM64 or X86_64" ;;
esac
platforms=${PLATFORMS:-$platform}
stacks=(registry network messaging database cluster entrance services observability)
rendered=$PWD/target/ecs
tab=$'\t'
export AWS_PAGER=

# ---- Preflight checks: nothing is changed before all of them pass. ----

[ "${BASH_VERSINFO[0]}" -ge 4 ] || fail "bash 4 or newer is required"
for tool in aws git docker java sha256sum; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done
[ -n "$region" ] || fail "no region: set AWS_REGION"
[[ $project =~ ^[a-z][a-z0-9]*(-[a-z0-9]+)*$ && ${#project} -le 24 ]] ||
    fail "PROJECT=$project is invalid: use 1 to 24 lowercase letters and digits, starting with a letter; single hyphens may separate them"
[[ ${MESSAGE_MODE:-sqs} =~ ^(sqs|sns)$ ]] || fail "MESSAGE_MODE=$MESSAGE_MODE is invalid: use sqs or sns"
[[ ${EXISTING_QUEUES:-true} =~ ^(true|false)$ ]] || fail "EXISTING_QUEUES=$EXISTING_QUEUES is invalid: use true or false"
[[ ",$platforms," == *",$platform,"* ]] || fail "PLATFORMS=$platforms must include $platform, because CPU_ARCHITECTURE is $architecture"
for number in FEWEST_TASKS MOST_TASKS ORDERS_PER_MINUTE MAX_STORAGE; do
    [[ ${!number:-1} =~ ^[0-9]+$ ]] || fail "$number=${!number} is not a whole number"
done
# Fails if some of these variables are set, but not all.
together() {
    local name given=0
    for name in "$@"; do [ -z "${!name:-}" ] || given=$((given + 1)); done
    [ "$given" -eq 0 ] || [ "$given" -eq $# ] || fail "set all of $* or none"
}
together VPC_ID PUBLIC_SUBNETS PRIVATE_SUBNETS
together DATABASE_HOST DATABASE_ADMINISTRATOR
[ -z "${SNAPSHOT_ID:-}" ] || [ -z "${DATABASE_HOST:-}" ] || fail "set SNAPSHOT_ID or DATABASE_HOST, not both"
together OIDC_ISSUER OIDC_AUDIENCE OIDC_PAGE_CLIENT_ID OIDC_TOKEN_URI OIDC_SERVICE_SECRET
[[ ${CERTIFICATE_ARN:-arn:aws:acm:$region:} == arn:aws*:acm:$region:* ]] ||
    fail "CERTIFICATE_ARN=$CERTIFICATE_ARN is not an ACM certificate in $region"
export AWS_REGION=$region AWS_DEFAULT_REGION=$region
account=$(aws sts get-caller-identity --query Account --output text 2>/dev/null) ||
    fail "no valid AWS credentials: run 'aws configure' or 'aws sso login' first"
registry=$account.dkr.ecr.$region.amazonaws.com
docker buildx version >/dev/null 2>&1 || fail "docker buildx is not installed: install the docker-buildx plugin"

commit=$(git rev-parse --short=12 HEAD)
tag=${IMAGE_TAG:-$commit}

# Runs a query. Prints NONE if it fails with an error that matches $1 (a grep -E pattern).
query() {
    local absent=$1 answer
    shift
    if answer=$("$@" --output text 2>&1); then
        printf '%s\n' "$answer"
    elif grep -q -E "$absent" <<<"$answer"; then
        echo NONE
    else
        fail "$(tr '\n' ' ' <<<"$answer")"
    fi
}

# Prints a property of a stack, or NONE if the stack does not exist.
of_stack() {
    query 'does not exist' aws cloudformation describe-stacks --stack-name "$project-$1" --query "Stacks[0].$2"
}

for stack in "${stacks[@]}"; do
    status=$(of_stack "$stack" StackStatus)
    case "$status" in
        NONE | REVIEW_IN_PROGRESS | CREATE_COMPLETE | UPDATE_COMPLETE | UPDATE_ROLLBACK_COMPLETE | IMPORT_COMPLETE) ;;
        ROLLBACK_COMPLETE | ROLLBACK_FAILED | CREATE_FAILED | DELETE_FAILED)
            fail "stack $project-$stack is in state $status: 'aws cloudformation delete-stack --stack-name $project-$stack', then run this script again"
            ;;
        *_IN_PROGRESS) fail "stack $project-$stack is in state $status: wait until it has finished, then run this script again" ;;
        *) fail "stack $project-$stack is in state $status: fix it in the CloudFormation console, then run this script again" ;;
    esac
done

# Fails if a parameter that must not change has another value in the existing stack. A changed value would abandon the
# network, queues or database of the running system.
require_unchanged() {
    local current
    current=$(of_stack "$1" "Parameters[?ParameterKey=='$2'].ParameterValue")
    [ -z "$3" ] || [ "$current" = NONE ] || [ "$current" = "$3" ] ||
        fail "stack $project-$1 was created with $2='$current', which cannot be changed: set another PROJECT, or destroy this one first"
}
require_unchanged network VpcId "${VPC_ID:-}"
require_unchanged messaging Existing "${EXISTING_QUEUES:-}"
require_unchanged database ExistingHost "${DATABASE_HOST:-}"
require_unchanged database SnapshotId "${SNAPSHOT_ID:-}"

if [ -z "$only" ] && [ -z "${OIDC_ISSUER:-}" ]; then
    issuer=$(of_stack cluster "Parameters[?ParameterKey=='OidcIssuer'].ParameterValue")
    [[ $issuer == https://* ]] || fail "no OpenID provider: set OIDC_ISSUER and the other OIDC_ variables, see ecs/deploy.sh --help"
fi

deployed=$(of_stack services StackStatus)
[ -z "$only" ] || [ "$deployed" != NONE ] || fail "nothing is deployed yet: run ecs/deploy.sh without --only"

# Prints the latest revision of a service's task definition that has the image tag.
registered() {
    local revisions revision image
    revisions=$(aws ecs list-task-definitions --family-prefix "$project-$1" --sort DESC --output text \
        --query 'taskDefinitionArns[]') || return 1
    for revision in $revisions; do
        image=$(aws ecs describe-task-definition --task-definition "$revision" --output text \
            --query "taskDefinition.containerDefinitions[?name=='$1'].image") || return 1
        [ "${image##*:}" != "$tag" ] || { echo "$revision"; return; }
    done
    fail "no revision of task definition $project-$1 has the image tag $tag, so there is nothing to roll back to"
}

# Prints the parameters of the services stack, one for each service to deploy. $1 prints the revision of a service.
revisions() {
    local service arn
    for service in ${only:-"${services[@]}"}; do
        arn=$("$1" "$service") || return 1
        service=${service#stock-}
        echo "${service^}TaskDefinition=$arn"
    done
}

missing=()
for image in "${services[@]}" schemas; do
    if [ -z "$only" ] || [ "$only" = "$image" ]; then
        there=$(query 'ImageNotFound|RepositoryNotFound' aws ecr describe-images --repository-name "$project/$image" \
            --image-ids imageTag="$tag" --query 'length(imageDetails)')
        [ "$there" != NONE ] || missing+=("$image")
    fi
done
if [ ${#missing[@]} -gt 0 ]; then
    [ "$tag" = "$commit" ] || fail "image ${missing[0]}:$tag is not in the registry, and only images of the current commit ($commit) can be built"
    [ -z "$(git status --porcelain)" ] || fail "uncommitted changes: images are tagged with the commit, so commit your changes first"
    docker info >/dev/null 2>&1 || fail "the Docker engine is not running"
    builds=$(docker buildx inspect --bootstrap 2>/dev/null | grep Platforms: || true)
    for one in ${platforms//,/ }; do
        [[ $builds == *"$one"* ]] || fail "docker cannot build for $one here: run 'docker run --privileged --rm tonistiigi/binfmt --install all', or set CPU_ARCHITECTURE"
    done
fi
# A rollback needs the environment, roles and resources that the old image ran with, not those of this commit.
rollback=
[ "$tag" = "$commit" ] || rollback=$(revisions registered)

# ---- Deployment: resources are changed, after the exports are checked. ----

# Runs a command, or prints it in a dry run.
change() {
    if $dry; then
        echo "would run: $*"
    else
        "$@"
    fi
}

step() { echo "== $*"; }

# Sets the array `update` to the command that creates or updates a stack, with parameters as name=value. For a parameter
# without a value, a new stack takes the default and an existing one keeps its current value.
update_of() {
    local name=$1 parameters=("Project=$project") parameter
    shift
    for parameter in "$@"; do
        [ -z "${parameter#*=}" ] || parameters+=("$parameter")
    done
    update=(aws cloudformation deploy --stack-name "$project-$name" --template-file "ecs/$name.yaml"
        --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --tags "project=$project"
        --parameter-overrides "${parameters[@]}")
}

# Creates or updates a stack.
stack() {
    step "stack $project-$1"
    update_of "$@"
    change "${update[@]}"
}

# Prints the resources that an update of a stack would replace, according to a change set, which is deleted again.
replaced() {
    local answer change_set
    update_of "$@"
    if ! answer=$("${update[@]}" --no-execute-changeset 2>&1); then
        # This export is new, of a stack that is updated first. The change set cannot be created before.
        ! grep -q 'No export named' <<<"$answer" || return 0
        fail "stack $project-$1 cannot be updated: $(tr '\n' ' ' <<<"$answer")"
    fi
    change_set=$(grep -o 'arn:[^ ]*:changeSet/[^ ]*' <<<"$answer") || return 0
    aws cloudformation describe-change-set --change-set-name "$change_set" --output text \
        --query "Changes[?ResourceChange.Replacement=='True'].ResourceChange.LogicalResourceId" || return 1
    aws cloudformation delete-change-set --change-set-name "$change_set"
}

# Fails if another stack imports an export that would be removed or changed.
require_unused() {
    local importers
    importers=$(query 'is not imported by any stack' aws cloudformation list-imports --export-name "$3" --query Imports)
    [ "$importers" = NONE ] ||
        fail "stack $project-$1 would $2 the export $3, which is imported by ${importers//$tab/, }: see 'Change or remove an export' in docs/deploy.md"
}

# Fails if an update of a stack would remove or change an export in use. CloudFormation rejects that only during the update,
# when earlier stacks have been updated already.
require_exports() {
    local name=$1 exports one current parameter changing
    [[ $(of_stack "$name" StackStatus) != @(NONE|REVIEW_IN_PROGRESS) ]] || return 0
    exports=$(of_stack "$name" 'Outputs[?ExportName].ExportName')
    for one in $exports; do
        [[ $one != "$project-"* ]] || grep -qxF "      Name: !Sub \${Project}-${one#"$project-"}" "ecs/$name.yaml" ||
            require_unused "$name" remove "$one"
    done
    changing=$(replaced "$@")
    current=$(of_stack "$name" 'Parameters[].[ParameterKey,ParameterValue]')
    for parameter in "${@:2}"; do
        [ -z "${parameter#*=}" ] || grep -qxF "${parameter/=/$tab}" <<<"$current" || changing+=" ${parameter%%=*}"
    done
    exports=$(awk -v changing="$changing" '
        BEGIN { count = split(changing, names) }
        /^[^ ]/ { outputs = /^Outputs:/ }
        /^  [^ ]/ { output = $1; sub(":", "", output) }
        /^    Export:/ { output = "" }
        outputs && output && /^    / {
            for (i = 1; i <= count; i++) if ($0 ~ "[^A-Za-z0-9]" names[i] "([^A-Za-z0-9]|$)") print output
        }' "ecs/$name.yaml")
    for one in $exports; do
        require_unused "$name" change "$project-$one"
    done
}

build_images() {
    [ ${#missing[@]} -gt 0 ] || return 0
    step "images ${missing[*]} of $tag"
    change ./mvnw -B -q -DskipTests -DskipITs -Dspotless.check.skip=true package
    if $dry; then
        echo "would log in to $registry"
    else
        aws ecr get-login-password | docker login --username AWS --password-stdin "$registry"
    fi
    local image
    for image in "${missing[@]}"; do
        local file=ecs/Dockerfile
        [ "$image" = schemas ] && file=ecs/schemas/Dockerfile
        change docker buildx build --push --platform "$platforms" --file "$file" --provenance=false \
            --build-arg "SERVICE=$image" --build-arg "REGION=$region" \
            --build-arg "REVISION=$tag" --tag "$registry/$project/$image:$tag" .
    done
}

# Renders the task definitions: replaces each ${...} by the stack export of that name.
render() {
    local collector file
    collector=$(query ParameterNotFound aws ssm get-parameter --name "/$project/collector" --query Parameter.Version)
    mkdir -p "$rendered"
    {
        printf "%s$tab%s\n" Project "$project" Region "$region" Registry "$registry" ImageTag "$tag" \
            CpuArchitecture "$architecture" CollectorVersion "$collector"
        aws cloudformation list-exports --output text \
            --query "Exports[?starts_with(Name,'$project-')].[Name,Value]" | sed "s/^$project-//"
    } | sed -e 's/[&|\\]/\\&/g' -e "s/\\([^$tab]*\\)$tab\\(.*\\)/s|\${\\1}|\\2|g/" >"$rendered/values.sed"
    for file in ecs/task-definitions/*.json; do
        sed -f "$rendered/values.sed" "$file" >"$rendered/$(basename "$file")"
    done
    # shellcheck disable=SC2016
    if grep -Ho '\${[A-Za-z]*}' "$rendered"/*.json >"$rendered/unknown"; then
        $dry || fail "no stack exports $(head -1 "$rendered/unknown" | cut -d: -f2)"
        echo "unknown until the stacks exist: $(cut -d: -f2 "$rendered/unknown" | sort -u | tr '\n' ' ')"
    fi
}

# Prints the ARN of the latest revision; registers a new one first if its content differs.
task_definition() {
    local content newest
    content=$(sha256sum "$rendered/$1.json" | cut -c1-64)
    newest=$(aws ecs describe-task-definition --task-definition "$project-$1" --include TAGS --output text \
        --query "[taskDefinition.taskDefinitionArn, tags[?key=='content'].value | [0]]" 2>/dev/null || true)
    if [ "${newest#*"$tab"}" = "$content" ]; then
        echo "${newest%%"$tab"*}"
    elif $dry; then
        echo "would register task definition $project-$1" >&2
        echo "$project-$1:next"
    else
        aws ecs register-task-definition --cli-input-json "file://$rendered/$1.json" \
            --tags "key=content,value=$content" "key=project,value=$project" \
            --query taskDefinition.taskDefinitionArn --output text
    fi
}

exported() {
    aws cloudformation list-exports --query "Exports[?Name=='$project-$1'].Value" --output text
}

create_schemas() {
    step "schemas and their users"
    local definition task code
    definition=$(task_definition schemas)
    if $dry; then
        echo "would run task schemas and wait until it stops"
        return 0
    fi
    task=$(aws ecs run-task --cluster "$project" --launch-type FARGATE --task-definition "$definition" --output text \
        --network-configuration "awsvpcConfiguration={subnets=[$(exported PrivateSubnets)],securityGroups=[$(exported SchemasGroup)]}" \
        --query '[tasks[0].taskArn, failures[0].reason]')
    [ "${task%%"$tab"*}" != None ] || fail "the task that creates the schemas did not start: ${task#*"$tab"}"
    task=${task%%"$tab"*}
    aws ecs wait tasks-stopped --cluster "$project" --tasks "$task"
    code=$(aws ecs describe-tasks --cluster "$project" --tasks "$task" --output text \
        --query 'tasks[0].[containers[0].exitCode, stoppedReason]')
    [ "${code%%"$tab"*}" = 0 ] ||
        fail "the task that creates the schemas exited with ${code/"$tab"/: }; see the log group /$project/schemas"
}

# Calls $1 for each stack with exports: with its name and parameters.
infrastructure() {
    "$1" network VpcId="${VPC_ID:-}" PublicSubnets="${PUBLIC_SUBNETS:-}" PrivateSubnets="${PRIVATE_SUBNETS:-}"
    "$1" messaging MessageMode="${MESSAGE_MODE:-}" Existing="${EXISTING_QUEUES:-}"
    "$1" database ExistingHost="${DATABASE_HOST:-}" ExistingAdministrator="${DATABASE_ADMINISTRATOR:-}" \
        InstanceClass="${INSTANCE_CLASS:-}" MaxStorage="${MAX_STORAGE:-}" SnapshotId="${SNAPSHOT_ID:-}"
    "$1" cluster OidcIssuer="${OIDC_ISSUER:-}" OidcJwksUri="${OIDC_JWKS_URI:-}" OidcAudience="${OIDC_AUDIENCE:-}" \
        OidcPageClientId="${OIDC_PAGE_CLIENT_ID:-}" OidcTokenUri="${OIDC_TOKEN_URI:-}" \
        OidcServiceSecret="${OIDC_SERVICE_SECRET:-}"
    "$1" entrance CertificateArn="${CERTIFICATE_ARN:-}" OrdersPerMinute="${ORDERS_PER_MINUTE:-}"
}

if [ -n "$rollback" ]; then
    revisions=$rollback
elif [ -z "$only" ]; then
    infrastructure require_exports
    stack registry
    build_images
    infrastructure stack
    render
    create_schemas
else
    build_images
    render
fi
if [ -z "$rollback" ]; then
    step "task definitions"
    revisions=$(revisions task_definition) # a separate command, so that a failure ends the script
fi
mapfile -t parameters <<<"$revisions"
stack services "${parameters[@]}" FewestTasks="${FEWEST_TASKS:-}" MostTasks="${MOST_TASKS:-}"
if [ -z "$only$rollback" ]; then
    stack observability Email="${ALARM_EMAIL:-}"
fi
step "done: $(exported Url)"
