#!/usr/bin/env bash
# Prints the folder of a go command of 1.25 or later, and as root on Debian installs one if there is none:
#   PATH="$(e2e/images/go.sh):$PATH"
# From 1.21 on Go fetches the version that a module asks for by itself, so such a one will do too.
set -euo pipefail
cd / # not in a module, whose go.mod an old Go may not be able to read
wanted=25

say() { echo "go.sh: $*" >&2; }
minor() { "$1" version 2>/dev/null | sed -n 's/.*go1\.\([0-9]*\).*/\1/p'; }
will_do() {
  local found
  found=$(minor "$1")
  [ "${found:-0}" -ge "$wanted" ] || { [ "${found:-0}" -ge 21 ] && [ "$("$1" env GOTOOLCHAIN)" != local ]; }
}
# One of these, and the script is done.
take() {
  echo "$1"
  exit 0
}

found=$(command -v go || true)
[ -z "$found" ] || ! will_do "$found" || take "$(dirname "$found")"
for folder in $(ls -d /usr/lib/go-1.*/bin /usr/local/go/bin 2>/dev/null | sort -rV); do
  [ ! -x "$folder/go" ] || ! will_do "$folder/go" || take "$folder"
done

has=${found:+, and $found is $(minor "$found" | sed 's/^/1./')}
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  say "Go 1.$wanted or later is needed here$has. Install it, and have it on the PATH; on Debian, root gets it by this script."
  exit 1
fi
apt-get update -qq >&2
newest=$(apt-cache search --names-only '^golang-1\.[0-9]+-go$' | sed -n 's/^golang-1\.\([0-9]*\)-go.*/\1/p' | sort -n | tail -n 1)
if [ -z "$newest" ]; then
  say "Go 1.$wanted or later is needed here$has, and apt knows no package golang-1.*-go. Install it, and have it on the PATH."
  exit 1
fi
say "installs golang-1.$newest-go"
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "golang-1.$newest-go" ca-certificates >&2
go=/usr/lib/go-1.$newest/bin/go
! will_do "$go" || take "$(dirname "$go")"

# An older Go still fetches modules, and a Go toolchain is one; its files come without their execute bits, and its
# checksum is on record under another name only.
toolchain=golang.org/toolchain@v0.0.1-go1.$wanted.0.linux-$(dpkg --print-architecture)
say "fetches Go 1.$wanted by Go 1.$newest"
GOFLAGS=-modcacherw GONOSUMDB=golang.org/toolchain "$go" mod download "$toolchain" >&2
goroot=$("$go" env GOMODCACHE)/$toolchain
chmod +x "$goroot"/bin/* "$goroot"/pkg/tool/*/*
take "$goroot/bin"
