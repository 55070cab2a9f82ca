#!/usr/bin/env bash
# Checks the comparators without a GPU: the CUDA source as C++, a block at a time, and the JAX program with NumPy in JAX's place, must reach what the
# scalar CPU engine reaches, by rkc2 and by euler. What it cannot show: that nvcc and JAX take the same source, and how fast either is.
#   tests/gpu/check.sh [BENCHMARKS.DLL]     the built program of tests/NernstPlanckGpu.Benchmarks
# Closes with "N passed, N failed, N skipped"; a check without its compiler or NumPy is skipped.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1:-$here/../NernstPlanckGpu.Benchmarks/bin/Release/net10.0/NernstPlanckGpu.Benchmarks.dll}
work=$(mktemp -d "${TMPDIR:-/tmp}/npgpu-check.XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

try() {
    printf '%s: ' "$1"
    if "${@:2}"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

dotnet "$program" gpu-problem "$work/rkc2.bin" && dotnet "$program" gpu-problem "$work/euler.bin" --euler || exit 2
if command -v g++ >/dev/null; then
    try "CUDA source compiles as C++" g++ -std=c++17 -O2 -Wall -Wextra -Werror -x c++ -DHOST_EMULATION -o "$work/rkc2" "$here/cuda/rkc2.cu"
    echo
    for method in rkc2 euler; do try "CUDA source, $method" "$work/rkc2" "$work/$method.bin"; done
else
    skipped=$((skipped + 3))
    echo "skipped: no g++ here"
fi
python=$(PATH="/usr/bin:$PATH" command -v python3) # the distribution's, which has its packages
if [ -n "$python" ] && "$python" -c 'import numpy' 2>/dev/null; then
    for method in rkc2 euler; do try "JAX program with NumPy, $method" "$python" "$here/jax/rkc2.py" --numpy "$work/$method.bin"; done
else
    skipped=$((skipped + 2))
    echo "skipped: no python3 with NumPy here"
fi
printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
