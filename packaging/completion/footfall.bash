# Completion for bash: source this file, or put it as "footfall" into /usr/share/bash-completion/completions.
# shellcheck shell=bash
_footfall() {
  local IFS=$'\n'
  # shellcheck disable=SC2207 # each line is one word, and mapfile is missing from the bash of macOS
  COMPREPLY=($(footfall complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null))
}
complete -o default -F _footfall footfall
