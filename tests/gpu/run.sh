#!/usr/bin/env bash
# Runs the engines' shared tests and the benchmarks on the GPU of a bare Linux machine: no SDK, no NuGet, no network.
#   tests/gpu/run.sh [PART]...     PART: devices suite bench ptxas cuda jax; all of them when none is named
# Beside it lies what pack.sh packed (.packed/npgpu-gpu.tar.gz), or it was itself unpacked from there. The CUDA C++ comparator is built where nvcc
# is, the JAX one run where python3 has JAX, registers and spills told where ptxas is. A table of all measurements comes last.
# LIMIT: seconds that a part may take (540). SECONDS_EACH: least time of a measurement (1).
# Exit code: 0 done; 1 a test or a comparison failed; 2 usage or nothing unpacked; 6 no CUDA or OpenCL device computes (the rest is still printed).
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/npgpu-gpu.XXXXXX")
trap 'rm -rf "$work"' EXIT
measures="$work/measures"
limit=${LIMIT:-540}
status=0
PATH="${PATH:-/usr/bin:/bin}:/usr/local/cuda/bin"

say() { printf '%s\n' "$*"; }
title() { printf '\n== %s\n' "$*"; }

# The worst that happened: a failed test counts more than a missing device.
note() {
    case $1 in
        0) ;;
        6) [ "$status" -ne 0 ] || status=6 ;;
        *) status=1 ;;
    esac
}

for part in "$@"; do
    case $part in
        devices | suite | bench | ptxas | cuda | jax) ;;
        *)
            say "unknown part $part; write any of: devices suite bench ptxas cuda jax"
            exit 2
            ;;
    esac
done
wants() {
    [ ${#parts[@]} -eq 0 ] && return
    local part
    for part in "${parts[@]}"; do [ "$part" != "$1" ] || return 0; done
    return 1
}
parts=("$@")

tree=$here
if [ ! -d "$tree/app" ]; then
    tree="$work/tree"
    mkdir "$tree"
    if ! gzip -dc "$here/.packed/npgpu-gpu.tar.gz" | tar -xf - -C "$tree"; then
        say "run.sh: $here/.packed/npgpu-gpu.tar.gz is not there or does not unpack; on a development machine, run tests/gpu/pack.sh first"
        exit 2
    fi
fi
export DOTNET_ROOT="$tree/dotnet" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_MULTILEVEL_LOOKUP=0 DOTNET_EnableDiagnostics=0
commit=$(cat "$tree/COMMIT")

# limited NAME COMMAND…: runs within the limit; its measurements are kept.
limited() {
    local name=$1 code
    shift
    timeout "$limit" "$@" 2>&1 | tee "$work/output"
    code=${PIPESTATUS[0]}
    [ "$code" -ne 124 ] || say "$name did not end within $limit s"
    grep '^MEASURE' "$work/output" >>"$measures"
    return "$code"
}
net() { limited "$1" "$tree/dotnet/dotnet" "$tree/app/$2.dll" "${@:3}"; }

gpu=- driver=- architecture=sm_90
if command -v nvidia-smi >/dev/null && facts=$(nvidia-smi --query-gpu=name,driver_version,compute_cap --format=csv,noheader 2>/dev/null | head -n 1) && [ -n "$facts" ]; then
    IFS=, read -r gpu driver architecture <<<"$facts"
    driver="driver ${driver# }"
    architecture="sm_$(printf %s "$architecture" | tr -d ' .')"
fi
touch "$measures"
say "commit $commit; NVIDIA GPU: $gpu, $driver; $(uname -sr), $(nproc) processors"

if wants devices; then
    title "devices"
    net devices npgpu devices
    note $?
fi
if wants suite; then
    title "shared tests of the engines"
    # Not the simulator: it takes minutes, and ./run.sh test asks it on machines that are not lent by the minute.
    net suite NernstPlanckGpu.GpuSuite NernstPlanckGpu.UnitTests NernstPlanckGpu.UnitTests.Engines.Suite NernstPlanckGpu.UnitTests.Gpu \
        NernstPlanckGpu.Tests.Gpu -NernstPlanckGpu.UnitTests.Engines.Suite.Simulator
    note $?
fi
if wants bench; then
    title "benchmarks"
    net bench NernstPlanckGpu.Benchmarks gpu --seconds "${SECONDS_EACH:-1}"
    note $?
fi
if wants ptxas; then
    title "registers and spills"
    if ! command -v ptxas >/dev/null; then
        say "left out: no ptxas here"
    elif net ptxas NernstPlanckGpu.Benchmarks gpu-ptx "$work/ptx" "$architecture" >/dev/null; then
        for file in "$work"/ptx/*.ptx; do
            ptxas -v -arch="$architecture" -o "$work/cubin" "$file" 2>&1 |
                awk -v name="$(basename "$file" .ptx)" '/spill/ { spill = $0 } /Used/ { sub(/.*Used/, "Used"); used = $0 } /error|fatal/ { print name ": " $0 } END { gsub(/^ +/, "", spill); print name ": " used "; " spill }'
        done
    else
        note 1
    fi
fi

problems() {
    [ -f "$work/rkc2.bin" ] && return
    net problem NernstPlanckGpu.Benchmarks gpu-problem "$work/rkc2.bin" && net problem NernstPlanckGpu.Benchmarks gpu-problem "$work/euler.bin" --euler
}

if wants cuda; then
    title "the same algorithm in CUDA C++"
    if ! command -v nvcc >/dev/null; then
        say "left out: no nvcc here"
    elif problems; then
        for blocks in 1 2 3; do # how many share a multiprocessor decides how many registers each has; the best one counts
            nvcc -O3 -arch="$architecture" -std=c++17 -DBLOCKS=$blocks -o "$work/rkc2" "$tree/cuda/rkc2.cu" || {
                note 1
                continue
            }
            limited cuda "$work/rkc2" "$work/rkc2.bin" 8192 200
            note $?
            limited cuda "$work/rkc2" "$work/euler.bin" 8192 8000
            note $?
        done
    else
        note 1
    fi
fi
if wants jax; then
    title "the same algorithm in JAX"
    # From elsewhere: here, the folder of that name would be taken for it.
    if ! (cd / && python3 -c 'import jax') 2>/dev/null; then
        say "left out: no python3 with JAX here"
    elif problems; then
        limited jax python3 "$tree/jax/rkc2.py" "$work/rkc2.bin"
        note $?
        limited jax python3 "$tree/jax/rkc2.py" "$work/euler.bin" 8192 800
        note $?
    else
        note 1
    fi
fi

title "measurements"
if [ -s "$measures" ]; then
    awk -F '\t' -v gpu="$gpu" -v driver="$driver" -v commit="$commit" '
        { printf "%-45s %10s %-10s %s, %s, %s\n", $2, $3, $4, ($5 == "" ? gpu : $5), ($6 == "" ? driver : $6), commit }' "$measures"
else
    say "none"
fi
[ "$status" -ne 6 ] || say "no CUDA or OpenCL device computes on this machine: nothing above was measured on one"
exit "$status"
