#!/usr/bin/env bash
# backup.sh [FILE]: writes a back-up of this installation, while it runs: WFAIB's database and the key that encrypts
# credentials. Temporal's databases need none: what a run is, is in WFAIB's.
# The file holds the key: keep it as you keep a password. COMPOSE_FILE and COMPOSE_PROJECT_NAME count as usual.
set -euo pipefail
umask 077
file=$(realpath -m "${1:-wfaib-$(date -u +%Y%m%dT%H%M%SZ).tar}")
cd "$(dirname "$0")"
part=$(mktemp -d)
trap 'rm -rf "$part"' EXIT

docker compose exec -T postgres pg_dump -U postgres --format=custom wfaib >"$part/wfaib.dump"
docker compose run --rm -T --no-deps --user 10001 --entrypoint cat secrets /run/wfaib/encryption-key >"$part/encryption-key"
[ -s "$part/encryption-key" ] || { echo 'There is no encryption key to back up.' >&2; exit 1; }
tar -C "$part" -cf "$file.part" wfaib.dump encryption-key
mv "$file.part" "$file"
# The health page tells when the last back-up was made.
docker compose exec -T postgres psql -qU postgres wfaib -c "INSERT INTO engine_fact (name, value)
  VALUES ('backup.at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))
  ON CONFLICT (name) DO UPDATE SET value = excluded.value" >/dev/null
echo "$file ($(du -h "$file" | cut -f1))"
