# For the scripts that deploy, which source it. They run on macOS, too: its bash is 3.2, and its tools are BSD's.
# shellcheck shell=bash

say() { printf '%s: %s\n' "${0##*/}" "$*"; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# usage: prints the comment at the head of the script, and ends it.
usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

lacks=''

# lack WHAT: noted, to be told together with all else that is missing.
lack() { lacks="$lacks"$'\n'"  - $*"; }

# need_tools TOOL...
need_tools() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || case "$tool" in
      aws) lack 'aws, the AWS command line 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html' ;;
      dotnet) lack 'dotnet, the .NET SDK named in global.json: https://dotnet.microsoft.com/download' ;;
      terraform) lack 'terraform, 1.11 or later: https://developer.hashicorp.com/terraform/install' ;;
      *) lack "$tool: install it by your system's own means" ;;
    esac
  done
}

# need_account: the state's place, and keys that AWS knows.
need_account() {
  local answer
  if [ ! -f infra/backend.hcl ] && { [ -z "${FOOTFALL_STATE_BUCKET-}" ] || [ -z "${AWS_REGION-}" ]; }; then
    lack 'infra/backend.hcl: docs/deploy-aws.md, step 2 (or FOOTFALL_STATE_BUCKET and AWS_REGION)'
  fi
  command -v aws >/dev/null || return 0
  answer=$(aws --region us-east-1 sts get-caller-identity 2>&1) ||
    lack "credentials that AWS accepts: aws sso login, or the like ($(printf '%s' "$answer" | tr '\n' ' '))"
}

# tell_lacks: ends the script when something was missing, with all of it.
tell_lacks() { [ -z "$lacks" ] || fail "before this can start, these are needed:$lacks"; }

# read_outputs: what Terraform says of what is deployed. From here on the AWS command line works in its region, whatever
# the shell's own is.
read_outputs() {
  outputs=$(script/terraform output -json)
  region=$(output region)
  [ -z "$region" ] || export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"
}

# output NAME: one of them; empty before the first deployment.
output() { jq -r --arg name "$1" '.[$name].value // empty' <<<"$outputs"; }

# deployed NAME: one of them, which must be there.
deployed() {
  local value
  value=$(output "$1")
  [ -n "$value" ] || fail "Terraform has no $1 yet: script/deploy-backend comes first."
  printf '%s\n' "$value"
}

# live_version FUNCTION: the one that answers.
live_version() { aws lambda get-alias --function-name "$1" --name live --query FunctionVersion --output text; }
