#!/bin/sh
# Makes or upgrades Temporal's two databases. Safe to run again: what is there is kept, what is newer is left alone.
set -eu
SQL_PASSWORD=${SQL_PASSWORD:-$(cat /run/wfaib/temporal-password)}
export SQL_PASSWORD
for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  tool() { temporal-sql-tool --plugin "$SQL_PLUGIN" --ep "$SQL_HOST" -p "$SQL_PORT" -u "$SQL_USER" --db "$database" "$@"; }
  tool create
  tool setup-schema -v 0.0
  tool update-schema --schema-name "postgresql/v12/${pair##*:}"
done
