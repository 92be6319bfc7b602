#!/bin/sh
# assemble.sh APP OUT EPOCH: lays out the file system of the image, with the same bytes and times in every build.
set -eu
app=$1 out=$2 epoch=$3

mkdir -p "$out/etc"
cp -a "$app" "$out/app"
cd "$out/app"
rm -rf package-lock.json .npmrc test ui/package.json ui/src docker
# Plugins and the rest come as a build, without their sources.
find plugins -mindepth 2 -maxdepth 2 ! -name dist ! -name package.json ! -name node_modules ! -name README.md -exec rm -rf {} +
find sdk server plugins ui -name node_modules -prune -o -type f \
  \( -name '*.map' -o -name '*.d.ts' -o -name '*.tsbuildinfo' -o -name '*.spec.js' -o -name '*.test-support.js' \) -exec rm -f {} +
install -m 755 /image/healthcheck.sh healthcheck.sh

cp /etc/passwd /etc/group "$out/etc/"
echo 'wfaib:x:10001:10001:WFAIB:/tmp:/usr/sbin/nologin' >>"$out/etc/passwd"
echo 'wfaib:x:10001:' >>"$out/etc/group"

# A new named volume takes over the owner of this folder.
mkdir -p "$out/var/lib/wfaib/cache"
chown -R 10001:10001 "$out/var/lib/wfaib"

chmod -R u=rwX,go=rX "$out/app"
find "$out" -exec touch -h -d "@$epoch" {} +
