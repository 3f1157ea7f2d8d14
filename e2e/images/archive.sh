#!/usr/bin/env bash
# archive.sh ROOT NAME CONFIG FILE: writes FILE, a docker-archive of one layer, from a root file system. CONFIG is the
# "config" of an image in JSON. The same files give the same bytes, whoever packs them and when.
set -euo pipefail
root=$1 name=$2 config=$3 file=$4

work=$(mktemp -d "$(dirname "$file")/archive.XXXXXX")
trap 'rm -rf "$work"' EXIT
pack() { LC_ALL=C tar --format=gnu --sort=name --numeric-owner --owner=0 --group=0 --mtime=@0 "$@"; }
sha256() { sha256sum "$1" | cut -d' ' -f1; }

pack -C "$root" -cf "$work/layer.tar" .
layer=$(sha256 "$work/layer.tar")
mv "$work/layer.tar" "$work/$layer.tar"

created=1970-01-01T00:00:00Z
cat > "$work/config.json" <<JSON
{"architecture":"amd64","os":"linux","created":"$created","config":$config,
"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},"history":[{"created":"$created","created_by":"e2e/images/build.sh"}]}
JSON
image=$(sha256 "$work/config.json")
mv "$work/config.json" "$work/$image.json"
printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["%s.tar"]}]\n' "$image" "$name" "$layer" > "$work/manifest.json"
# The manifest first: some readers look for it before they read the rest.
pack -C "$work" -cf "$work/archive" manifest.json "$image.json" "$layer.tar"
mv "$work/archive" "$file"
