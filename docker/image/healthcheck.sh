#!/bin/bash
# Healthy when /health/ready answers 200. A worker listens to nobody: it is healthy while its process lives.
# Plain bash: a Node process every few seconds would cost more than the server at rest.
[ "${WFAIB_ROLE:-all}" != worker ] || exit 0
exec 3<>"/dev/tcp/127.0.0.1/${WFAIB_PORT:-3000}" || exit 1
printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
IFS= read -r -t 3 -u 3 line
[[ $line == *' 200 '* ]]
