# The commands of the README.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

.PHONY: test clean


test: $(VENV)/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest



clean:
	rm -rf $(VENV) out

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit("claimcompare needs Python 3.11 or newer; name one with make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml .ci/constraints.txt
	$(PIP) --editable '.[test]'
	@touch $@
