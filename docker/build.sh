#!/usr/bin/env bash
# build.sh [TAG]: builds the image from the checked-out commit and writes its bill of materials beside it.
# The same commit on the same base image gives the same layers, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."
tag=${1:-wfaib:0.1.0}
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
epoch=$(git log -1 --format=%ct 2>/dev/null || echo 0)
if [ -n "$(git status --porcelain 2>/dev/null)" ]; then echo "The working tree has changes: the image is not that of $revision." >&2; fi

DOCKER_BUILDKIT=1 docker build -f docker/Dockerfile -t "$tag" ${BUILD_OPTIONS:-} \
  --build-arg "SOURCE_DATE_EPOCH=$epoch" --build-arg "REVISION=$revision" \
  --build-arg "VERSION=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)" .

sbom=docker/sbom.cdx.json
docker run --rm --network none --entrypoint cat "$tag" /app/sbom.cdx.json >"$sbom"
echo "image:  $tag, $(docker image inspect -f '{{.Size}}' "$tag" | awk '{ printf "%.0f MB", $1 / 1e6 }')"
echo "layers: $(docker image inspect -f '{{join .RootFS.Layers "\n"}}' "$tag" | sha256sum | cut -c1-16) (equal builds have equal ones)"
echo "sbom:   $sbom, $(grep -c '"purl"' "$sbom") packages"
