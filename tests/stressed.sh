#!/usr/bin/env bash
# The suite under the conditions that made it fail by chance: ROUNDS rounds, each in another order, time zone and with
# LANG=C, while something else keeps every processor busy. Every second round has one processor.
# A round that fails is repeated by its seed: make test SEED=… ; what follows the command goes to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
ROUNDS=${ROUNDS:-5}
FIRST=${FIRST:-1}
ZONES=(UTC0 '<+1245>-12:45' '<-0330>3:30' JST-9 '<+14>-14') # rules, not names: no machine lacks them

burners=()
trap 'kill "${burners[@]}" 2>/dev/null || true' EXIT
for processor in $(seq 0 $(($(nproc) - 1))); do
  taskset --cpu-list "$processor" sh -c 'while :; do :; done' &
  burners+=($!)
done

for round in $(seq "$FIRST" $((FIRST + ROUNDS - 1))); do
  seed=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
  zone=${ZONES[$((round % ${#ZONES[@]}))]}
  if ((round % 2)); then workers=$(nproc) pinned=(); else workers=1 pinned=(taskset --cpu-list 0); fi
  echo "round $round: SEED=$seed TZ=$zone, $workers at once"
  TZ=$zone LANG=C LC_ALL=C "${pinned[@]}" .venv/bin/python -m pytest -q -n "$workers" --dist loadfile \
    -p randomly --randomly-seed="$seed" "$@"
done
