#!/usr/bin/env bash
# Runs a command whose temporary files lie in memory, if 4 GB of it are free and programs may run from there: tests write
# files thousands of times, and each that is made durable waits some milliseconds for a disk.
set -euo pipefail

free=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1 || true)
if [[ -w /dev/shm ]] && ((${free:-0} > 4000000)); then
  folder=$(mktemp -d /dev/shm/kb-tests.XXXXXX)
  trap 'rm -rf "$folder"' EXIT
  chmod 755 "$folder" # as /tmp is: a test has files that another user shall see
  printf '#!/bin/sh\n' >"$folder/program" && chmod +x "$folder/program"
  if "$folder/program" 2>/dev/null; then export TMPDIR=$folder; fi
fi
unset PYTHONDONTWRITEBYTECODE # hundreds of processes would each compile all modules
"$@"
