# make demo    a campaign plan from the example brief, in plan/
# make test    the tests            make lint   format, ruff, types, import rules
# make help    every target

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq install --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test crash lint fmt bench schemas lock clean

help: ## Show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

# ---- Environment: one venv; a stamp a lock, so that nothing is installed twice ----------------------------------

setup: $(VENV)/.runtime ## Install what running needs
setup-dev: $(VENV)/.dev ## Install what developing needs

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Pixel Experts needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1 || true);" \
			"name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@echo "Setting up $(VENV) …" >&2
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock | $(BIN)/python
	@echo "Setting up $(VENV) for development …" >&2
	@$(PIP) -r requirements-dev.lock
	@touch $(VENV)/.runtime $@ # the development lock holds the whole of the other; a test says so

# ---- Run ---------------------------------------------------------------------------------------------------------

demo: $(VENV)/.runtime ## Plan the example campaign into plan/
	@$(BIN)/python cli.py run marketing_campaign_planning --brief examples/briefs/tidewater_campaign.toml --out plan

# ---- Check -------------------------------------------------------------------------------------------------------

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

crash: $(VENV)/.dev ## Kill a run at every single place (slow)
	@PIXEL_CRASH_STRIDE=1 $(BIN)/python -m pytest -q tests/spine/test_crash.py

lint: $(VENV)/.dev ## Check format, style, types and import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fmt: $(VENV)/.dev ## Format, and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev ## Measure start, demo and one tool call
	@$(BIN)/python -m tests.bench

# ---- Recorded files ----------------------------------------------------------------------------------------------

schemas: $(VENV)/.dev ## Record the tools' schemas, write docs/tools.md and docs/flows.md
	@$(BIN)/python -m tests.architecture.tool_schemas
	@$(BIN)/python -m tests.architecture.flow_catalogue

UV   ?= uv
LOCK  = $(UV) --quiet pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock: ## Resolve the dependencies anew (needs uv)
	@$(LOCK) -o requirements.lock >/dev/null
	@$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock >/dev/null

clean: ## Remove the environment, caches and plan/
	rm -rf $(VENV) plan dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
