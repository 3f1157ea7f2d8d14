#!/usr/bin/env bash
# binaries.sh FOLDER: builds k3s, containerd-shim-runc-v2 and pause into it. Needs Go and gcc.
set -euo pipefail
out=$1
cd "$(dirname "$0")"
kubernetes=$(sed -n 's#^\tk8s.io/kubernetes v##p' go.mod)
containerd=$(sed -n 's#^\tgithub.com/containerd/containerd/v2 v##p' go.mod)
version=v$kubernetes+kubelite1
minor=${kubernetes#*.}

set_version=(
  "-X main.version=$version"
  "-X github.com/containerd/containerd/v2/version.Version=$containerd"
)
# What kubectl version and the API server's /version say, and what the kubelet compares.
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  set_version+=("-X $package.gitVersion=$version -X $package.gitMajor=${kubernetes%%.*} -X $package.gitMinor=${minor%%.*}"
    "-X $package.gitTreeState=clean -X $package.gitCommit=unknown -X $package.buildDate=1970-01-01T00:00:00Z")
done

# Nothing of the machine goes in: the same sources and the same Go give the same bytes.
export CGO_ENABLED=0 GOFLAGS="-buildvcs=false -trimpath" GOOS=linux GOARCH=amd64 GOAMD64=v1
tags=netgo,osusergo,grpcnotrace
mkdir -p "$out"
go build -tags "$tags,no_btrfs,no_zfs,no_devmapper,no_aufs" -ldflags "-s -w ${set_version[*]}" -o "$out/k3s" .
(cd shim && go build -tags "$tags,no_grpc" -ldflags "-s -w ${set_version[1]}" -o "$out/containerd-shim-runc-v2" \
  github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2)
gcc -Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables -Wl,--build-id=none -s \
  -o "$out/pause" pause.c
