# Completes words of sparkapp in bash.
_sparkapp() {
  local current=${COMP_WORDS[COMP_CWORD]} word
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    if [ "$word" = ":files" ]; then
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
    elif [ -n "$word" ]; then
      COMPREPLY+=("$word")
    fi
  done < <("${COMP_WORDS[0]}" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o filenames -o bashdefault -F _sparkapp sparkapp
