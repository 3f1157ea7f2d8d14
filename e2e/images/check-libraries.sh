#!/usr/bin/env bash
# check-libraries.sh ROOT [EXCEPT]: fails if a program or library there lacks a shared library, and names it: packages.sh
# does not follow dependencies. EXCEPT is a regular expression for the paths of those that may.
set -euo pipefail
root=$1 except=${2:-^$}

bad=0
while IFS= read -r -d '' file; do
  inside=${file#"$root"}
  [ "$(head -c 4 "$file" | tr -d '\0')" = $'\x7fELF' ] || continue
  [[ ! $inside =~ $except ]] || continue
  # Static ones are no business of the loader's, which says so by its exit code.
  missing=$(chroot "$root" /lib64/ld-linux-x86-64.so.2 --list "$inside" 2>&1 | sed -n 's/^\t\(.*\) => not found$/\1/p; s/.*\(lib[^ ]*\): cannot open shared object file.*/\1/p' | sort -u | tr '\n' ' ') || true
  [ -z "$missing" ] || {
    echo "$inside lacks $missing" >&2
    bad=1
  }
done < <(find "$root" -type f \( -perm /111 -o -name '*.so*' \) -size +1k -print0)
exit $bad
