#!/usr/bin/env bash
# Stops the Slurm that start-slurm.sh FOLDER started: its jobs first, then its daemons, by the process numbers in FOLDER.
set -uo pipefail

[ $# -eq 1 ] || { echo "usage: stop-slurm.sh FOLDER" >&2; exit 2; }
PATH=$PATH:/usr/sbin:/sbin
export SLURM_CONF=$1/slurm.conf
if [ -f "$SLURM_CONF" ]; then
    timeout 5 scancel --state=PENDING --user="$(id -un)" 2>/dev/null
    timeout 5 scancel --signal=KILL --full --state=RUNNING --user="$(id -un)" 2>/dev/null
fi
for daemon in slurmd slurmctld munged; do
    pid=$(cat "$1/$daemon.pid" 2>/dev/null) || continue
    kill "$pid" 2>/dev/null
    for _ in $(seq 50); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null
done
exit 0
