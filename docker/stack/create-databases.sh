#!/bin/bash
# Runs once, when PostgreSQL makes its data folder: a role for WFAIB that owns its database, and one for Temporal that may make
# its own two. Neither is a superuser.
set -euo pipefail
url=$(</run/wfaib/database-url)
wfaib=${url#*//*:}
psql -v ON_ERROR_STOP=1 --no-psqlrc -U "$POSTGRES_USER" -d postgres \
  --set wfaib="${wfaib%@*}" --set temporal="$(</run/wfaib/temporal-password)" <<'SQL'
CREATE ROLE wfaib LOGIN PASSWORD :'wfaib';
CREATE DATABASE wfaib OWNER wfaib;
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal';
SQL
