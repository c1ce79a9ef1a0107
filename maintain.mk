# What maintainers need: set-up in parts, measurements, and what is delivered. Included by the Makefile.

.PHONY: install lint browser card screenshots slack-pictures jsquad load bench-scale quantisation reader nightly mutants chat wheel lock licences sbom audit image

# ---- Set-up

install: $(VENV)/.installed

lint: node_modules/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NPM) run lint
	$(NPM) run types

browser:
	@tests/programs.sh

$(BIN)/uv: | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(sed -n 's/^ *"\(uv==[^"]*\)",/\1/p' pyproject.toml)"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The versions of the lock, for what serves; the hashes are for the image, which installs from the index alone.
$(VENV)/constraints.txt: deploy/requirements.lock | $(VENV)/bin/python
	sed -n '/^[a-z]/s/ *\\$$//p' $< >$@

$(VENV)/.installed: pyproject.toml $(VENV)/constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(VENV)/constraints.txt --editable '.[build,mcp,slack]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(VENV)/constraints.txt --editable '.[build,cloud,postgres,redis,mcp,slack,eval,dev]'
	@touch $@ $(VENV)/.installed

NPM_CI := PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --loglevel=error
NPM_FAILED := { echo "npm ci failed: esbuild comes from an npm registry (npm config set registry ADDRESS)"; exit 1; }

# esbuild for the site's scripts; for their lint, types and tests some more. Node comes with the Python packages.
node_modules/.build: package.json package-lock.json $(VENV)/.installed
	@$(NPM_CI) --omit=dev || $(NPM_FAILED)
	@touch $@

node_modules/.dev: package.json package-lock.json $(VENV)/.installed-dev
	@$(NPM_CI) || $(NPM_FAILED)
	@touch node_modules/.build $@

# ---- Measurements: figures for the pages, and what takes hours

# Retrieval on a public Japanese data set, where its file is at hand: make jsquad JSQUAD=jsquad-valid.json (some minutes)
JSQUAD ?= ../shared/eval/jsquad-valid.json
jsquad: $(VENV)/.installed-dev
	PYTHONPATH=. $(BIN)/python tests/quality/jsquad.py $(JSQUAD)

# Load at half, all and twice the capacity. PAGE=docs writes the figures into docs/<lang>/service/reliability.md.
SECONDS_EACH ?= 20
load: $(VENV)/.installed-dev site
	OUT=build/load.json SECONDS_EACH=$(SECONDS_EACH) PAGE=$(PAGE) $(PYTEST) -q -s -m measures tests/load/test_load.py tests/load/test_crowd.py

# How cost grows with the number of sections (ten minutes and 8 GB in build/scale for the million). PAGE=docs writes the
# figures into the same page.
SIZES ?= 3000 10000 30000 100000 1000000
bench-scale: $(VENV)/.installed-dev site
	$(PYTEST) -q -m measures tests/bench/test_scale_measured.py
	PYTHONPATH=.:tests SIZES="$(SIZES)" PAGE=$(PAGE) $(BIN)/python -m bench.scale

# How the bundled model is rounded to 8 bits, anew from this site's texts (index/encoder/quantisation.bin, a minute)
quantisation: $(VENV)/.installed-dev site
	PYTHONPATH=. $(BIN)/python -m deploy.quantise build/site bot/data/calibration.jsonl

# What reads questions and sections together, taught anew (learn/README.md): clones in SOURCES, and six minutes of a GPU.
# index/encoder/reader.bin and bot/data/unseen_readings.jsonl are written; then come `kb rows`, `kb contrast --learn`, `kb calibrate`.
SOURCES ?= ../sources
reader: $(VENV)/.installed-dev site
	PYTHONPATH=. $(BIN)/python -m learn examples $(SOURCES) build/reader
	PYTHONPATH=. $(BIN)/python -m learn train build/reader
	PYTHONPATH=. $(BIN)/python -m learn.pack build/reader build/site bot/data/calibration.jsonl
	PYTHONPATH=. $(BIN)/python -m learn.unseen build/reader build/site.index

# What takes a night: random requests, endurance, and the property tests with many cases.
CASES ?= 100000
REQUESTS ?= 100000
MINUTES ?= 30
EXAMPLES ?= 10000
SCHEMA_CASES ?= 1000
SWAPS ?= 60
LOADS ?= 5
nightly: $(VENV)/.installed-dev browser site
	@NIGHTLY=1 tests/programs.sh
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(VENV)/constraints.txt --editable '.[nightly]'
	CASES=$(CASES) REQUESTS=$(REQUESTS) MINUTES=$(MINUTES) $(PYTEST) -q -s -m measures tests/load/test_nightly.py
	EXAMPLES=$(EXAMPLES) $(PYTEST) -q tests/index/lexical/test_words.py tests/index/encoder/test_transformer.py \
	  tests/index/reading/test_random_pages.py tests/index/reading/test_page_text.py tests/bot/checks/test_damaged.py \
	  tests/bot/slack/test_signature.py tests/bot/slack/test_guard_any_input.py tests/bot/slack/test_blocks.py \
	  tests/bot/slack/test_findings_message.py tests/bot/slack/test_text_in_slack.py \
	  tests/bot/learning/test_gaps.py
	SCHEMA_CASES=$(SCHEMA_CASES) SWAPS=$(SWAPS) $(PYTEST) -q tests/bot/api/test_api_schema.py \
	  tests/bot/service/test_hot_reload.py tests/bot/service/test_site_replaced.py tests/bot/service/test_following.py
	$(PYTEST) -q -s -m measures tests/hostile tests/load/test_crowd.py
	$(PYTEST) -q -m measures tests/index tests/bot
	$(PYTEST) -q -m nightly $(TESTS)
	EXAMPLES=$(EXAMPLES) $(PYTEST) -q -s -m measures tests/cost
	LOADS=$(LOADS) $(PYTEST) -q -s -m measures tests/browser/test_cold_load.py
	$(BIN)/python -m deploy.image $(BUILD) || [ $$? = 3 ]

# Small changes of the code, each to be noticed by its module's quick tests (ten minutes). MODULE=bot/decision/decide.py: one
# module; SAMPLE=1000: every change that can be made.
MODULE ?=
SAMPLE ?= 10
mutants: $(VENV)/.installed-dev
	MODULE=$(MODULE) SAMPLE=$(SAMPLE) PYTHONPATH=.:tests $(BIN)/python -m mutants

# ---- What is drawn and delivered

# The main states of the pages, in build/screenshots/, and docs/screenshot.png: to be looked at after a change of the theme.
screenshots: $(VENV)/.installed-dev browser site
	$(PYTEST) -q -p no:randomly tests/browser/screenshots.py

# The pictures of docs/<lang>/service/slack.md, from the messages that the bot sends.
slack-pictures: $(VENV)/.installed-dev browser
	PYTHONPATH=. $(BIN)/python deploy/slack/pictures.py

# What social networks and chats show beside a link, one per language, drawn from docs/card.html.
card: browser
	for lang in ja en; do chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,630 \
	  --screenshot=docs/$$lang/assets/card.png "file://$(CURDIR)/docs/card.html#$$lang"; done

# The chat that other sites take along (bot/data/chat), after a change of its scripts, styles or words: commit what it writes.
chat: node_modules/.build
	$(BIN)/python -m deploy.chat

# The wheel, in build/wheel: the same bytes from the same sources.
wheel: $(VENV)/.installed
	$(BIN)/python -m deploy.wheel build/wheel

# What is delivered. After a change of pyproject.toml: make lock licences sbom, and commit what they write.
SERVED := --extra cloud --extra postgres --extra redis --extra mcp --extra writer --extra slack

# Not by way of the whole set-up, which keeps to the lock that is to be changed here. Newer versions: UPGRADE=--upgrade
lock: $(BIN)/uv
	mkdir -p build
	$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(SERVED) \
	  --output-file deploy/requirements.lock pyproject.toml
	sed -n '/^[a-z]/s/ *\\$$//p' deploy/requirements.lock >build/served.txt
	echo "torch; sys_platform == 'none'" >build/torch.txt
	$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-package torch --extra build \
	  --override build/torch.txt --constraint build/served.txt \
	  --output-file deploy/requirements-build.lock pyproject.toml deploy/requirements-build.in

licences: $(VENV)/.installed-dev
	$(BIN)/python -m deploy.licences

sbom: $(VENV)/.installed-dev
	$(BIN)/python -m deploy.sbom

# Exit code 0: no advisory; 1: advisories; 3 and "not run": their source could not be asked.
audit: $(VENV)/.installed-dev
	$(BIN)/python -m deploy.audit

# The image, built and asked: exit code 3 and "not run" where there is no buildah, or no base image or package for it.
# BUILD: further options of buildah bud, for example "--build-arg TORCH_INDEX=…".
BUILD ?=
image: $(VENV)/.installed-dev
	$(BIN)/python -m deploy.image $(BUILD)
