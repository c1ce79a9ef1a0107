#!/usr/bin/env bash
# Runs command lines at the same time and shows what each of them said, one after the other. Fails if one has failed.
set -uo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
running=()
for line in "$@"; do
  bash -c "$line" </dev/null >"$folder/${#running[@]}" 2>&1 &
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
