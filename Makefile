# make run   everything, on a machine with Python 3.11 and nothing else: http://127.0.0.1:8000
# make test  every test, with all its own set-up
# make check the quick ones: ruff, mypy, unit tests

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
KB := $(BIN)/kb

.PHONY: run install site test check lint format browser redis card screenshots slack-pictures jsquad lock licences sbom audit load nightly bench bench-scale clean

run: site
	KB_PORT=$(PORT) KB_HOST=$(HOST) $(KB) serve

install: $(VENV)/.installed

site: install
	$(KB) site
	$(KB) index

test: lint browser site
	$(BIN)/python -m pytest

check: lint
	$(BIN)/python -m pytest -q tests/index tests/bot/checks tests/test_architecture.py -m "not slow"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Retrieval on a public Japanese data set, where its file is at hand: make jsquad JSQUAD=jsquad-valid.json (some minutes)
JSQUAD ?= ../shared/eval/jsquad-valid.json
jsquad: $(VENV)/.installed-dev
	PYTHONPATH=. $(BIN)/python tests/quality/jsquad.py $(JSQUAD)

# The pictures of docs/<lang>/service/slack.md, from the messages that the bot sends.
slack-pictures: $(VENV)/.installed-dev browser
	PYTHONPATH=. $(BIN)/python deploy/slack/pictures.py

# Load at half, all and twice the capacity. PAGE=docs writes the figures into docs/<lang>/service/reliability.md.
SECONDS_EACH ?= 20
load: $(VENV)/.installed-dev site
	OUT=build/load.json SECONDS_EACH=$(SECONDS_EACH) PAGE=$(PAGE) $(BIN)/python -m pytest -q -s tests/load/test_load.py

# Our service beside a plain script and txtai's API (some minutes; 600 MB in build/bench). PAGE=docs writes the figures into
# docs/<lang>/service/performance.md.
ROUNDS ?= 3
bench: $(VENV)/.installed-dev site
	PYTHONPATH=.:tests ROUNDS=$(ROUNDS) PAGE=$(PAGE) $(BIN)/python -m bench

# How cost grows with the number of sections (ten minutes and 8 GB in build/scale for the million). PAGE=docs writes the
# figures into the same page.
SIZES ?= 3000 10000 30000 100000 1000000
bench-scale: $(VENV)/.installed-dev site
	PYTHONPATH=.:tests SIZES="$(SIZES)" PAGE=$(PAGE) $(BIN)/python -m bench.scale

# What takes a night: random requests, endurance, and the property tests with many cases.
CASES ?= 100000
REQUESTS ?= 100000
MINUTES ?= 30
EXAMPLES ?= 10000
SCHEMA_CASES ?= 1000
nightly: $(VENV)/.installed-dev site
	CASES=$(CASES) REQUESTS=$(REQUESTS) MINUTES=$(MINUTES) $(BIN)/python -m pytest -q -s tests/load/test_nightly.py
	EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q tests/index/test_words.py tests/index/test_unigram.py \
	  tests/index/test_random_pages.py tests/index/test_page.py tests/bot/checks/test_damaged.py tests/bot/slack/test_guard.py
	SCHEMA_CASES=$(SCHEMA_CASES) $(BIN)/python -m pytest -q tests/bot/test_api_schema.py

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A browser and Japanese fonts from Debian's packages, for the tests that open pages; a Redis for those that count.
browser: redis
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'noto.*cjk' || { \
	  echo "installing chromium and Japanese fonts"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null; }

redis:
	@command -v redis-server >/dev/null || { \
	  echo "installing redis-server"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
	  apt-get install -y -qq --no-install-recommends redis-server >/dev/null; }

# The main states of the pages, in build/screenshots/: to be looked at after a change of the theme.
screenshots: $(VENV)/.installed-dev browser site
	$(BIN)/python -m pytest -q tests/browser/screenshots.py

# What social networks and chats show beside a link, one per language, drawn from docs/card.html.
card: browser
	for lang in ja en; do chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,630 \
	  --screenshot=docs/$$lang/assets/card.png "file://$(CURDIR)/docs/card.html#$$lang"; done

# What is delivered. After a change of pyproject.toml: make lock licences sbom, and commit what they write.
SERVED := --extra redis --extra slack

# Not by way of the whole set-up, which keeps to the lock that is to be changed here. Newer versions: UPGRADE=--upgrade
lock: $(BIN)/uv
	$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(SERVED) \
	  --output-file deploy/requirements.lock pyproject.toml

licences: $(VENV)/.installed-dev
	$(BIN)/python -m deploy.licences

sbom: $(VENV)/.installed-dev
	$(BIN)/python -m deploy.sbom

# Exit code 0: no advisory; 1: advisories; 3 and "not run": their source could not be asked.
audit: $(VENV)/.installed-dev
	$(BIN)/python -m deploy.audit

$(BIN)/uv: | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(sed -n 's/^ *"\(uv==[^"]*\)",/\1/p' pyproject.toml)"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The versions of the lock, for what serves; the hashes are for the image, which installs from the index alone.
$(VENV)/constraints.txt: deploy/requirements.lock | $(VENV)/bin/python
	sed -n '/^[a-z]/s/ *\\$$//p' $< >$@

$(VENV)/.installed: pyproject.toml $(VENV)/constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(VENV)/constraints.txt --editable '.[build,slack]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(VENV)/constraints.txt --editable '.[build,redis,slack,eval,dev]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf build
