#!/usr/bin/env bash
# Runs command lines at the same time and shows what each of them said, one after the other. Fails if one has failed.
# Each has a process group of its own, which ends with this script: what runs in the background hears no Ctrl+C.
set -uo pipefail

folder=$(mktemp -d)
running=()
trap 'for group in "${running[@]}"; do kill -- "-$group" 2>/dev/null; done; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
for line in "$@"; do
  setsid bash -c "$line" </dev/null >"$folder/${#running[@]}" 2>&1 &
  running+=($!)
done
failed=0
for at in "${!running[@]}"; do
  wait "${running[at]}"
  code=$?
  cat "$folder/$at"
  ((code == 0)) || { failed=1 && echo "failed ($code): ${*:at+1:1}" >&2; }
done
exit "$failed"
