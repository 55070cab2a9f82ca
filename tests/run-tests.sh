# shellcheck shell=bash
# The part of run.sh that runs the tests; sourced by it, after its functions.

: "${root:?}" "${state:?}" "${dotnet:?}" # run.sh sets them
test_results="$state/test-results"
python_modules='h5py xarray h5netcdf netCDF4 scipy'
python_packages='python3-h5py python3-xarray python3-h5netcdf python3-netcdf4 python3-scipy hdf5-tools'
slurm_packages='slurm-wlm munge'
browser_packages='chromium fonts-dejavu-core'

# The tests take the system's python3, which has the distribution's packages.
has_readers() { command -v h5dump >/dev/null && PATH="/usr/bin:$PATH" python3 -c "import ${python_modules// /, }" 2>/dev/null; }

# The independent readers of the results files; without them the tests that need them are skipped with that reason.
install_readers() {
    has_readers && return
    # shellcheck disable=SC2086 # a list of words
    if may_install && apt_install $python_packages; then
        return
    fi
    say "h5py, xarray or h5dump is missing: tests that read the files with them are skipped; to have them:"
    say "    sudo apt-get install -y --no-install-recommends $python_packages"
}

has_slurm() {
    local tool
    for tool in munged slurmctld slurmd sbatch; do
        PATH="$PATH:/usr/sbin" command -v "$tool" >/dev/null || return 1
    done
}

# A Slurm for the tests of arrays; they start one of their own (tests/slurm), and are skipped with their reason where they cannot.
install_slurm() {
    { has_slurm || [ "$(uname -s)" != Linux ]; } && return
    # shellcheck disable=SC2086 # a list of words
    if may_install && apt_install $slurm_packages; then
        return
    fi
    say "Slurm is missing: the tests of its arrays are skipped; to have them (they also take root):"
    say "    sudo apt-get install -y --no-install-recommends $slurm_packages"
}

has_browser() { [ -n "${NPGPU_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ]; }

# A browser for the tests of the report's page; without it they are skipped with that reason.
install_browser() {
    has_browser && return
    # shellcheck disable=SC2086 # a list of words
    if may_install && apt_install $browser_packages; then
        return
    fi
    say "Chromium is missing: the tests of the report's page are skipped; to have them:"
    say "    sudo apt-get install -y --no-install-recommends $browser_packages"
}

# counter NAME FILE: an attribute of the summary in a .trx file.
counter() { sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

# The skipped tests of a .trx file with their reasons.
list_skipped() {
    awk -v RS='<' '
        function plain(text) {
            gsub(/&#x[AD];/, " ", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
            gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text)
            return text
        }
        /^UnitTestResult / {
            skipped = index($0, "outcome=\"NotExecuted\"") > 0
            name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name)
        }
        /^Message>/ && skipped { reason = $0; sub(/^Message>/, "", reason); gsub(/[\n\r]/, " ", reason); printf "skipped: %s: %s\n", plain(name), plain(reason) }
    ' "$1"
}

# run_project DLL: runs one test project and adds its counts to passed, failed and skipped.
run_project() {
    local name status=0 trx total executed
    name=$(basename "$1" .dll)
    trx="$test_results/$name.trx"
    printf '\n== %s\n' "$name"
    "$dotnet" test "$1" --nologo --results-directory "$test_results" --logger "trx;LogFileName=$name.trx" \
        --logger "console;verbosity=minimal" --blame-hang-timeout 10m --blame-hang-dump-type none </dev/null || status=$?
    if [ -f "$trx" ] && total=$(counter total "$trx") && [ -n "$total" ]; then
        executed=$(counter executed "$trx")
        passed=$((passed + $(counter passed "$trx")))
        failed=$((failed + executed - $(counter passed "$trx")))
        skipped=$((skipped + total - executed))
        [ "$status" -eq 0 ] || [ "$executed" -ne "$(counter passed "$trx")" ] || failed=$((failed + 1)) # a crash is a failure
    else
        failed=$((failed + 1))
        printf '%s left no results (exit code %s)\n' "$name" "$status"
    fi
}

# The formatter counts as one test.
check_format() {
    local log="$test_results/format.log"
    printf '\n== formatter\n'
    if "$dotnet" format "$root/NernstPlanckGpu.sln" --verify-no-changes --no-restore >"$log" 2>&1 </dev/null; then
        passed=$((passed + 1))
        echo "every file is formatted"
    else
        failed=$((failed + 1))
        cat "$log"
        echo "mend it with: dotnet format NernstPlanckGpu.sln"
    fi
}

# The time to the last output of a start that finds everything built.
time_start() {
    local TIMEFORMAT='second start of a built tree: %R s'
    printf '\n'
    time "$root/run.sh" ions >/dev/null
}

run_tests() {
    local passed=0 failed=0 skipped=0 project
    case ${1-} in
        '') ;;
        --all) export NPGPU_TEST_ALL=1 ;;
        *)
            say "usage: ./run.sh test [--all]"
            exit 2
            ;;
    esac
    install_readers
    install_slurm
    install_browser
    locked set_up_everything
    rm -rf "$test_results"
    mkdir -p "$test_results"
    for project in "$root"/tests/*Tests/; do
        project=$(basename "$project")
        run_project "$root/tests/$project/bin/Release/net10.0/$project.dll"
    done
    check_format
    time_start
    printf '\n'
    for project in "$test_results"/*.trx; do list_skipped "$project"; done
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
