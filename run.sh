#!/usr/bin/env bash
# Sets up and builds NernstPlanckGpu where needed, then hands over to it.
#   ./run.sh              the main job: configs/resting-membrane.json
#   ./run.sh ARGS         npgpu ARGS
#   ./run.sh setup        looks for everything afresh, and builds
#   ./run.sh test [--all] runs the tests; --all the long ones too
# Set-up speaks on standard error, one line per thing done. Bash 3.2 suffices.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state="$root/.npgpu" # what is remembered between starts; git ignores it
program="$root/src/NernstPlanckGpu.Cli/bin/Release/net10.0/npgpu.dll"
sdk_major=10
crossgen=Crossgen2 # the SDK's compiler ahead of time, a package of its own: with it the program starts in some 0.6 of the time

say() { printf 'run.sh: %s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# quietly WHAT COMMAND…: runs the command; its output is shown, in full, only when it fails.
quietly() {
    local what=$1 log started=$SECONDS status=0
    shift
    log=$(mktemp "${TMPDIR:-/tmp}/npgpu.XXXXXX")
    "$@" >"$log" 2>&1 </dev/null 9>&- || status=$? # 9: a compiler server left behind must not hold the lock
    if [ "$status" -ne 0 ]; then
        cat "$log" >&2
        say "$what: failed with exit code $status"
    else
        say "$what ($((SECONDS - started)) s)"
    fi
    rm -f "$log"
    return "$status"
}

# --- .NET ---------------------------------------------------------------------------------------------------------

# Prints the first dotnet of the usual places.
find_dotnet() {
    local candidate
    for candidate in "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "$(command -v dotnet || true)" "$HOME/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

explain_dotnet() {
    say "$1"
    say "install it from Microsoft's page 'Install .NET on Linux' (or macOS), on Ubuntu with"
    say "    sudo apt-get install dotnet-sdk-$sdk_major.0"
    say "or without root, into ~/.dotnet, with"
    fail "    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel $sdk_major.0"
}

check_sdk() {
    sdk_version=$("$dotnet" --list-sdks 2>/dev/null | sed -n "s/^\($sdk_major\.[0-9.]*\) .*/\1/p" | tail -n 1)
    [ -n "$sdk_version" ] || explain_dotnet "the .NET SDK $sdk_major is needed; $dotnet has only: $("$dotnet" --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')"
    say ".NET SDK $sdk_version"
}

# --- Packages that not every source holds -------------------------------------------------------------------------

# A fingerprint of what decides on packages, this file included; cheap enough for every start.
nuget_fingerprint() {
    local folder=$root files=()
    while [ "$folder" != "" ]; do
        files+=("$folder"/[Nn]u[Gg]et.[Cc]onfig)
        folder=${folder%/*}
    done
    cat "$root/run.sh" "${files[@]}" "$HOME/.nuget/NuGet/NuGet.Config" "$HOME/.config/NuGet/NuGet.Config" "$root/Directory.Packages.props" \
        2>/dev/null | cksum || true
}

# The version of a package: the SDK decides on its own compiler's, Directory.Packages.props on all others.
package_version() {
    if [ "$1" = "$crossgen" ]; then
        printf '%s\n' "${sdk_version:?}"
        return
    fi
    sed -n "s/.*Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" "$root/Directory.Packages.props"
}

# probe_project PACKAGE…: a project that takes the packages, or the compiler ahead of time for this machine and what that reads.
probe_project() {
    local package
    echo '<Project Sdk="Microsoft.NET.Sdk">'
    if [ "$1" = "$crossgen" ]; then
        echo '<PropertyGroup><OutputType>Exe</OutputType><UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>'
        echo '<SelfContained>false</SelfContained><PublishReadyToRun>true</PublishReadyToRun></PropertyGroup>'
    else
        echo '<ItemGroup>'
        for package in "$@"; do echo "<PackageReference Include=\"$package\" />"; done
        echo '</ItemGroup>'
    fi
    echo '</Project>'
}

# probe_package NAME PACKAGE…: tries to restore the packages; remembers "found VERSION", or "missing" with the reason.
# Only NuGet's own "not found" codes mean missing; anything else, such as a network error, is an error.
probe_package() {
    local name=$1 folder="$state/probe-$1" log="$state/probe-$1.log" codes
    shift
    mkdir -p "$folder"
    probe_project "$@" >"$folder/probe.csproj"
    if "$dotnet" restore "$folder/probe.csproj" --force >"$log" 2>&1 </dev/null 9>&-; then
        printf 'found %s\n' "$(package_version "$1")" >"$state/package-$name"
        say "$1 $(package_version "$1") restores"
        return
    fi
    codes=$(sed -n -e 's/.*error \(NU[0-9]*\).*/\1/p' -e 's/.*error \(NETSDK1094\).*/\1/p' "$log" | sort -u | tr '\n' ' ')
    case $codes in
        'NU1101 ' | 'NU1102 ' | 'NU1101 NU1102 ' | 'NETSDK1094 ') # the last: there is no such compiler for this machine
            printf 'missing %s\n%s\n' "$(package_version "$1")" \
                "the package sources reached ($(source_names)) do not hold $1 $(package_version "$1") (${codes% })" >"$state/package-$name"
            say "$1 $(package_version "$1") is not on the package sources reached ($(source_names)): building without it"
            ;;
        *)
            cat "$log" >&2
            fail "could not find out whether $1 restores (${codes:-no NuGet error code}); mend that, then start again"
            ;;
    esac
}

source_list() { "$dotnet" nuget list source; }

source_names() { source_list | sed -n 's/^ *[0-9]*\. *\(.*\) \[Enabled\]$/\1/p' | paste -sd ' ' -; }

# True when the package is remembered as found, or as missing on the very sources and version of today.
remembers_package() {
    local verdict version
    [ -f "$state/package-$1" ] || return 1
    read -r verdict version <"$state/package-$1"
    [ "$version" = "$(package_version "$2")" ] || return 1
    [ "$verdict" = found ] || [ "$sources_changed" = no ]
}

decide_packages() {
    local list
    list=$(source_list) || fail "'dotnet nuget list source' failed: $list"
    sources_changed=no
    [ "$list" = "$(cat "$state/sources" 2>/dev/null)" ] || sources_changed=yes
    remembers_package Ilgpu ILGPU || probe_package Ilgpu ILGPU ILGPU.Algorithms
    remembers_package Crossgen "$crossgen" || probe_package Crossgen "$crossgen"
    remembers_package HdfPInvoke HDF.PInvoke.1.10 || probe_package HdfPInvoke HDF.PInvoke.1.10
    printf '%s\n' "$list" >"$state/sources"
    nuget_fingerprint >"$state/fingerprint"
}

# MSBuild reads environment variables as properties: one place decides for build, test and format.
export_packages() {
    local name verdict
    for name in Ilgpu HdfPInvoke Crossgen; do
        read -r verdict _ <"$state/package-$name"
        if [ "$verdict" = found ]; then
            export "With$name=true" "${name}Reason="
        else
            export "With$name=false" "${name}Reason=$(sed -n 2p "$state/package-$name")"
        fi
    done
}

# --- System libraries ---------------------------------------------------------------------------------------------

find_hdf5() {
    local candidate
    for candidate in "${HDF5_LIBRARY:-}" /usr/lib/*/libhdf5_serial.so* /usr/lib/*/libhdf5.so* /usr/lib64/libhdf5.so* /usr/lib/libhdf5.so* \
        /usr/local/lib/libhdf5.* /opt/homebrew/lib/libhdf5.*dylib /opt/local/lib/libhdf5.*dylib "${CONDA_PREFIX:-/nonexistent}"/lib/libhdf5.*; do
        if [ -e "$candidate" ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    ldconfig -p 2>/dev/null | sed -n 's/.*libhdf5\(_serial\)\{0,1\}\.so.* => //p' | head -n 1 | grep . || return 1
}

may_install() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }

# One apt-get at a time: the tests' tools are installed while the program is built.
apt_get() { DEBIAN_FRONTEND=noninteractive flock "$state/apt.lock" apt-get "$@"; }

apt_update() { quietly "apt-get update" apt_get update; }

apt_install() {
    say "installing with apt-get: $*"
    quietly "apt-get install" apt_get install -y --no-install-recommends "$@"
}

# Debian and Ubuntu put the library's version into the package's name.
hdf5_package() { apt-cache search --names-only '^libhdf5-[0-9]+(-[0-9]+)?(t64)?$' 2>/dev/null | cut -d' ' -f1 | sort | tail -n 1; }

install_hdf5() {
    if may_install; then
        apt_update || true
        local package
        package=$(hdf5_package)
        say "libhdf5 is missing"
        apt_install "${package:=libhdf5-dev}" || exit 1
        return
    fi
    say "the HDF5 library (libhdf5, 1.10 or newer) is needed and was not found; install it with"
    case $(uname -s)-$(command -v apt-get dnf pacman brew 2>/dev/null | head -n 1) in
        *apt-get) fail "    sudo apt-get update && sudo apt-get install -y libhdf5-dev" ;;
        *dnf) fail "    sudo dnf install -y hdf5" ;;
        *pacman) fail "    sudo pacman -S hdf5" ;;
        Darwin-*) fail "    brew install hdf5" ;;
        *) fail "    your system's package manager, or name the library in the variable HDF5_LIBRARY" ;;
    esac
}

check_hdf5() {
    local library
    if [ "${WithHdfPInvoke:?}" = true ]; then
        return # the package carries the library
    fi
    if ! library=$(find_hdf5); then
        install_hdf5
        library=$(find_hdf5) || fail "libhdf5 is still not found after its installation; name it in the variable HDF5_LIBRARY"
    fi
    printf '%s\n' "$library" >"$state/hdf5"
    say "libhdf5: $library"
}

# --- Build --------------------------------------------------------------------------------------------------------

# changed STAMP FOLDER…: true when something that a build reads is newer than the stamp (a folder is, when a file came or went).
changed() {
    local stamp=$1
    shift
    [ -f "$stamp" ] || return 0
    [ -n "$(find "$root"/Directory.*.props "$root/NernstPlanckGpu.sln" "$root/global.json" "$root/.editorconfig" "$@" \
        \( -name bin -o -name obj -o -name TestResults \) -prune -o \
        \( -type d -o -name '*.cs' -o -name '*.csproj' -o -name '*.json' -o -name '*.props' -o -name '*.targets' -o -name '*.js' -o -name '*.css' \
        -o -name '*.sln' -o -name .editorconfig \) \
        -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

program_is_built() {
    [ -f "$program" ] && [ -f "$state/fingerprint" ] && [ "$(nuget_fingerprint)" = "$(cat "$state/fingerprint")" ] &&
        { [ ! -f "$state/hdf5" ] || [ -e "$(cat "$state/hdf5")" ]; } && ! changed "$state/built-program" "$root/kernels" "$root/src"
}

everything_is_built() { program_is_built && ! changed "$state/built-tests" "$root/kernels" "$root/src" "$root/tests"; }

# build TARGET STAMP…: the stamps carry the time before the build, so that a file edited meanwhile counts as changed.
build() {
    local target=$1 folder
    shift
    for folder in "$root"/kernels/*/ "$root"/src/*/ "$root"/tests/*/; do mkdir -p "$folder/bin" "$folder/obj"; done
    touch "$state/started"
    # A running npgpu keeps the files that it has open; overwriting them in place would crash it.
    rm -f "$root"/src/NernstPlanckGpu.Cli/bin/Release/net10.0/*.dll
    quietly "built ${target##*/}" "$dotnet" build "$root/$target" -c Release --nologo -v quiet -nodeReuse:false || exit 1
    for stamp in "$@"; do cp -p "$state/started" "$stamp"; done
}

# locked COMMAND…: one set-up at a time; a second ./run.sh waits, then finds everything done.
locked() {
    mkdir -p "$state"
    if command -v flock >/dev/null; then
        exec 9>"$state/lock"
        flock 9
        "$@"
        exec 9>&-
    else
        until mkdir "$state/lock.d" 2>/dev/null; do sleep 0.2; done
        trap 'rmdir "$state/lock.d" 2>/dev/null' EXIT
        "$@"
        rmdir "$state/lock.d"
        trap - EXIT
    fi
}

set_up() {
    check_sdk
    decide_packages
    export_packages
    check_hdf5
}

set_up_program() {
    if ! program_is_built; then
        set_up
        build src/NernstPlanckGpu.Cli "$state/built-program"
    fi
}

set_up_everything() {
    if ! everything_is_built; then
        set_up
        build NernstPlanckGpu.sln "$state/built-program" "$state/built-tests"
    fi
    export_packages
}

forget() { rm -f "$state"/package-* "$state"/sources "$state"/fingerprint "$state"/hdf5 "$state"/built-*; }

set_up_afresh() {
    forget
    set_up_program
}

# --- Start --------------------------------------------------------------------------------------------------------

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
dotnet=$(find_dotnet) || explain_dotnet "the .NET SDK $sdk_major is needed and was not found"

case ${1-} in
    '')
        program_is_built || locked set_up_program
        config=configs/resting-membrane.json
        [ "$PWD" -ef "$root" ] || config=$root/$config
        exec "$dotnet" "$program" run "$config" --force
        ;;
    setup)
        locked set_up_afresh
        say "ready: ./run.sh"
        ;;
    test)
        shift
        # shellcheck source=tests/run-tests.sh
        . "$root/tests/run-tests.sh"
        run_tests "$@"
        ;;
    *)
        program_is_built || locked set_up_program
        exec "$dotnet" "$program" "$@"
        ;;
esac
