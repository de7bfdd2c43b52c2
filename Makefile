# What one types here. A fresh clone needs Python 3.11 to 3.13, make and the package index; `make help` lists the rest.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg
ARTICLES ?= kg/data/samples/articles.jsonl
KIT := ../shared/eval
TOOLS := java mvn chromium
PACKAGES := openjdk-17-jre-headless maven chromium

# pip compiles what it installs but no checkout, and where Python is told not to write, each start would do it again.
COMPILE := $(BIN)/python -m compileall -q kg loaders

# The first interpreter that this project runs on; PYTHON=… names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)

.PHONY: help demo test check lint eval floors bench crash growth peers fuzz lock audit tools clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 8

demo: $(VENV)/installed ## install, read the sample articles (or ARTICLES=path), ask, and write the picture
	@mkdir -p build && rm -f build/demo.kg*
	$(KG) ingest $(ARTICLES) --store build/demo.kg || [ $$? -eq 3 ]
	$(KG) query run most-active-pairs --param limit=10 --store build/demo.kg
	$(KG) query run agreements --param limit=10 --store build/demo.kg
	$(KG) query run who-said-what --param limit=5 --store build/demo.kg
	$(KG) view --out build/demo.html --store build/demo.kg
	@echo
	@echo "The picture: $(CURDIR)/build/demo.html (open it in any browser)"
	@echo "Go on with:  $(KG) show Russia --store build/demo.kg"

test: tools ## install what every test needs, then all checks: lint, types, layers and the whole test suite
	$(MAKE) check

check: lint ## ruff, mypy, import-linter and pytest (tests whose server or browser is missing are skipped)
	$(BIN)/pytest

lint: $(VENV)/dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(VENV)/installed ## measure: our own gold, and with floors the external kit where it lies beside this checkout
	@if [ -d $(KIT) ]; then mkdir -p build && $(BIN)/python $(KIT)/score.py all \
		--command "$(CURDIR)/$(KG) extract -" --json build/eval.json \
		&& $(BIN)/python tests/tools/kit_floors.py build/eval.json; \
	else echo "$(KIT) is not here, so only our own gold is measured"; fi
	$(KG) eval

floors: $(VENV)/installed ## pin the floors of the external kit anew, at what the last `make eval` measured
	$(BIN)/python tests/tools/kit_floors.py build/eval.json --pin

bench: $(VENV)/installed ## the cost of starting, and of `kg ingest` beside the bare language model (ARTICLES=path for others)
	$(BIN)/python -m tests.benchmarks.starting
	$(BIN)/python -m tests.benchmarks.extraction $(if $(filter command% environment%,$(origin ARTICLES)),$(ARTICLES))

crash: $(VENV)/dev ## kill programs that write to a store two hundred times, then let two write at once for a minute
	$(BIN)/python -m tests.tools.crash
	$(BIN)/python -m tests.tools.crash --writers 2

growth: $(VENV)/dev ## what one more article costs in stores of 1,000 to 100,000, a push to Neo4j, a question, and each saved query
	$(BIN)/python -m tests.benchmarks.growth
	$(BIN)/python -m tests.benchmarks.push
	$(BIN)/python -m tests.benchmarks.asking
	$(BIN)/python -m tests.benchmarks.queries

peers: $(VENV)/dev ## a first push beside those of three other libraries, which are fetched into an environment of their own
	$(BIN)/python -m tests.benchmarks.peers

fuzz: $(VENV)/dev ## a hundred thousand inputs each for the readers, for heads of queries, and for what servers say
	KG_FUZZ=8000 $(BIN)/pytest --timeout 0 tests/loaders/test_any_bytes.py
	KG_FUZZ=100000 $(BIN)/pytest --timeout 0 tests/properties/test_queries.py -k any_file
	KG_FUZZ=20000 $(BIN)/pytest --timeout 0 tests/loaders/fetching/test_any_bytes.py

lock: $(VENV)/dev ## lock what tests and CI install, after a change of pyproject.toml (UPGRADE=--upgrade for newer ones)
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group dev --generate-hashes \
		--no-annotate --no-header --quiet $(UPGRADE) --output-file requirements.lock
	$(MAKE) $(VENV)/dev
	$(BIN)/python -m tests.tools.licences

audit: $(VENV)/dev ## ask the package index which locked packages have known vulnerabilities
	@$(BIN)/uv tool run --from "pip-audit==2.9.0" pip-audit --strict --disable-pip --require-hashes \
		--requirement requirements.lock || { echo; \
		echo "Not all is well: a package above is vulnerable, or the index could not be asked about it."; exit 1; }

tools: ## what the tests with a real Neo4j and a real browser need
	@missing=; for tool in $(TOOLS); do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && apt-get install -qy --no-install-recommends $(PACKAGES); \
	else echo "missing:$$missing. To run every test: sudo apt-get install $(PACKAGES)"; [ -z "$$CI" ]; fi

clean: ## remove what was built, but for the environment
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .grimp_cache
	find kg loaders tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11, 3.12 or 3.13 is needed; name it: make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV); this takes a minute or two"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@$(COMPILE)
	@touch $@

# All that the tests need, as locked: nothing that the lock has no hash of is downloaded or run.
$(VENV)/dev: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV), as locked; this takes a minute or two"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(COMPILE)
	@touch $@ $(VENV)/installed
