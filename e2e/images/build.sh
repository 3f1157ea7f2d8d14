#!/usr/bin/env bash
# build.sh [k3s|jre|jre-python]...: makes these images (all three, if none is named) without a container registry and
# without Docker, once, and prints the path of each one's docker-archive. README.md says what they are.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sparkapp/images
project=${here%/e2e/images}
given=${SPARKAPP_IMAGES_DIR-${project%/*}/shared/images} # none if set to nothing

say() { echo "images: $*" >&2; }
fail() {
  say "$*"
  exit 1
}
# install PACKAGE...
install_packages() {
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || fail "this needs the Debian packages $*: install them, or run this as root."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2
}

# The files that an image depends on, so that an archive made by others is not taken for it.
recipe() {
  (cd "$here" && find packages.sh archive.sh "$@" -type f ! -name '*.md' | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c 1-12)
}

# An image that somebody made before, for machines that are to save the time.
unpack_given() { # FILE NAME
  local archive
  archive=$cache/$2-given-$(sha256sum "$1" | cut -c 1-12).tar
  if [ ! -e "$archive" ]; then
    command -v zstd >/dev/null || install_packages zstd
    zstd -dcq "$1" > "$archive.new"
    mv "$archive.new" "$archive"
  fi
  say "takes $1 instead of building"
  echo "$archive"
}

check_machine() {
  local id='' version=''
  [ ! -r /etc/os-release ] || { id=$(. /etc/os-release && echo "${ID:-}") version=$(. /etc/os-release && echo "${VERSION_ID:-99}"); }
  [ "$id" = debian ] && [ "${version%%.*}" -ge 12 ] && [ "$(dpkg --print-architecture)" = amd64 ] && [ "$(id -u)" = 0 ] ||
    fail "images are made by root, on Debian 12 (bookworm) or later, amd64. Elsewhere take them from a registry, or from a folder named by SPARKAPP_IMAGES_DIR."
}

build_k3s() { # VERSION FILE
  local go
  go=$("$here/go.sh")
  command -v gcc >/dev/null || install_packages gcc
  say "builds Kubernetes $1 from its Go modules: about 10 minutes on two cores, of which the next build needs one"
  PATH="$go:$PATH" "$here/k3s/binaries.sh" "$work/bin"
  "$here/k3s/rootfs.sh" "$cache" "$work/bin" "$work/root"
  "$here/archive.sh" "$work/root" "localhost/kubelite/k3s:$1" "$(cat "$here/k3s/config.json")" "$2"
}

build_jre() { # TAG FILE [python]
  say "builds a Java 17 runtime from Debian packages: about a minute"
  "$here/jre/rootfs.sh" "$cache" "$work/root" "${@:3}"
  "$here/archive.sh" "$work/root" "localhost/jre:$1" "$(cat "$here/jre/config.json")" "$2"
}

# make NAME GIVEN-FILE RECIPE-FOLDER COMMAND ARGUMENT...: the archive's path goes to stdout
make() {
  local archive
  if [ -n "$given" ] && [ -r "$given/$2" ]; then
    unpack_given "$given/$2" "$1"
    return
  fi
  archive=$cache/$1-$(recipe "$3").tar
  if [ ! -e "$archive" ]; then
    check_machine
    work=$(mktemp -d "$cache/work.XXXXXX")
    "$4" "$5" "$archive" "${@:6}" >&2
    rm -rf "$work"
    say "made $archive"
  fi
  echo "$archive"
}

mkdir -p "$cache"
work=
trap '[ -z "$work" ] || rm -rf "$work"' EXIT
# One build at a time: a second one finds what the first one made.
exec 9> "$cache/.lock"
flock 9
[ $# -gt 0 ] || set -- k3s jre jre-python
for image in "$@"; do
  case $image in
    k3s) make k3s-v1.34.4 k3s-node-v1.34.4.tar.zst k3s build_k3s v1.34.4 ;;
    jre) make jre-17 jre-17.tar.zst jre build_jre 17 ;;
    jre-python) make jre-17-python3 jre-17-python3.tar.zst jre build_jre 17-python3 python ;;
    *) fail "there is no image $image: k3s, jre and jre-python are what can be made." ;;
  esac
done
