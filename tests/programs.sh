#!/usr/bin/env bash
# What the tests need besides Python's and Node's packages: a browser, Japanese fonts for pictures, and a Redis;
# with NIGHTLY=1 a PgBouncer, too.
# chromium-headless-shell is Chromium without its windows; where there is none, the tests take chromium.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v redis-server >/dev/null || missing+=(redis-server)
[[ -z ${NIGHTLY:-} ]] || command -v pgbouncer >/dev/null || missing+=(pgbouncer)
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing+=(fontconfig fonts-noto-cjk)
((${#missing[@]})) || exit 0

if ! command -v apt-get >/dev/null; then
  echo "The tests need ${missing[*]} (Debian's names), and there is no apt-get here: install them by hand." >&2
  exit 1
fi
run=()
if (($(id -u))); then
  if ! command -v sudo >/dev/null; then
    echo "The tests need ${missing[*]}: run as root, apt-get install ${missing[*]}" >&2
    exit 1
  fi
  run=(sudo)
fi
echo "installing ${missing[*]}"
"${run[@]}" apt-get update -qq
if [[ " ${missing[*]} " == *" chromium "* ]] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
  missing+=(chromium-headless-shell)
fi
"${run[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
