#!/bin/sh
# Makes the namespace, and waits until Temporal's frontend knows it.
set -eu
name=${TEMPORAL_NAMESPACE:-wfaib}

# By number: for a name the command asks a name server outside for more records, and none answers in a closed network.
number=$(getent hosts "${TEMPORAL_ADDRESS%:*}" | awk '{ print $1; exit }')
export TEMPORAL_ADDRESS="${number:-${TEMPORAL_ADDRESS%:*}}:${TEMPORAL_ADDRESS##*:}"

until_works() {
  tries=0
  until timeout 10 "$@" >/tmp/answer 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { cat /tmp/answer >&2; exit 1; }
    sleep 1
  done
}
until_works temporal operator cluster health
timeout 10 temporal operator namespace describe -n "$name" >/dev/null 2>&1 ||
  until_works temporal operator namespace create -n "$name" --retention "${TEMPORAL_RETENTION:-72h}"
until_works temporal workflow count -n "$name"
