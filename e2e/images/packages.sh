#!/usr/bin/env bash
# packages.sh CACHE FOLDER PACKAGE...: unpacks these packages of Debian bookworm into FOLDER, without what they depend on
# and without running their scripts: the machine's own packages and package lists stay as they are, whatever its release.
set -euo pipefail
suite=bookworm
cache=$1 folder=$2
shift 2

. /etc/os-release
state=$cache/apt
mkdir -p "$state"/{lists/partial,archives/partial,sources.d} "$folder"
# The mirrors that the machine is set up with, for another release if need be.
apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  sed -n "s#^\([^ ]*\) ${VERSION_CODENAME:-$suite}\(-updates\|-security\|\) \(.*\)#deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] \1 $suite\2 \3#p" |
  sort -u > "$state/sources.list"
[ -s "$state/sources.list" ] || {
  echo "apt on this machine knows no mirror of Debian ${VERSION_CODENAME:-}: /etc/apt/sources.list.d has to name one." >&2
  exit 1
}
: > "$state/status"
options=(
  -qq
  -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts="$state/sources.d"
  -o Dir::State::Lists="$state/lists" -o Dir::State::status="$state/status" -o Dir::Cache="$state" -o Dir::Cache::archives="$state/archives"
  -o APT::Sandbox::User=root # so that the folder need not be open to another user
  -o Acquire::Languages=none
  -o APT::Architecture=amd64
)
apt-get "${options[@]}" update >&2
# Where a package's file lies in the archive, and under which name apt-get download leaves it, apt alone knows.
debs=$(mktemp -d "$state/download.XXXXXX")
trap 'rm -rf "$debs"' EXIT
(cd "$debs" && apt-get "${options[@]}" download "$@" >&2)
# /bin and others are links to their namesakes below /usr, in Debian since bookworm.
for link in bin sbin lib lib64; do
  mkdir -p "$folder/usr/$link"
  [ -L "$folder/$link" ] || ln -s "usr/$link" "$folder/$link"
done
for deb in "$debs"/*.deb; do
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$folder" --keep-directory-symlink --no-same-owner \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*' \
    --exclude='./usr/share/lintian/*' --exclude='./usr/share/bug/*'
done
