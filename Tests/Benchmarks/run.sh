#!/usr/bin/env bash
# Prints every figure beside its target and its reference: Tests/Benchmarks/run.sh [path to weir]
# Without a path it builds the release first. What else may be said: README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
build=(swift build -c release --static-swift-stdlib -Xlinker -s)
"${build[@]}" --product weir-bench
if [[ $# -eq 0 || $1 == -* ]]; then
  "${build[@]}" --product weir
  set -- "$("${build[@]}" --show-bin-path)/weir" "$@"
fi
exec python3 "$here/benchmark.py" --bench "$("${build[@]}" --show-bin-path)/weir-bench" "$@"
