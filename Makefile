# make run   everything, on a machine with Python 3.11 and nothing else: http://127.0.0.1:8000
# make test  every test, with all its own set-up
# make check the quick ones: ruff, mypy, unit tests

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
KB := $(BIN)/kb

.PHONY: run install site test check lint format browser jsquad clean

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

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A browser and Japanese fonts from Debian's packages, for the tests that open pages.
browser:
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'noto.*cjk' || { \
	  echo "installing chromium and Japanese fonts"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null; }

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[build]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[build,eval,dev]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf build
