# `make` alone prints what people need. maintain.mk has the rest.

.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
KB := $(BIN)/kb
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --silent
# Each process of the tests holds a model, a browser and a service.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -lt 4 ] && echo $$n || echo 4)
# The order is the same each time, so that a run repeats the one before; make test-stressed draws others.
SEED ?= 20261125
SPREAD := -n $(WORKERS) --dist loadfile --no-loadscope-reorder -p randomly --randomly-seed=$(SEED)
# No site, no browser, no server, and nothing that starts process after process, breaks the disk at every point or goes
# through all that a law says.
UNIT := tests/index tests/bot/checks tests/bot/question tests/bot/decision tests/test_architecture.py \
  $(addprefix --ignore tests/index/,remote storage/test_faults.py storage/test_store_damaged.py encoder/test_engine.py \
    test_installed.py test_reproducible.py) \
  $(addprefix --ignore tests/bot/checks/,test_bad_values.py test_plan_forms.py) \
  -m "not slow and not measures and not nightly"
PYTEST := tests/in_memory.sh $(BIN)/python -m pytest

.NOTPARALLEL: # one environment, one node_modules, one build
.PHONY: help run site check test test-stressed format bench clean

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile
	@echo "What maintainers need besides: maintain.mk"

run: site ## build the site, index it and serve both at http://127.0.0.1:8000 (PORT= and HOST= override)
	KB_PORT=$(PORT) KB_HOST=$(HOST) $(KB) serve

site: install node_modules/.build ## build the site into build/site and its index into build/site.index
	$(KB) site
	$(KB) index

check: node_modules/.dev ## a minute: lint, types and the unit tests of Python and JavaScript
	@tests/at_once.sh '$(MAKE) --no-print-directory lint' '$(NPM) test' '$(PYTEST) -q $(SPREAD) $(UNIT)'

test: lint browser site ## every test, with all its own set-up (Debian or Ubuntu, root or sudo, for Chromium, Redis, fonts)
	$(NPM) test
	$(PYTEST) $(SPREAD) $(TESTS)

test-stressed: lint browser site ## the same in random order on a busy machine, ROUNDS= times (some hours)
	ROUNDS=$(or $(ROUNDS),5) tests/stressed.sh $(TESTS)

format: node_modules/.dev ## mend what ruff and eslint can mend, and format
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	$(NPM) run lint -- --fix

# PAGE=docs writes the figures into docs/<lang>/service/performance.md. 600 MB in build/bench.
bench: $(VENV)/.installed-dev site ## the service beside a plain script and txtai's API (some minutes)
	$(PYTEST) -q -m measures tests/bench/test_measured.py
	PYTHONPATH=.:tests ROUNDS=$(or $(ROUNDS),3) PAGE=$(PAGE) $(BIN)/python -m bench

clean: ## remove what was built
	rm -rf build node_modules

include maintain.mk
