#!/bin/sh
# Starts Temporal with the password out of its file: its own start script knows environment variables only.
set -eu
POSTGRES_PWD=${POSTGRES_PWD:-$(cat /run/wfaib/temporal-password)}
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
