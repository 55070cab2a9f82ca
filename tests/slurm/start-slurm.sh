#!/usr/bin/env bash
# Starts a Slurm of one node on loopback for the tests, with everything that it writes in FOLDER:
#   start-slurm.sh FOLDER [CPUS]      then: export SLURM_CONF=FOLDER/slurm.conf
# It has a munge, keys and ports of its own, and leaves any other Slurm of this machine alone.
# Needs root and Debian's slurm-wlm and munge, but no cgroups and no database. Exit code 3: this machine cannot, with the reason.
set -euo pipefail

cannot() {
    printf 'start-slurm.sh: %s\n' "$*" >&2
    [ -z "${folder-}" ] || "$(dirname "${BASH_SOURCE[0]}")/stop-slurm.sh" "$folder"
    exit 3
}

folder=
[ $# -ge 1 ] || { echo "usage: start-slurm.sh FOLDER [CPUS]" >&2; exit 2; }
[ "$(uname -s)" = Linux ] || cannot "Slurm runs on Linux only"
[ "$(id -u)" -eq 0 ] || cannot "starting Slurm takes root"
PATH=$PATH:/usr/sbin:/sbin
for tool in munged slurmctld slurmd sbatch scontrol; do
    command -v "$tool" >/dev/null || cannot "$tool is not installed (Debian, Ubuntu: apt-get install slurm-wlm munge)"
done

mkdir -p "$1"
folder=$(cd "$1" && pwd)
cpus=${2:-8}
host=$(hostname -s)
mkdir -p "$folder/state" "$folder/spool"

# A port on which nobody listens.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

# await WHAT FILE COMMAND…: until the command succeeds, 10 s at most; the file is the log to show when it does not.
await() {
    local what=$1 log=$2 tries=0
    shift 2
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ]; then
            tail -n 20 "$log" >&2
            cannot "$what did not come up within 10 s"
        fi
        sleep 0.1
    done
}

# munged wants a path without world-writable folders such as /tmp; --force takes one, since the key is thrown away after the tests.
(umask 077 && dd if=/dev/urandom of="$folder/munge.key" bs=128 count=1 status=none)
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" --num-threads=2 2>>"$folder/munged.err" ||
    cannot "munged does not start: $(cat "$folder/munged.err")"
await munged "$folder/munged.log" munge --socket="$folder/munge.socket" --no-input

# One node with more processors than there may be; no cgroups, no accounting; cred_expire is what a requeued job has to wait.
cat >"$folder/slurm.conf" <<CONF
ClusterName=npgpu-test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=5
CredType=cred/munge
SlurmctldPort=$(free_port)
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
KillWait=10
MpiDefault=none
ReturnToService=2
MaxArraySize=10001
NodeName=shelf NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=$cpus State=UNKNOWN
PartitionName=all Nodes=shelf Default=YES MaxTime=1:00:00 State=UP
CONF
export SLURM_CONF=$folder/slurm.conf
slurmctld -i 2>>"$folder/slurmctld.err" || cannot "slurmctld does not start: $(tail -n 5 "$folder/slurmctld.err" "$folder/slurmctld.log")"
await slurmctld "$folder/slurmctld.log" scontrol ping
slurmd -N shelf 2>>"$folder/slurmd.err" || cannot "slurmd does not start: $(tail -n 5 "$folder/slurmd.err" "$folder/slurmd.log")"
await slurmd "$folder/slurmd.log" sh -c "sinfo --noheader --format=%T | grep -q '^idle$'"
