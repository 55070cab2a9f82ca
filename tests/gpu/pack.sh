#!/usr/bin/env bash
# Packs what tests/gpu/run.sh needs on a machine without an SDK, a NuGet or a network: the published tests and benchmarks, and the .NET runtime.
#   tests/gpu/pack.sh          writes tests/gpu/.packed/npgpu-gpu.tar.gz
# gzip, because a bare machine has it, and often no xz or zstd.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
packed="$here/.packed"
limit=$((64 * 1024 * 1024))

fail() {
    printf 'pack.sh: %s\n' "$*" >&2
    exit 1
}

# run.sh knows which packages restore here; setting the program up makes it find out.
"$root/run.sh" ions >/dev/null
for name in Ilgpu HdfPInvoke; do
    read -r verdict _ <"$root/.npgpu/package-$name"
    if [ "$verdict" = found ]; then export "With$name=true"; else export "With$name=false"; fi
done
[ "${WithIlgpu:?}" = true ] || printf 'pack.sh: this build has no ILGPU: run.sh will find no device with it\n' >&2

rm -rf "$packed"
mkdir -p "$packed/tree"
dotnet publish "$here/Suite" -c Release --nologo -v quiet -nodeReuse:false -o "$packed/tree/app"
# Documentation and the executables that start the SDK's own dotnet are of no use there.
rm -f "$packed"/tree/app/*.xml

dotnet=$(readlink -f "$(command -v dotnet)")
version=$(sed -n 's/.*"version": "\([0-9.]*\)".*/\1/p' "$packed/tree/app/NernstPlanckGpu.GpuSuite.runtimeconfig.json" | head -n 1)
from=$(dirname "$dotnet")
runtime=$(cd "$from/shared/Microsoft.NETCore.App" && printf '%s\n' "${version%%.*}".* | sort -V | tail -n 1)
[ -d "$from/shared/Microsoft.NETCore.App/$runtime" ] || fail "no .NET runtime ${version%%.*} beside $dotnet"
mkdir -p "$packed/tree/dotnet/shared/Microsoft.NETCore.App" "$packed/tree/dotnet/host/fxr"
cp "$dotnet" "$packed/tree/dotnet/"
cp -r "$from/shared/Microsoft.NETCore.App/$runtime" "$packed/tree/dotnet/shared/Microsoft.NETCore.App/"
cp -r "$from/host/fxr/$runtime" "$packed/tree/dotnet/host/fxr/"

cp -r "$here/run.sh" "$here/cuda" "$here/jax" "$packed/tree/"
{
    git -C "$root" rev-parse --short=12 HEAD | tr -d '\n'
    [ -z "$(git -C "$root" status --porcelain)" ] || printf '+changes'
    printf '\n'
} >"$packed/tree/COMMIT"

tar -C "$packed/tree" --owner=0 --group=0 -cf - . | gzip -9 >"$packed/npgpu-gpu.tar.gz"
rm -rf "$packed/tree"
size=$(wc -c <"$packed/npgpu-gpu.tar.gz")
[ "$size" -lt "$limit" ] || fail "$packed/npgpu-gpu.tar.gz has $size bytes, more than the $limit that can be carried"
printf '%s: %s bytes\n' "$packed/npgpu-gpu.tar.gz" "$size"
