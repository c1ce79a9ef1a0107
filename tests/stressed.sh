#!/usr/bin/env bash
# The suite under the conditions that made it fail by chance: ROUNDS rounds, each in another order, time zone and with
# LANG=C, with threads that begin and end late and slow pages, while something else keeps every processor busy. Every
# second round has one processor.
# FIRST=2 begins with that one, SEED=… repeats an order; what follows the command goes to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
ZONES=(UTC0 '<+1245>-12:45' '<-0330>3:30' JST-9 '<+14>-14') # rules, not names: no machine lacks them

mapfile -t processors < <(.venv/bin/python -c 'import os; print(*sorted(os.sched_getaffinity(0)), sep="\n")')
burners=()
trap 'kill "${burners[@]}" 2>/dev/null || true' EXIT
for processor in "${processors[@]}"; do
  taskset --cpu-list "$processor" sh -c 'while :; do :; done' &
  burners+=($!)
done

failed=0
for round in $(seq "${FIRST:-1}" $((${FIRST:-1} + ${ROUNDS:-5} - 1))); do
  seed=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
  if ((round % 2)); then workers=${#processors[@]} pinned=(); else workers=1 pinned=(taskset --cpu-list "${processors[0]}"); fi
  command=(env TZ="${ZONES[$((round % ${#ZONES[@]}))]}" LANG=C LC_ALL=C "${pinned[@]}" tests/in_memory.sh
    .venv/bin/python -m pytest -q -p tests.late_threads -p tests.slow_pages -n "$workers" --dist loadfile
    --no-loadscope-reorder -p randomly --randomly-seed="$seed" "$@")
  echo "round $round: ${command[*]@Q}"
  "${command[@]}" || { failed=$((failed + 1)) && echo "round $round failed"; }
  kill -0 "${burners[@]}" || { echo "the processors were not kept busy" >&2 && exit 2; }
done
echo "$failed of ${ROUNDS:-5} rounds failed"
exit $((failed > 0))
