# shellcheck shell=bash
# The part of run.sh that runs the tests; sourced by it, after its functions.

: "${root:?}" "${state:?}" "${dotnet:?}" # run.sh sets them
test_results="$state/test-results"
python_modules='h5py xarray h5netcdf netCDF4 scipy matplotlib'
python_packages='python3-h5py python3-xarray python3-h5netcdf python3-netcdf4 python3-scipy python3-matplotlib hdf5-tools'
slurm_packages='slurm-wlm munge'
browser_packages='chromium fonts-dejavu-core'

# The tests take the system's python3, which has the distribution's packages.
has_readers() { command -v h5dump >/dev/null && PATH="/usr/bin:$PATH" python3 -c "import ${python_modules// /, }" 2>/dev/null; }

# The independent readers of the results files; without them the tests that need them are skipped with that reason.
miss_readers() {
    has_readers && return
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
miss_slurm() {
    { has_slurm || [ "$(uname -s)" != Linux ]; } && return
    say "Slurm is missing: the tests of its arrays are skipped; to have them (they also take root):"
    say "    sudo apt-get install -y --no-install-recommends $slurm_packages"
}

has_browser() { [ -n "${NPGPU_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ]; }

# A browser for the tests of the report's page; without it they are skipped with that reason.
miss_browser() {
    has_browser && return
    say "Chromium is missing: the tests of the report's page are skipped; to have them:"
    say "    sudo apt-get install -y --no-install-recommends $browser_packages"
}

# What the tests use beside the program. Where it may be installed it is; what is still missing then is said.
install_tools() {
    has_browser && has_slurm && has_readers && return
    if may_install && apt_update; then
        # shellcheck disable=SC2086 # lists of words
        {
            has_readers || apt_install $python_packages || true
            has_slurm || apt_install $slurm_packages || true
            has_browser || apt_install $browser_packages || true
        }
    fi
    miss_readers
    miss_slurm
    miss_browser
}

# counter NAME FILE: an attribute of the summary in a .trx file.
counter() { sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

# list_outcomes FILE…: what the end of a log has to tell of these .trx files. One line per reason for which tests were skipped, with
# their number and one of them; then every failed test with the first lines of its message.
list_outcomes() {
    awk -v RS='<' '
        function plain(text) {
            gsub(/&#x[AD];/, "\n", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
            gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text)
            return text
        }
        function beginning(text, lines,   part, count, i, joined) {
            count = split(text, part, /[\r\n]+/)
            for (i = 1; i <= count && lines > 0; i++)
                if (part[i] ~ /[^ \t]/) { joined = joined (joined == "" ? "" : " | ") part[i]; lines-- }
            return length(joined) > 600 ? substr(joined, 1, 600) "..." : joined
        }
        function close_test() {
            if (outcome == "NotExecuted") {
                reason = beginning(message, 3)
                if (!(reason in times)) { reasons[++kinds] = reason; example[reason] = name }
                times[reason]++
            }
            if (outcome == "Failed") failures[++broken] = name ": " beginning(message, 4)
            outcome = ""; message = ""
        }
        /^UnitTestResult / {
            close_test()
            outcome = $0; sub(/.* outcome="/, "", outcome); sub(/".*/, "", outcome)
            name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name); name = plain(name)
            if ($0 ~ /\/>[ \r\n]*$/) close_test()
        }
        /^Message>/ && outcome != "" { message = $0; sub(/^Message>/, "", message); message = plain(message) }
        /^\/UnitTestResult>/ { close_test() }
        END {
            close_test()
            for (i = 1; i <= kinds; i++) printf "skipped %d: %s (for example %s)\n", times[reasons[i]], reasons[i], example[reasons[i]]
            for (i = 1; i <= broken; i++) printf "failed: %s\n", failures[i]
        }
    ' "$@"
}

# count_failure WHAT: counts a failure that stands in no .trx file, and keeps it for the end of the log.
count_failure() {
    failed=$((failed + 1))
    other_failures+=("$1")
    printf '%s\n' "$1"
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
        [ "$status" -eq 0 ] || [ "$executed" -ne "$(counter passed "$trx")" ] || count_failure "$name: ended with exit code $status, though no test failed"
    else
        count_failure "$name: left no results (exit code $status)"
    fi
}

# The formatter counts as one test. It works beside the first project, whose tests wait for a browser. Style and analysers are the build's
# affair, where their warnings are errors; with --all the formatter goes through them once more, and through the order of the usings.
start_format() {
    local part=(whitespace)
    [ -z "${NPGPU_TEST_ALL:-}" ] || part=()
    "$dotnet" format ${part[@]+"${part[@]}"} "$root/NernstPlanckGpu.sln" --verify-no-changes --no-restore >"$test_results/format.log" 2>&1 </dev/null &
    format=$!
}

end_format() {
    printf '\n== formatter\n'
    if wait "$format"; then
        passed=$((passed + 1))
        echo "every file is formatted"
    else
        cat "$test_results/format.log"
        count_failure "formatter: files are not formatted; mend it with: dotnet format NernstPlanckGpu.sln"
    fi
}

# The time to the last output of a start that finds everything built.
time_start() {
    local TIMEFORMAT='second start of a built tree: %R s'
    printf '\n'
    time "$root/run.sh" ions >/dev/null
}

run_tests() {
    local passed=0 failed=0 skipped=0 project format tools other_failures=()
    case ${1-} in
        '') ;;
        --all) export NPGPU_TEST_ALL=1 ;;
        *)
            say "usage: ./run.sh test [--all]"
            exit 2
            ;;
    esac
    # Downloads and the build work side by side.
    mkdir -p "$state"
    install_tools &
    tools=$!
    locked set_up_everything
    wait "$tools"
    rm -rf "$test_results"
    mkdir -p "$test_results"
    start_format
    for project in "$root"/tests/*Tests/; do
        project=$(basename "$project")
        run_project "$root/tests/$project/bin/Release/net10.0/$project.dll"
    done
    end_format
    time_start
    printf '\n'
    ! compgen -G "$test_results/*.trx" >/dev/null || list_outcomes "$test_results"/*.trx
    [ "${#other_failures[@]}" -eq 0 ] || printf 'failed: %s\n' "${other_failures[@]}"
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
