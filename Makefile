# The two commands of the README: `make compare` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt
SEED := seeds/000_10a0c6ca26f9f437.txt
CASSETTES := tests/recordings/small
BASELINE := tests/evaluation/baseline
EVENTS := 001_reservoir 002_stand-collapse 003_dry-dock

.PHONY: compare test docs axe record baseline bench clean

compare: $(VENV)/.local
	@$(BIN)/claimcompare compare $(SEED) -f json -o out/comparison.json || [ $$? -eq 1 ]
	@$(BIN)/claimcompare report out/comparison.json -f html -o out/comparison.html
	@$(BIN)/claimcompare report out/comparison.json
	@echo "As a page: out/comparison.html"

test: $(VENV)/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

# The pages of docs/ and the reference; a broken link is an error.
docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# What the page's tests check accessibility with; without it those are skipped.
axe: $(VENV)/.python
	npm install --silent --no-audit --no-fund --no-save --prefix $(VENV)/axe axe-core@4.14.1

record: $(VENV)/.local $(VENV)/.test
	$(BIN)/claimcompare compare $(SEED) --record $(CASSETTES)/seed_local.yaml -f json -o $(CASSETTES)/seed_local.json
	for event in $(EVENTS); do \
	  $(BIN)/claimcompare compare seeds/$${event}_*.txt --record $(CASSETTES)/$${event}_local.yaml -o out/$$event.txt || exit 1; \
	done

baseline: $(VENV)/.local $(VENV)/.test
	for task in attribution stance compare "pairs --limit 200"; do \
	  name=$${task%% *}; mkdir -p out; \
	  $(BIN)/claimcompare eval $$task --data seeds --record $(BASELINE)/recordings -f json -o out/$$name.json || exit 1; \
	  if [ -e $(BASELINE)/$$name.json ]; then $(BIN)/claimcompare eval diff $(BASELINE)/$$name.json out/$$name.json; fi; \
	  cp out/$$name.json $(BASELINE)/$$name.json; \
	done

bench: $(VENV)/.local
	$(BIN)/python -m tests.benchmarks.seed

clean:
	rm -rf $(VENV) out

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit("claimcompare needs Python 3.11 or newer; name one with make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.local: $(VENV)/.python pyproject.toml .ci/constraints.txt
	$(PIP) --editable '.[local]'
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml .ci/constraints.txt
	$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.docs: $(VENV)/.python pyproject.toml .ci/constraints.txt
	$(PIP) --editable '.[docs]'
	@touch $@
