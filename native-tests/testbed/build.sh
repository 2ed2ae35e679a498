#!/usr/bin/env bash
# Builds the named programs of the control plane from their Go modules into $TESTBED_BIN.
#   usage: ./build.sh [kube|minikubelet]...
set -euo pipefail
cd "$(dirname "$0")"
ver=$(sed -n 's#^[[:space:]]*k8s.io/kubernetes \(v1[^ ]*\).*#\1#p' go.mod | head -1)
IFS=. read -r major minor _ <<<"${ver#v}"
x=""
for p in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  x+=" -X $p.gitVersion=$ver -X $p.gitMajor=$major -X $p.gitMinor=$minor -X $p.gitTreeState=clean"
done
[ $# -gt 0 ] || set -- minikubelet kube
out=${TESTBED_BIN:-bin}; mkdir -p "$out"
for t in "$@"; do
  CGO_ENABLED=0 GOFLAGS="${GOFLAGS:--p=2} -mod=readonly" nice go build -trimpath -ldflags "-s -w$x" -o "$out/$t" "./cmd/$t"
done
