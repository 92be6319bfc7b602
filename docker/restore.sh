#!/usr/bin/env bash
# restore.sh FILE: puts a back-up of backup.sh in place of what this installation has, and starts it again.
# Open runs are held until you let them go on: see what it prints at the end.
set -euo pipefail
file=$(realpath "${1:?Usage: restore.sh FILE}")
cd "$(dirname "$0")"
part=$(mktemp -d)
trap 'rm -rf "$part"' EXIT
tar -C "$part" -xf "$file" wfaib.dump encryption-key

sql() { docker compose exec -T postgres psql -v ON_ERROR_STOP=1 --no-psqlrc -qAt -U postgres -d "$1"; }

docker compose stop $(docker compose config --services | grep -vx -e postgres -e secrets)
docker compose up -d --wait postgres
# As the one-shot service makes it: readable by WFAIB only.
docker compose run --rm -T --no-deps --entrypoint sh secrets -ec \
  'cd /run/wfaib; rm -f encryption-key.new; umask 077; cat >encryption-key.new; chmod 400 encryption-key.new; chown 10001:0 encryption-key.new; mv -f encryption-key.new encryption-key' \
  <"$part/encryption-key"
# Temporal begins anew: its workflows know steps that the restored journals have not seen.
sql postgres <<'SQL'
DROP DATABASE IF EXISTS wfaib WITH (FORCE);
DROP DATABASE IF EXISTS temporal WITH (FORCE);
DROP DATABASE IF EXISTS temporal_visibility WITH (FORCE);
CREATE DATABASE wfaib OWNER wfaib;
SQL
docker compose exec -T postgres pg_restore -U postgres --no-owner --role=wfaib --exit-on-error --dbname=wfaib <"$part/wfaib.dump"
open=$(sql wfaib <<<"SELECT count(*) FROM run WHERE ended_at IS NULL AND host = 'temporal'")
docker compose up -d --wait

echo "Restored. Runs on Temporal that were open at the back-up: $open"
if [ "$open" != 0 ]; then
  echo 'They are held: a step that ran after the back-up would run again, under the same idempotency key. To let them go on:'
  echo '  WFAIB_TEMPORAL_RESET=accept docker compose up -d --wait && docker compose up -d --wait'
fi
