#!/usr/bin/env bash
# Makes docs/report.png, the picture of the README: the report of the main job, as Chromium draws it without a window.
#   docs/report-picture.sh [CONFIG [PICTURE [WIDTHxHEIGHT]]]
# NPGPU names another program than ./run.sh, NPGPU_CHROMIUM another browser than the system's.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
config=${1:-$root/configs/resting-membrane.json}
picture=${2:-$root/docs/report.png}
size=${3:-1280x1600}
folder=$(mktemp -d "${TMPDIR:-/tmp}/npgpu-picture.XXXXXX")
trap 'rm -rf "$folder"' EXIT

find_browser() {
    local candidate
    for candidate in "${NPGPU_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    echo "docs/report-picture.sh: Chromium was not found; install it (apt-get install chromium), or name it in NPGPU_CHROMIUM" >&2
    return 1
}

# shellcheck disable=SC2086 # a program with its arguments
npgpu() { ${NPGPU:-"$root/run.sh"} "$@"; }

browser=$(find_browser)
command=run
if grep -q '"sweep"[[:space:]]*:' "$config"; then command=sweep; fi
npgpu "$command" "$config" --quiet -o "$folder/results.h5"
(cd "$folder" && npgpu report results.h5 -o report.html --quiet)
"$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
    --disable-sync --hide-scrollbars --user-data-dir="$folder/profile" --window-size="${size/x/,}" --virtual-time-budget=20000 \
    --screenshot="$folder/report.png" "file://$folder/report.html" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
mv "$folder/report.png" "$picture"
echo "wrote $picture"
