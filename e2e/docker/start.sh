#!/usr/bin/env bash
# Leaves a Docker daemon that answers: one that runs already, or as root on Debian one of Debian's packages, installed if
# need be and started here. Nothing stops it again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
log=${XDG_CACHE_HOME:-$HOME/.cache}/sparkapp/dockerd.log

say() { echo "docker: $*" >&2; }
answers() { docker version >/dev/null 2>&1; }

! answers || exit 0
if ! command -v dockerd >/dev/null || ! command -v iptables >/dev/null; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    say "no Docker daemon answers, and only root on Debian can install one by this script. Start Docker, and try again."
    exit 1
  fi
  say "installs docker.io"
  # Some images of Debian forbid packages to start services, and where nothing starts services they could not.
  apt-get update -qq >&2
  packages=(docker.io iptables ca-certificates)
  # From Debian 13 on the command is a package of its own.
  [ -z "$(apt-cache search --names-only '^docker-cli$')" ] || packages+=(docker-cli)
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2
fi
if ! answers; then
  if [ "$(id -u)" != 0 ]; then
    say "no Docker daemon answers, and only root can start one by this script. Start Docker, and try again."
    exit 1
  fi
  mkdir -p "$(dirname "$log")"
  # What is left of one that was killed; a pid that another program has by now would keep it from starting.
  rm -f /var/run/docker.pid
  say "starts dockerd; its log is $log"
  # The bridge's address is given so that those who run in a container themselves find it in the network's settings.
  setsid dockerd --bip 172.17.0.1/16 --add-runtime "within-bounds=$here/runc-within-bounds" --default-runtime within-bounds \
    > "$log" 2>&1 < /dev/null &
  for ((tries = 0; tries < 300; tries++)); do
    ! answers || exit 0
    sleep 0.2
  done
  say "dockerd did not answer within a minute; the last it said was: $(tail -n 3 "$log")"
  exit 1
fi
