#!/bin/sh
# Makes the secrets of this installation on the first start, in a volume of their own: each readable by the one process that
# needs it. What is there already is never changed.
set -eu
cd /run/wfaib
umask 077
wfaib=10001 temporal=1000 postgres=$(id -u postgres)

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
# make NAME OWNER MODE TEXT: written aside and renamed, so that no start ever sees half a secret
make() {
  [ ! -s "$1" ] || return 0
  rm -f "$1.new"
  printf '%s\n' "$4" >"$1.new"
  # In this order: root without capabilities may not change the mode of somebody else's file.
  chmod "$3" "$1.new"
  chown "$2" "$1.new"
  mv "$1.new" "$1"
  echo "made $1"
}

password=$(random 24 | tr '+/' '-_')
make postgres-password "$postgres:0" 400 "$(random 24)"
make temporal-password "$temporal:$postgres" 440 "$(random 24 | tr '+/' '-_')"
make database-url "$wfaib:$postgres" 440 "postgres://wfaib:$password@postgres:5432/wfaib"
make encryption-key "$wfaib:0" 400 "$(random 32)"
chmod 755 .
