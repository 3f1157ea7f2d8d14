#!/usr/bin/env bash
# rootfs.sh CACHE FOLDER [python]: the files of our images' base: a Java 17 runtime, the commands that a shell script
# wants, and python3 if asked for.
set -euo pipefail
cache=$1 root=$2 python=${3:-}
here=$(cd "$(dirname "$0")" && pwd -P)
java=/opt/java/openjdk
packages=(base-files base-passwd bash ca-certificates coreutils dash findutils grep gzip libc-bin libc6 libgcc-s1 libstdc++6
  netbase procps sed tar zlib1g
  libacl1 libattr1 libcap2 libgcrypt20 libgmp10 libgpg-error0 liblz4-1 liblzma5 libncursesw6 libpcre2-8-0 libproc2-0
  libselinux1 libssl3 libsystemd0 libtinfo6 libzstd1)
# What is loaded for certain tasks only, and then needs libraries that are not here: java.desktop is for java.beans.
optional="^$java/lib/lib(awt|fontmanager|freetype|javajpeg|jawt|jsound|lcms|mlib_image|splashscreen)"
if [ -n "$python" ]; then
  packages+=(python3-minimal python3.11-minimal libpython3.11-minimal libpython3.11-stdlib libpython3-stdlib media-types
    libbz2-1.0 libcrypt1 libdb5.3 libexpat1 libffi8 libreadline8 libsqlite3-0 libuuid1)
fi
# All of Java SE that has no screen, and what Spark and those who watch it use besides; the incubating vectors are for
# Spark's linear algebra.
modules=java.base,java.compiler,java.datatransfer,java.desktop,java.instrument,java.logging,java.management,java.management.rmi
modules+=,java.naming,java.net.http,java.prefs,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql
modules+=,java.sql.rowset,java.transaction.xa,java.xml,java.xml.crypto,jdk.attach,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec
modules+=,jdk.dynalink,jdk.httpserver,jdk.incubator.vector,jdk.jcmd,jdk.jdwp.agent,jdk.jfr,jdk.localedata,jdk.management
modules+=,jdk.management.agent,jdk.management.jfr,jdk.naming.dns,jdk.net,jdk.nio.mapmode,jdk.security.auth,jdk.security.jgss
modules+=,jdk.unsupported,jdk.xml.dom,jdk.zipfs

link_java() { # FROM TO: the runtime alone
  local jdk=$1 home=/usr/lib/jvm/java-17-openjdk-amd64
  # Without /proc, which not every build may mount, programs do not find the libraries that lie beside them.
  in_jdk() { LD_LIBRARY_PATH=$home/lib chroot "$jdk" "$@"; }
  in_jdk "$home/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes \
    --no-header-files --no-man-pages --include-locales=en --output "$java"
  # Debian's holds links into /etc, to a file that another package's script makes.
  rm -f "$jdk$java/lib/security/cacerts"
  cp "$here/TrustStore.java" "$2/etc/ssl/certs/ca-certificates.crt" "$jdk/"
  in_jdk "$home/bin/java" TrustStore.java /ca-certificates.crt "$java/lib/security/cacerts"
  # Without it every JVM parses the JDK's own classes when it starts.
  home=$java in_jdk "$java/bin/java" -Xshare:dump -Xlog:disable -Xlog:all=error:stderr
  mkdir -p "$2$(dirname "$java")"
  cp -aL "$jdk$java" "$2$(dirname "$java")/"
}

"$here/../packages.sh" "$cache" "$root" "${packages[@]}"
[ -e "$root/bin/sh" ] || ln -s dash "$root/bin/sh"

# What the packages' scripts would do.
cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
printf 'passwd: files\ngroup: files\nhosts: files dns\n' > "$root/etc/nsswitch.conf"
mkdir -p "$root"/{dev,etc/ssl/certs,proc,root,sys,tmp,usr/lib/ssl,var/tmp}
chmod 1777 "$root"/{tmp,var/tmp}
chmod 700 "$root/root"
find "$root/usr/share/ca-certificates/mozilla" -name '*.crt' -print0 | LC_ALL=C sort -z | xargs -0 cat > "$root/etc/ssl/certs/ca-certificates.crt"
ln -s /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/ssl/cert.pem"
ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"

"$here/../packages.sh" "$cache" "$root.jdk" openjdk-17-jdk-headless openjdk-17-jre-headless libc6 libgcc-s1 libstdc++6 zlib1g
link_java "$root.jdk" "$root"
rm -rf "$root.jdk"

# Nobody in a container gets more rights than he came with, and encodings that nobody uses are a tenth of the image.
find "$root" -xdev -type f -perm /6000 -exec chmod a-s {} +
gconv=$root/usr/lib/x86_64-linux-gnu/gconv
find "$gconv" -type f ! -name 'gconv-modules*' ! -name 'UTF-*' ! -name ISO8859-1.so ! -name UNICODE.so -delete
rm -rf "$root/usr/share/ca-certificates" "$root/usr/sbin/update-passwd" # needs debconf
if [ -n "$python" ]; then
  rm -rf "$root"/usr/lib/python3.11/{ensurepip,idlelib,lib2to3,test}
  rm -f "$root"/usr/lib/python3.11/lib-dynload/nis.*.so # wants Kerberos
fi
# The JVM loads libjvm.so before those that need it.
LD_LIBRARY_PATH=$java/lib/server:$java/lib "$here/../check-libraries.sh" "$root" "$optional"
