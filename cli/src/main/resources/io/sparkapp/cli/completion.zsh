#compdef sparkapp
# Completes words of sparkapp in zsh.
_sparkapp() {
  local line word about
  local -a candidates
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    about=${line#*$'\t'}
    if [[ $word == ":files" ]]; then
      _files
    elif [[ $word == "$line" ]]; then
      candidates+=("${word//:/\\:}")
    else
      candidates+=("${word//:/\\:}:$about")
    fi
  done < <("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe sparkapp candidates
}
if [ "${funcstack[1]}" = "_sparkapp" ]; then
  _sparkapp
else
  compdef _sparkapp sparkapp
fi
