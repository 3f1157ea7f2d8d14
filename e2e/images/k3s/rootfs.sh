#!/usr/bin/env bash
# rootfs.sh CACHE BINARIES FOLDER: the node image's files: what was built, what it calls, and busybox for people who look.
set -euo pipefail
cache=$1 binaries=$2 root=$3
here=$(cd "$(dirname "$0")" && pwd -P)
packages=(busybox ca-certificates containernetworking-plugins iptables libc6 mount runc tini
  libblkid1 libip4tc2 libip6tc2 libmnl0 libmount1 libnetfilter-conntrack3 libnfnetlink0 libnftnl11 libpcre2-8-0 libseccomp2
  libselinux1 libxtables12)

all=$root.packages
"$here/../packages.sh" "$cache" "$all" "${packages[@]}"
mkdir -p "$root"/{dev,etc/ssl/certs,opt/cni/bin,proc,root,run,sys,tmp,usr/{bin,sbin,lib64,lib/k3s,lib/x86_64-linux-gnu},var/{run,log}}
mkdir -p "$root"/var/lib/{kubelet,cni,rancher/k3s/agent/images}
chmod 1777 "$root/tmp"
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"
# Testcontainers and k3s itself look for the program in /bin.
ln -s usr/bin "$root/bin"
ln -s usr/sbin "$root/sbin"

libraries=usr/lib/x86_64-linux-gnu
cp -a "$all/$libraries"/{ld-linux-x86-64.so.2,libc.so.6,libm.so.6,libdl.so.2,libpthread.so.0,libresolv.so.2,libnss_files.so.2,libnss_dns.so.2} "$root/$libraries/"
cp -a "$all"/usr/lib64/. "$root/usr/lib64/"
cp -a "$all/$libraries"/lib{blkid,ip4tc,ip6tc,mnl,mount,netfilter_conntrack,nfnetlink,nftnl,pcre2-8,seccomp,selinux,xtables}.so.* "$root/$libraries/"
cp -a "$all/$libraries/xtables" "$root/$libraries/"

cp -a "$all"/usr/sbin/xtables-{nft,legacy}-multi "$root/usr/sbin/"
for command in {iptables,ip6tables}{,-save,-restore}; do
  ln -s xtables-nft-multi "$root/usr/sbin/$command-nft"
  ln -s xtables-legacy-multi "$root/usr/sbin/$command-legacy"
  ln -s "$command-nft" "$root/usr/sbin/$command"
done
# The kubelet and runc need options of mount that busybox has not.
cp "$all"/usr/bin/{mount,umount} "$all/usr/sbin/runc" "$root/usr/bin/"
chmod 755 "$root"/usr/bin/{mount,umount}
cp "$all/usr/bin/tini-static" "$root/usr/bin/tini"
cp "$all"/usr/lib/cni/{bridge,host-local,loopback,portmap} "$root/opt/cni/bin/"

install -m 755 "$binaries"/{k3s,containerd-shim-runc-v2} "$root/usr/bin/"
install -m 755 "$binaries/pause" "$root/usr/lib/k3s/"
for command in kubectl ctr containerd; do ln -s k3s "$root/usr/bin/$command"; done
cp "$all/usr/bin/busybox" "$root/usr/bin/"
for applet in $("$all/usr/bin/busybox" --list); do
  case $applet in
    init | reboot | halt | poweroff | linuxrc) ;;
    *) [ -e "$root/usr/bin/$applet" ] || [ -e "$root/usr/sbin/$applet" ] || ln -s busybox "$root/usr/bin/$applet" ;;
  esac
done

find "$all/usr/share/ca-certificates/mozilla" -name '*.crt' -print0 | LC_ALL=C sort -z | xargs -0 cat > "$root/etc/ssl/certs/ca-certificates.crt"
echo 'root:x:0:0:root:/root:/bin/sh' > "$root/etc/passwd"
echo 'root:x:0:' > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
printf 'PRETTY_NAME="A node for tests that looks like k3s"\nID=debian\nVERSION_ID=12\n' > "$root/etc/os-release"
rm -rf "$all"
"$here/../check-libraries.sh" "$root"
